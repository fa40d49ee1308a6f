import { type ElementEvent, element, writeElements, type XmlElement } from '#formats/xml';
import { hrefOf } from './href.ts';
import { CSIP, METS, SIP, XLINK, XSI } from './names.ts';
import type { MetsAgent, MetsFile, MetsHeader, MetsReference } from './view.ts';

/** A reference to a file, whose path stands below the folder of the document. */
export type ReferenceToWrite = Omit<MetsReference, 'href' | 'locator' | 'linkType'> & { path: string };

export interface MetadataToWrite {
  kind: 'techMD' | 'rightsMD' | 'sourceMD' | 'digiprovMD';
  id: string;
  created?: string;
  status?: string;
  reference: ReferenceToWrite;
}

export type FileToWrite = Omit<
  MetsFile,
  'locations' | 'files' | 'administrative' | 'descriptive' | 'format'
> & {
  path: string;
  administrative?: string[];
  descriptive?: string[];
  format?: MetsFile['format'];
};

export interface GroupToWrite {
  id: string;
  use: string;
  administrative?: string[];
  contentInformationType?: string | undefined;
  otherContentInformationType?: string | undefined;
  files: AsyncIterable<FileToWrite> | Iterable<FileToWrite>;
}

export interface DivisionToWrite {
  id: string;
  label: string;
  administrative?: string[];
  descriptive?: string[];
  /** File groups or files by their identifiers. */
  files?: string[];
  /** Another METS document, and the file group that holds it. */
  mets?: { path: string; group: string };
  divisions?: DivisionToWrite[];
}

/** A METS document as packages have it: one section of a kind, one structural map. */
export interface MetsToWrite {
  id: string;
  label?: string | undefined;
  type: string;
  otherType?: string | undefined;
  profile: string;
  contentInformationType?: string | undefined;
  otherContentInformationType?: string | undefined;
  header: MetsHeader;
  descriptive?: (Omit<MetadataToWrite, 'kind'> & { kind?: undefined })[];
  administrative?: MetadataToWrite[];
  files?: { id: string; groups: AsyncIterable<GroupToWrite> | Iterable<GroupToWrite> };
  structure: { id: string; label: string; type: string; division: DivisionToWrite };
}

/** Writes a METS document piece by piece; groups and files are asked for as it goes. */
export function metsXml(mets: MetsToWrite): AsyncGenerator<string> {
  return writeElements(eventsOf(mets));
}

const open = (e: XmlElement): ElementEvent => ({ kind: 'open', element: e });
const close = (e: XmlElement): ElementEvent => ({ kind: 'close', element: e });
const whole = (e: XmlElement): ElementEvent => ({ kind: 'whole', element: e });
const list = (ids: readonly string[] | undefined) => (ids && ids.length > 0 ? ids.join(' ') : undefined);

async function* eventsOf(mets: MetsToWrite): AsyncGenerator<ElementEvent> {
  const root = element('mets', {
    xmlns: METS,
    'xmlns:csip': CSIP,
    'xmlns:sip': SIP,
    'xmlns:xlink': XLINK,
    'xmlns:xsi': XSI,
    'xsi:schemaLocation': `${METS} http://www.loc.gov/standards/mets/mets.xsd ${XLINK} http://www.loc.gov/standards/xlink/xlink.xsd ${CSIP} https://earkcsip.dilcis.eu/schema/DILCISExtensionMETS.xsd ${SIP} https://earksip.dilcis.eu/schema/DILCISExtensionSIPMETS.xsd`,
    OBJID: mets.id,
    LABEL: mets.label,
    TYPE: mets.type,
    'csip:OTHERTYPE': mets.otherType,
    'csip:CONTENTINFORMATIONTYPE': mets.contentInformationType,
    'csip:OTHERCONTENTINFORMATIONTYPE': mets.otherContentInformationType,
    PROFILE: mets.profile,
  });
  yield open(root);
  yield whole(headerElement(mets.header));
  for (const d of mets.descriptive ?? []) yield whole(metadataElement('dmdSec', d));
  if (mets.administrative && mets.administrative.length > 0) {
    const amd = element('amdSec');
    yield open(amd);
    for (const a of mets.administrative) yield whole(metadataElement(a.kind, a));
    yield close(amd);
  }
  if (mets.files) yield* filesOf(mets.files);
  const { structure } = mets;
  const map = element('structMap', { ID: structure.id, TYPE: structure.type, LABEL: structure.label });
  yield open(map);
  yield* divisionOf(structure.division);
  yield close(map);
  yield close(root);
}

async function* filesOf(files: NonNullable<MetsToWrite['files']>): AsyncGenerator<ElementEvent> {
  const section = element('fileSec', { ID: files.id });
  yield open(section);
  for await (const group of files.groups) {
    const e = element('fileGrp', {
      ID: group.id,
      USE: group.use,
      ADMID: list(group.administrative),
      'csip:CONTENTINFORMATIONTYPE': group.contentInformationType,
      'csip:OTHERCONTENTINFORMATIONTYPE': group.otherContentInformationType,
    });
    yield open(e);
    for await (const file of group.files) yield whole(fileElement(file));
    yield close(e);
  }
  yield close(section);
}

function* divisionOf(d: DivisionToWrite): Generator<ElementEvent> {
  const e = element('div', {
    ID: d.id,
    LABEL: d.label,
    ADMID: list(d.administrative),
    DMDID: list(d.descriptive),
  });
  yield open(e);
  if (d.mets) yield whole(element('mptr', { ...link(d.mets.path), 'xlink:title': d.mets.group }));
  for (const FILEID of d.files ?? []) yield whole(element('fptr', { FILEID }));
  for (const inner of d.divisions ?? []) yield* divisionOf(inner);
  yield close(e);
}

const link = (path: string) => ({ LOCTYPE: 'URL', 'xlink:type': 'simple', 'xlink:href': hrefOf(path) });

const digest = (d: Omit<MetsReference, 'href' | 'locator' | 'linkType'>) => ({
  MIMETYPE: d.mimeType,
  SIZE: d.size,
  CREATED: d.created,
  CHECKSUM: d.checksum,
  CHECKSUMTYPE: d.checksumType,
});

function headerElement(h: MetsHeader): XmlElement {
  return element(
    'metsHdr',
    {
      CREATEDATE: h.created,
      LASTMODDATE: h.modified,
      RECORDSTATUS: h.recordStatus,
      'csip:OAISPACKAGETYPE': h.packageType,
    },
    [
      ...h.agents.map(agentElement),
      ...h.alternativeIds.map((a) => element('altRecordID', { TYPE: a.type }, [a.text])),
      h.documentId === undefined ? undefined : element('metsDocumentID', {}, [h.documentId]),
    ],
  );
}

function agentElement(a: MetsAgent): XmlElement {
  return element('agent', { ROLE: a.role, OTHERROLE: a.otherRole, TYPE: a.type, OTHERTYPE: a.otherType }, [
    ...a.names.map((name) => element('name', {}, [name])),
    ...a.notes.map((n) => element('note', { 'csip:NOTETYPE': n.type }, [n.text])),
  ]);
}

function metadataElement(name: string, m: Omit<MetadataToWrite, 'kind'>): XmlElement {
  const r = m.reference;
  return element(name, { ID: m.id, CREATED: m.created, STATUS: m.status }, [
    element('mdRef', {
      ...link(r.path),
      MDTYPE: r.metadataType,
      OTHERMDTYPE: r.otherType,
      MDTYPEVERSION: r.metadataVersion,
      ...digest(r),
    }),
  ]);
}

function fileElement(f: FileToWrite): XmlElement {
  return element(
    'file',
    {
      ID: f.id,
      ...digest(f),
      OWNERID: f.ownerId,
      USE: f.use,
      ADMID: list(f.administrative),
      DMDID: list(f.descriptive),
      'sip:FILEFORMATNAME': f.format?.name,
      'sip:FILEFORMATVERSION': f.format?.version,
      'sip:FILEFORMATREGISTRY': f.format?.registry,
      'sip:FILEFORMATKEY': f.format?.key,
    },
    [element('FLocat', link(f.path))],
  );
}

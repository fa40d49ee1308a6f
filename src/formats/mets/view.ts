import { attributeOf, childOf, childrenOf, textOf, type XmlElement } from '#formats/xml';
import { isCsip, isSip, METADATA, type MetadataKind, XLINK } from './names.ts';

/** What elements of METS say, in words of ours. Values are as written: what is missing or no number is for the reader to judge. */

export interface MetsAgent {
  role?: string | undefined;
  otherRole?: string | undefined;
  type?: string | undefined;
  otherType?: string | undefined;
  names: string[];
  notes: { text: string; type?: string | undefined }[];
}

export interface MetsHeader {
  created?: string | undefined;
  modified?: string | undefined;
  recordStatus?: string | undefined;
  packageType?: string | undefined;
  agents: MetsAgent[];
  alternativeIds: { text: string; type?: string | undefined }[];
  documentId?: string | undefined;
}

/** Where something lies that is no part of the document. */
export interface MetsLocation {
  href?: string | undefined;
  locator?: string | undefined;
  linkType?: string | undefined;
}

export interface MetsDigest {
  size?: string | undefined;
  created?: string | undefined;
  checksum?: string | undefined;
  checksumType?: string | undefined;
  mimeType?: string | undefined;
}

export interface MetsReference extends MetsLocation, MetsDigest {
  metadataType?: string | undefined;
  otherType?: string | undefined;
  metadataVersion?: string | undefined;
}

export interface MetsMetadata {
  kind: MetadataKind;
  id?: string | undefined;
  created?: string | undefined;
  status?: string | undefined;
  groupId?: string | undefined;
  administrative: string[];
  references: MetsReference[];
  /** Metadata that stands in the document itself. */
  wrapped: { metadataType?: string | undefined; otherType?: string | undefined; content: XmlElement }[];
}

export interface MetsFile extends MetsDigest {
  id?: string | undefined;
  ownerId?: string | undefined;
  use?: string | undefined;
  administrative: string[];
  descriptive: string[];
  locations: MetsLocation[];
  format: {
    name?: string | undefined;
    version?: string | undefined;
    registry?: string | undefined;
    key?: string | undefined;
  };
  /** Files within this one, such as those of a container. */
  files: MetsFile[];
}

/** Identifiers of a list (`ADMID`, `DMDID`). */
export const idsOf = (list: string | undefined): string[] =>
  (list ?? '').split(/\s+/).filter((id) => id !== '');

/** An attribute that CSIP adds to METS. */
export function csipAttribute(e: XmlElement, local: string): string | undefined {
  return e.attributes.find((a) => a.local === local && isCsip(a.space))?.value;
}

/** An attribute that E-ARK SIP adds to METS. */
export function sipAttribute(e: XmlElement, local: string): string | undefined {
  return e.attributes.find((a) => a.local === local && isSip(a.space))?.value;
}

export function agentOf(e: XmlElement): MetsAgent {
  return {
    role: attributeOf(e, 'ROLE'),
    otherRole: attributeOf(e, 'OTHERROLE'),
    type: attributeOf(e, 'TYPE'),
    otherType: attributeOf(e, 'OTHERTYPE'),
    names: childrenOf(e, 'name').map(textOf),
    notes: childrenOf(e, 'note').map((n) => ({ text: textOf(n), type: csipAttribute(n, 'NOTETYPE') })),
  };
}

/** @param e a `metsHdr` */
export function headerOf(e: XmlElement): MetsHeader {
  return {
    created: attributeOf(e, 'CREATEDATE'),
    modified: attributeOf(e, 'LASTMODDATE'),
    recordStatus: attributeOf(e, 'RECORDSTATUS'),
    packageType: csipAttribute(e, 'OAISPACKAGETYPE'),
    agents: childrenOf(e, 'agent').map(agentOf),
    alternativeIds: childrenOf(e, 'altRecordID').map((a) => ({
      text: textOf(a),
      type: attributeOf(a, 'TYPE'),
    })),
    documentId: childOf(e, 'metsDocumentID') && textOf(childOf(e, 'metsDocumentID')),
  };
}

/** @param e an `FLocat`, `mdRef` or `mptr` */
export function locationOf(e: XmlElement): MetsLocation {
  return {
    href: attributeOf(e, 'href', XLINK),
    locator: attributeOf(e, 'LOCTYPE'),
    linkType: attributeOf(e, 'type', XLINK),
  };
}

function digestOf(e: XmlElement): MetsDigest {
  return {
    size: attributeOf(e, 'SIZE'),
    created: attributeOf(e, 'CREATED'),
    checksum: attributeOf(e, 'CHECKSUM'),
    checksumType: attributeOf(e, 'CHECKSUMTYPE'),
    mimeType: attributeOf(e, 'MIMETYPE'),
  };
}

const typeOf = (e: XmlElement) => ({
  metadataType: attributeOf(e, 'MDTYPE'),
  otherType: attributeOf(e, 'OTHERMDTYPE'),
  metadataVersion: attributeOf(e, 'MDTYPEVERSION'),
});

export function isMetadata(e: XmlElement): boolean {
  return METADATA.some((m) => m === e.name);
}

/** @param e a section for which `isMetadata` holds */
export function metadataOf(e: XmlElement): MetsMetadata {
  return {
    kind: METADATA.find((m) => m === e.name) ?? 'dmdSec',
    id: attributeOf(e, 'ID'),
    created: attributeOf(e, 'CREATED'),
    status: attributeOf(e, 'STATUS'),
    groupId: attributeOf(e, 'GROUPID'),
    administrative: idsOf(attributeOf(e, 'ADMID')),
    references: childrenOf(e, 'mdRef').map((r) => ({ ...locationOf(r), ...digestOf(r), ...typeOf(r) })),
    wrapped: childrenOf(e, 'mdWrap').flatMap((w) =>
      childrenOf(w).map((content) => ({ ...typeOf(w), content })),
    ),
  };
}

/** @param e a `file` */
export function fileOf(e: XmlElement): MetsFile {
  return {
    ...digestOf(e),
    id: attributeOf(e, 'ID'),
    ownerId: attributeOf(e, 'OWNERID'),
    use: attributeOf(e, 'USE'),
    administrative: idsOf(attributeOf(e, 'ADMID')),
    descriptive: idsOf(attributeOf(e, 'DMDID')),
    locations: childrenOf(e, 'FLocat').map(locationOf),
    format: {
      name: sipAttribute(e, 'FILEFORMATNAME'),
      version: sipAttribute(e, 'FILEFORMATVERSION'),
      registry: sipAttribute(e, 'FILEFORMATREGISTRY'),
      key: sipAttribute(e, 'FILEFORMATKEY'),
    },
    files: childrenOf(e, 'file').map(fileOf),
  };
}

import { METADATA_TYPES, type MetadataKind, metadataOf } from '#formats/mets';
import type { XmlElement } from '#formats/xml';
import { at, isId, type Judged, MOST_SECTIONS } from '../document.ts';
import { quoted } from '../report.ts';
import { STATUSES } from '../vocabularies.ts';
import { type DigestIds, fileAt, judgeDigest, judgeLocation, type ResourceIds } from './resource.ts';

interface SectionIds extends ResourceIds, DigestIds {
  id: string;
  status: string;
  reference: string;
  type: string;
}

/** Numbers of the requirements run on within a section, in the same order in each. */
function idsFrom(first: number, reference: number): SectionIds {
  const csip = (n: number) => `CSIP${n}`;
  return {
    id: csip(first),
    status: csip(reference - 1),
    reference: csip(reference),
    locator: csip(reference + 1),
    link: csip(reference + 2),
    href: csip(reference + 3),
    type: csip(reference + 4),
    mime: csip(reference + 5),
    size: csip(reference + 6),
    created: csip(reference + 7),
    checksum: csip(reference + 8),
    checksumType: csip(reference + 9),
  };
}

const IDS: Partial<Readonly<Record<MetadataKind, SectionIds>>> = {
  dmdSec: idsFrom(18, 21),
  digiprovMD: idsFrom(33, 35),
  rightsMD: idsFrom(46, 48),
};

/** CSIP17 to CSIP57: a section of metadata. @param around identifier of the `amdSec` it stands in */
export async function judgeMetadata(doc: Judged, e: XmlElement, around?: string): Promise<void> {
  const { report, facts } = doc;
  const place = at(doc, e);
  const section = metadataOf(e);
  const known = section.kind === 'dmdSec' ? facts.dmd : facts.amd;
  if (section.kind === 'digiprovMD') facts.digiprov++;
  if (known.length < MOST_SECTIONS)
    known.push({ id: section.id, around, current: section.status !== 'SUPERSEDED' });
  const ids = IDS[section.kind];
  if (ids === undefined) {
    for (const r of section.references) await judgeUnnumbered(doc, place, section.kind, r.href);
    return;
  }
  if (!isId(section.id)) report.say(ids.id, place, { detail: idFault(section.id) });
  if (section.kind === 'dmdSec' && section.created === undefined)
    report.say('CSIP19', place, { detail: 'It does not say when.' });
  if (section.status === undefined) report.say(ids.status, place, { detail: 'It states none.' });
  else if (!STATUSES.has(section.status))
    report.say(ids.status, place, { detail: `${quoted(section.status)} is not in it.`, severity: 'error' });
  await judgeReference(doc, place, section, ids);
}

const idFault = (id: string | undefined) =>
  id === undefined ? 'It has none.' : `${quoted(id)} can not be one.`;

async function judgeReference(
  doc: Judged,
  place: string,
  section: ReturnType<typeof metadataOf>,
  ids: SectionIds,
): Promise<void> {
  const { report } = doc;
  if (section.references.length === 0) {
    const descriptive = section.kind === 'dmdSec';
    if (descriptive && (await holdsFiles(doc, 'metadata/descriptive')))
      report.say(ids.reference, place, {
        detail: 'It refers to none, and there are files in "metadata/descriptive".',
        severity: 'error',
      });
    else if (!descriptive || section.wrapped.length > 0)
      report.say(ids.reference, place, { detail: 'It refers to none.' });
    else
      report.add({
        code: 'eark.emptySection',
        severity: 'warning',
        path: place,
        message: 'A section of descriptive metadata neither refers to any nor holds any.',
      });
  }
  if (section.references.length > 1)
    report.say(ids.reference, place, { detail: `It refers to ${section.references.length}.` });
  for (const r of section.references) {
    const path = await judgeLocation(doc, place, r, ids);
    if (r.metadataType === undefined) report.say(ids.type, place, { detail: 'It names none.' });
    else if (!METADATA_TYPES.has(r.metadataType))
      report.say(ids.type, place, { detail: `METS has no ${quoted(r.metadataType)}.` });
    await judgeDigest(doc, place, r, path, ids);
    if (path !== undefined) judgeFolder(doc, place, section.kind, path);
  }
}

/** CSIPSTR6, CSIPSTR7: whether a file of metadata lies where its kind belongs. */
function judgeFolder(doc: Judged, place: string, kind: MetadataKind, path: string): void {
  const [id, folder] = kind === 'dmdSec' ? ['CSIPSTR7', 'descriptive'] : ['CSIPSTR6', 'preservation'];
  if (kind === 'rightsMD' || path.includes(`metadata/${folder}/`)) return;
  doc.report.say(id!, place, { detail: `${quoted(path)} lies elsewhere.` });
}

async function judgeUnnumbered(doc: Judged, place: string, kind: string, href = ''): Promise<void> {
  if ((await fileAt(doc, href)) !== undefined) return;
  doc.report.add({
    code: 'eark.noFile',
    severity: 'error',
    path: place,
    message: `A ${kind} refers to ${quoted(href)}, and there is no such file.`,
  });
}

/** Files that hold a place open for a folder, or that systems leave behind. */
const PLACEHOLDERS = new Set(['.gitkeep', '.keep', '.DS_Store', 'Thumbs.db', 'desktop.ini']);
export const isPlaceholder = (path: string): boolean =>
  PLACEHOLDERS.has(path.slice(path.lastIndexOf('/') + 1));

/** Whether any file of content lies in a folder, at any depth. */
export async function holdsFiles(doc: Pick<Judged, 'tree'>, folder: string): Promise<boolean> {
  for await (const entry of doc.tree.below(folder).entries())
    if (entry.kind === 'file' && !isPlaceholder(entry.path)) return true;
  return false;
}

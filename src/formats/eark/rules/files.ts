import { fileOf, METS } from '#formats/mets';
import { attributeOf, childrenOf, type XmlElement } from '#formats/xml';
import { at, type GroupFacts, isId, type Judged, MOST_SECTIONS } from '../document.ts';
import { quoted } from '../report.ts';
import { judgeDigest, judgeLocation } from './resource.ts';
import { judgeContentType } from './root.ts';

const LOCATION = { locator: 'CSIP77', link: 'CSIP78', href: 'CSIP79' };
const DIGEST = {
  mime: 'CSIP68',
  size: 'CSIP69',
  created: 'CSIP70',
  checksum: 'CSIP71',
  checksumType: 'CSIP72',
};

export const isFor = (use: string, what: 'Documentation' | 'Schemas' | 'Representations'): boolean =>
  use.toLowerCase() === what.toLowerCase() || use.toLowerCase().startsWith(`${what.toLowerCase()}/`);

/** CSIP59: the section of files. */
export function judgeFileSection(doc: Judged, e: XmlElement): void {
  doc.facts.fileSections++;
  judgeId(doc, e, 'CSIP59');
}

export function judgeId(doc: Judged, e: XmlElement, requirement: string): void {
  const id = attributeOf(e, 'ID');
  if (!isId(id))
    doc.report.say(requirement, at(doc, e), {
      detail: id === undefined ? 'It has none.' : `${quoted(id)} can not be one.`,
    });
}

const WITH_A_PURPOSE = ['Documentation', 'Schemas', 'Representations'] as const;

/** A group while its files go by. */
export interface OpenGroup {
  facts: GroupFacts;
  element: XmlElement;
  holds: number;
}

/** CSIP61 to CSIP65: a group of files. */
export function judgeGroup(doc: Judged, e: XmlElement): OpenGroup {
  const use = attributeOf(e, 'USE') ?? '';
  if (use.trim() === '') doc.report.say('CSIP64', at(doc, e), { detail: 'It does not say.' });
  judgeId(doc, e, 'CSIP65');
  const forContent = isFor(use, 'Representations');
  judgeContentType(doc, e, { type: 'CSIP62', other: 'CSIP63' }, forContent ? 'warning' : null);
  const facts = { id: attributeOf(e, 'ID') ?? '', use, line: e.line, pointedAt: false, holds: 0 };
  if (doc.facts.groups.length < MOST_SECTIONS) doc.facts.groups.push(facts);
  return { facts, element: e, holds: 0 };
}

/** CSIP66: whether a group had files. */
export function closeGroup(doc: Judged, group: OpenGroup, outer: OpenGroup | undefined): void {
  group.facts.holds = group.holds;
  // A group CSIP does not ask for, or one of a representation, hides nothing by being empty.
  const asked = doc.of === 'package' && WITH_A_PURPOSE.some((use) => isFor(group.facts.use, use));
  if (group.holds === 0)
    doc.report.say('CSIP66', at(doc, group.element), {
      detail: 'It lists none.',
      severity: asked ? 'error' : 'warning',
    });
  if (outer) outer.holds++;
}

/** CSIP67 to CSIP79 and SIP32 to SIP35: a file. */
export async function judgeFile(doc: Judged, e: XmlElement, group: OpenGroup | undefined): Promise<void> {
  if (group) group.holds++;
  doc.facts.files++;
  judgeId(doc, e, 'CSIP67');
  const file = fileOf(e);
  const place = at(doc, e);
  if (file.locations.length !== 1)
    doc.report.say('CSIP76', place, { detail: `It has ${file.locations.length}.` });
  for (const [i, location] of file.locations.entries()) {
    const path = await judgeLocation(doc, place, location, LOCATION);
    if (i === 0) await judgeDigest(doc, place, file, path, DIGEST);
  }
  if (file.locations.length === 0) await judgeDigest(doc, place, file, undefined, DIGEST);
  judgeFormat(doc, place, file.format);
  for (const inner of childrenOf(e, 'file')) if (inner.space === METS) await judgeFile(doc, inner, undefined);
}

const FORMAT = [
  ['SIP32', 'name'],
  ['SIP33', 'version'],
  ['SIP34', 'registry'],
  ['SIP35', 'key'],
] as const;

/** The attributes of E-ARK SIP: none of them is asked for, but one that is there says something. */
function judgeFormat(doc: Judged, place: string, format: ReturnType<typeof fileOf>['format']): void {
  for (const [id, unit] of FORMAT) {
    const value = format[unit];
    if (value === undefined) continue;
    doc.facts.formats.add(unit);
    if (value.trim() === '') doc.report.say(id, place, { detail: 'It is empty.', severity: 'warning' });
  }
}

/** After all files: which attributes of E-ARK SIP no file has. */
export function judgeFormatsGiven(doc: Judged): void {
  if (doc.facts.files === 0) return;
  for (const [id, unit] of FORMAT)
    if (!doc.facts.formats.has(unit)) doc.report.say(id, doc.path, { detail: 'No file has it.' });
}

import { idsOf, locationOf, XLINK } from '#formats/mets';
import { attributeOf, type XmlElement } from '#formats/xml';
import { at, type Judged, type SectionFacts } from '../document.ts';
import { quoted } from '../report.ts';
import { isFor, judgeId } from './files.ts';
import { judgeLocation } from './resource.ts';

type Label = 'Metadata' | 'Documentation' | 'Schemas' | 'Representations';

interface LabelIds {
  once: string;
  id: string;
  label: string;
  pointers?: string;
  pointer?: string;
}

export const LABELS: Readonly<Record<Label, LabelIds>> = {
  Metadata: { once: 'CSIP88', id: 'CSIP89', label: 'CSIP90' },
  Documentation: { once: 'CSIP93', id: 'CSIP94', label: 'CSIP95', pointers: 'CSIP96', pointer: 'CSIP116' },
  Schemas: { once: 'CSIP97', id: 'CSIP98', label: 'CSIP99', pointers: 'CSIP100', pointer: 'CSIP118' },
  Representations: {
    once: 'CSIP101',
    id: 'CSIP102',
    label: 'CSIP103',
    pointers: 'CSIP104',
    pointer: 'CSIP119',
  },
};
const NAMES: readonly Label[] = ['Metadata', 'Documentation', 'Schemas', 'Representations'];

/** A division right below the main one, while it goes by. */
export interface OpenDivision {
  element: XmlElement;
  kind: Label | 'representation' | 'other';
  label: string;
  pointers: number;
  mets: string[];
}

/** CSIP88 to CSIP107 as far as the division says it itself. */
export function openDivision(doc: Judged, e: XmlElement, counts: Map<string, number>): OpenDivision {
  const label = attributeOf(e, 'LABEL') ?? '';
  const kind = kindOf(label, e);
  const division = { element: e, kind, label, pointers: 0, mets: [] };
  if (kind === 'Metadata' || /^metadata\//i.test(label)) takeNamed(doc, e);
  if (kind === 'representation' || kind === 'other') {
    if (kind === 'representation') judgeId(doc, e, 'CSIP106');
    return division;
  }
  const ids = LABELS[kind];
  counts.set(kind, (counts.get(kind) ?? 0) + 1);
  judgeId(doc, e, ids.id);
  if (label !== kind)
    doc.report.say(ids.label, at(doc, e), {
      detail: label === '' ? 'It has none.' : `It says ${quoted(label)}.`,
    });
  return division;
}

function kindOf(label: string, e: XmlElement): OpenDivision['kind'] {
  const named = NAMES.find((n) => n.toLowerCase() === label.trim().toLowerCase());
  if (named !== undefined) return named;
  if (/^representations\//i.test(label)) return 'representation';
  const names = attributeOf(e, 'ADMID') !== undefined || attributeOf(e, 'DMDID') !== undefined;
  return label.trim() === '' && names ? 'Metadata' : 'other';
}

const SECTIONS = [
  ['CSIP91', 'ADMID', 'amd'],
  ['CSIP92', 'DMDID', 'dmd'],
] as const;

/** CSIP91, CSIP92: what a division for metadata names is such a section. */
function takeNamed(doc: Judged, e: XmlElement): void {
  for (const [requirement, attribute, kind] of SECTIONS) {
    const written = attributeOf(e, attribute);
    if (written === undefined) continue;
    doc.facts.named[kind] ??= new Set();
    for (const id of idsOf(written)) {
      doc.facts.named[kind].add(id);
      if (doc.ids.register.kindOf(id) !== kind)
        doc.report.say(requirement, at(doc, e), { detail: `${quoted(id)} is no such section.` });
    }
  }
}

/** CSIP91, CSIP92, when the map is over: all sections are named. */
export function judgeNamed(doc: Judged): void {
  for (const [requirement, , kind] of SECTIONS) {
    const named = doc.facts.named[kind];
    const left = doc.facts[kind].filter(
      (s) => s.current && s.id !== undefined && !(named && isNamed(s, named)),
    );
    if (left.length === 0) continue;
    const more = left.length > 1 ? ` and ${left.length - 1} more` : '';
    doc.report.say(requirement, doc.path, {
      detail: named === null ? 'It names none.' : `It does not name ${quoted(left[0]!.id!)}${more}.`,
    });
  }
}

const isNamed = (s: SectionFacts, named: ReadonlySet<string>) =>
  named.has(s.id!) || (s.around !== undefined && named.has(s.around));

/** CSIP116, CSIP118, CSIP119: a pointer to a group, within a division or one in it. */
export function judgePointer(doc: Judged, e: XmlElement, division: OpenDivision, depth: number): void {
  division.pointers++;
  const file = attributeOf(e, 'FILEID');
  const group = file === undefined ? undefined : doc.facts.groups.find((g) => g.id === file);
  if (group) group.pointedAt = true;
  const { kind } = division;
  if (kind === 'representation' || kind === 'other' || kind === 'Metadata' || depth > 0) return;
  const say = (detail: string) => doc.report.say(LABELS[kind].pointer!, at(doc, e), { detail });
  if (file === undefined || file.trim() === '') say('It names nothing.');
  else if (group === undefined) say(`${quoted(file)} is no group.`);
  else if (!isFor(group.use, kind)) say(`${quoted(file)} is a group for ${quoted(group.use)}.`);
}

/** CSIP108 to CSIP112: a pointer to the METS document of a representation. */
export async function judgeMetsPointer(doc: Judged, e: XmlElement, division: OpenDivision): Promise<void> {
  const place = at(doc, e);
  const title = attributeOf(e, 'title', XLINK);
  const group = doc.facts.groups.find((g) => g.id === title);
  if (group) group.pointedAt = true;
  if (title === undefined) doc.report.say('CSIP108', place, { detail: 'It names none.' });
  else if (group === undefined || !isFor(group.use, 'Representations'))
    doc.report.say('CSIP108', place, { detail: `${quoted(title)} is no group for "Representations".` });
  const path = await judgeLocation(doc, place, locationOf(e), {
    locator: 'CSIP112',
    link: 'CSIP111',
    href: 'CSIP110',
  });
  division.mets.push(path ?? '');
}

/** CSIP105, CSIP107, CSIP109: the division of a representation, when it is over. */
export async function closeDivision(doc: Judged, division: OpenDivision): Promise<void> {
  const { element, kind, label, mets } = division;
  const place = at(doc, element);
  if (kind !== 'representation' && mets.length === 0) return;
  const folder = `representations/${label.replace(/^representations\//i, '')}`;
  const lies = label === '' ? null : await doc.tree.entry(`${folder}/METS.xml`);
  if (mets.length > 1 || (mets.length === 0 && lies))
    doc.report.say('CSIP109', place, { detail: `It has ${mets.length}.` });
  const wanted = mets[0]?.replace(/\/[^/]*$/, '');
  if (kind !== 'representation' || (wanted && wanted.toLowerCase() !== folder.toLowerCase()))
    doc.report.say('CSIP107', place, { detail: `It says ${quoted(label)}.` });
  else if (mets.length === 0 && division.pointers === 0 && !lies) {
    const detail = `There is no METS document for ${quoted(label)}.`;
    doc.report.say('CSIP105', place, { detail, severity: 'error' });
    doc.report.say('CSIP107', place, { detail });
  }
  doc.facts.representations.push({ label, line: element.line, mets });
}

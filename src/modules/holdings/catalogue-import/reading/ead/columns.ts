import { type EadDescription, OWN_ELEMENT } from '#formats/ead';
import { EXTRA_ELEMENT, keptHeading } from '../../headings/kept.ts';
import { containerLines, containerText } from './containers.ts';
import { dateLines, dateText, span } from './dates.ts';
import { EAD_HEADING, type EadPlace } from './headings.ts';
import type { Identifiers } from './identifiers.ts';
import { levelOf, wordForLevel } from './levels.ts';
import { otherTitles, titleOf } from './titles.ts';

type Cell = (d: EadDescription, ids: Identifiers) => string;

const used = new Set<string>();

/** Texts of these elements, each once, blocks on lines of their own. */
function notes(...names: string[]): Cell {
  for (const name of names) used.add(name);
  return (d) => {
    let found: string[] | undefined;
    for (const name of names) {
      const texts = d.elements.get(name);
      if (texts) found = found ? [...found, ...texts] : texts;
    }
    if (!found) return '';
    return found.length === 1 ? found[0]! : [...new Set(found)].join('\n');
  };
}

/** The same as a list on one line. */
function list(...names: string[]): Cell {
  const all = notes(...names);
  return (d, ids) => all(d, ids).replaceAll('\n', '; ');
}

const scope = notes('scopecontent');
const abstract = notes('abstract');

const CLASSIFICATION = 'Classification (audience)';
const block = (element: string): EadPlace => ({ kind: 'block', element });
const did = (element: string): EadPlace => ({ kind: 'did', element });
const access = (element: string): EadPlace => ({ kind: 'access', element });

/**
 * What a finding aid is shown as: one row a description. Words the recogniser knows, the element's name in brackets. The third
 * word says where the cell goes when it leaves in EAD again.
 */
const TABLE: readonly [heading: string, cell: Cell, out?: EadPlace][] = [
  ['Fonds number', (_, ids) => ids.fonds],
  ['Depth in the hierarchy', (d) => String(d.depth)],
  ['Level of description (level)', (d) => levelOf(d)],
  [EAD_HEADING.code, (_, ids) => ids.code, { kind: 'code' }],
  [EAD_HEADING.id, (d) => d.id],
  ['Former reference code (unitid)', (_, ids) => ids.former.join('\n')],
  ['Title (unittitle)', (d) => titleOf(d)],
  ['Date (unitdate)', dateText],
  ['Date from (normal)', (d) => span(d).from],
  ['Date to (normal)', (d) => span(d).to],
  ['Creator (origination)', list('origination'), { kind: 'origination' }],
  ['Extent and medium (physdesc)', list('physdesc'), did('physdesc')],
  ['Scope and content (scopecontent)', (d, ids) => scope(d, ids) || abstract(d, ids), block('scopecontent')],
  ['Administrative or biographical history (bioghist)', notes('bioghist'), block('bioghist')],
  ['Custodial history (custodhist)', notes('custodhist'), block('custodhist')],
  ['Arrangement (arrangement)', notes('arrangement'), block('arrangement')],
  ['Language (langmaterial)', list('langmaterial'), did('langmaterial')],
  [EAD_HEADING.container, (d) => containerText(d.containers), { kind: 'container' }],
  ['Location (physloc)', list('physloc'), did('physloc')],
  ['Subjects (subject)', list('subject'), access('subject')],
  ['Persons (persname)', list('persname', 'name'), access('persname')],
  ['Genre (genreform)', list('genreform'), access('genreform')],
  ['Location of originals (originalsloc)', notes('originalsloc'), block('originalsloc')],
  ['Location of copies (altformavail)', notes('altformavail'), block('altformavail')],
  ['Related units (relatedmaterial)', notes('relatedmaterial'), block('relatedmaterial')],
  ['Note (note, odd, didnote)', notes('note', 'didnote', 'odd'), block('odd')],
  [CLASSIFICATION, (d) => (d.internal || hasStaffNotes(d) ? 'internal' : '')],
  [
    'Abstract as well (abstract)',
    (d, ids) => (scope(d, ids) === '' ? '' : abstract(d, ids)),
    did('abstract'),
  ],
  [EAD_HEADING.dates, dateLines, { kind: 'dates' }],
  [EAD_HEADING.containers, (d) => containerLines(d.containers), { kind: 'containers' }],
  [EAD_HEADING.level, wordForLevel, { kind: 'level' }],
  [EAD_HEADING.otherIds, (_, ids) => ids.others.join('\n'), { kind: 'otherIds' }],
  [EAD_HEADING.otherTitles, otherTitles, { kind: 'otherTitles' }],
  ['Bodies (corpname)', list('corpname'), access('corpname')],
  ['Families (famname)', list('famname'), access('famname')],
  ['Conditions governing access (accessrestrict)', notes('accessrestrict'), block('accessrestrict')],
  ['Conditions governing use (userestrict)', notes('userestrict'), block('userestrict')],
  ['Legal status (legalstatus)', notes('legalstatus'), block('legalstatus')],
  ['Source of acquisition (acqinfo)', notes('acqinfo'), block('acqinfo')],
  ['Appraisal (appraisal)', notes('appraisal'), block('appraisal')],
  ['Accruals (accruals)', notes('accruals'), block('accruals')],
  ['Physical condition (phystech)', notes('phystech'), block('phystech')],
  ['Kind of material (materialspec)', list('materialspec'), did('materialspec')],
  ['Other finding aids (otherfindaid)', notes('otherfindaid'), block('otherfindaid')],
  ['Separated material (separatedmaterial)', notes('separatedmaterial'), block('separatedmaterial')],
  ['Bibliography (bibliography)', notes('bibliography'), block('bibliography')],
  ['Preferred citation (prefercite)', notes('prefercite'), block('prefercite')],
  ['Processing (processinfo)', notes('processinfo'), block('processinfo')],
  ['Plan of files (fileplan)', notes('fileplan'), block('fileplan')],
  ['Places (geogname)', list('geogname'), access('geogname')],
  ['Functions (function)', list('function'), access('function')],
  ['Occupations (occupation)', list('occupation'), access('occupation')],
  [EAD_HEADING.objects, notes('dao'), { kind: 'dao' }],
  ['Repository (repository)', list('repository'), did('repository')],
  ['Other elements', (d) => others(d)],
  ['For staff (audience internal)', (d) => d.internalNotes.join('\n')],
  ['About the finding aid (eadheader, control)', notes('eadheader')],
];

/** Where the value under a heading goes when it leaves in EAD. */
export const EAD_PLACES: ReadonlyMap<string, EadPlace> = new Map(
  TABLE.flatMap(([heading, , out]) => (out ? [[heading, out] as const] : [])),
);

/** Elements for staff that say where a thing is, not what it is. */
const HANDLES = /^(?:unitid|container|physloc|dao|daogrp|daoset|repository): /;

/** An entry is searched with all its elements: with words for staff among them it is not for the public as it stands. */
function hasStaffNotes(d: EadDescription): boolean {
  return d.internalNotes.some((note) => !HANDLES.test(note));
}

/** Elements without a column of their own, each with its name. */
function others(d: EadDescription): string {
  const found: string[] = [];
  for (const [name, texts] of d.elements) {
    if (!used.has(name) && !name.startsWith(OWN_ELEMENT))
      for (const text of new Set(texts)) found.push(`${name}: ${text}`);
  }
  return found.join('\n');
}

export const EAD_HEADINGS: readonly string[] = TABLE.map(([heading]) => heading);

/** Columns of a document: those of every finding aid, then those of elements that another install of ours wrote. */
export function eadColumns(own: readonly string[]): {
  headings: string[];
  cells(d: EadDescription, ids: Identifiers): string[];
} {
  const known = new Map(EAD_HEADINGS.map((heading, i) => [heading, i]));
  const placed = own.map((name) => ({ name, at: known.get(freeHeading(name)) }));
  const further = placed.filter((o) => o.at === undefined).map((o) => o.name);
  const textOf = (d: EadDescription, name: string) =>
    d.elements.get(`${OWN_ELEMENT}${name}`)?.join('\n') ?? '';
  return {
    headings: [...EAD_HEADINGS, ...further.map(headingOfOwn)],
    cells(d, ids) {
      const cells = TABLE.map(([, cell]) => cell(d, ids));
      for (const { name, at } of placed) {
        if (at === undefined) continue;
        const text = textOf(d, name);
        if (text !== '' && text !== cells[at]) cells[at] = cells[at] === '' ? text : `${cells[at]}\n${text}`;
      }
      for (const name of further) cells.push(textOf(d, name));
      let last = cells.length;
      while (last > 0 && cells[last - 1] === '') last--;
      cells.length = last;
      return cells;
    },
  };
}

function freeHeading(name: string): string {
  if (name === 'classification') return CLASSIFICATION;
  return name.startsWith(EXTRA_ELEMENT) ? name.slice(EXTRA_ELEMENT.length) : '';
}

/** The heading of a column for an element of our own: a field by its name, or what was kept under a heading. */
function headingOfOwn(name: string): string {
  return name.startsWith(EXTRA_ELEMENT) ? keptHeading(freeHeading(name)) : name;
}

import type { EadDescription } from '#formats/ead';
import { containerText } from './containers.ts';
import { bulkText, dateText, span } from './dates.ts';
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

/** What a finding aid is shown as: one row a description. Words the recogniser knows, the element's name in brackets. */
const TABLE: readonly [heading: string, cell: Cell][] = [
  ['Fonds number', (_, ids) => ids.fonds],
  ['Depth in the hierarchy', (d) => String(d.depth)],
  ['Level of description (level)', (d) => levelOf(d)],
  ['Reference code (unitid)', (_, ids) => ids.code],
  ['Title (unittitle)', (d) => titleOf(d)],
  ['Date (unitdate)', dateText],
  ['Date from (normal)', (d) => span(d).from],
  ['Date to (normal)', (d) => span(d).to],
  ['Creator (origination)', list('origination')],
  ['Extent and medium (physdesc)', list('physdesc')],
  ['Scope and content (scopecontent)', (d, ids) => scope(d, ids) || abstract(d, ids)],
  ['Administrative or biographical history (bioghist)', notes('bioghist')],
  ['Custodial history (custodhist)', notes('custodhist')],
  ['Arrangement (arrangement)', notes('arrangement')],
  ['Language (langmaterial)', list('langmaterial')],
  ['Container (container)', (d) => containerText(d.containers)],
  ['Location (physloc)', list('physloc')],
  ['Subjects (subject)', list('subject')],
  ['Persons (persname, famname, corpname)', list('persname', 'famname', 'corpname', 'name')],
  ['Genre (genreform)', list('genreform')],
  ['Location of originals (originalsloc)', notes('originalsloc')],
  ['Location of copies (altformavail)', notes('altformavail')],
  ['Related units (relatedmaterial)', notes('relatedmaterial')],
  ['Note (note, odd, didnote)', notes('note', 'didnote', 'odd')],
  ['Classification (audience)', (d) => (d.internal || hasStaffNotes(d) ? 'internal' : '')],
  ['Abstract as well (abstract)', (d, ids) => (scope(d, ids) === '' ? '' : abstract(d, ids))],
  ['Bulk dates (unitdate)', bulkText],
  ['Level in the source (level)', wordForLevel],
  ['Other identifiers (unitid)', (_, ids) => ids.others.join('; ')],
  ['Other titles (unittitle)', otherTitles],
  ['Conditions governing access (accessrestrict)', notes('accessrestrict')],
  ['Conditions governing use (userestrict)', notes('userestrict')],
  ['Legal status (legalstatus)', notes('legalstatus')],
  ['Source of acquisition (acqinfo)', notes('acqinfo')],
  ['Appraisal (appraisal)', notes('appraisal')],
  ['Accruals (accruals)', notes('accruals')],
  ['Physical condition (phystech)', notes('phystech')],
  ['Kind of material (materialspec)', list('materialspec')],
  ['Other finding aids (otherfindaid)', notes('otherfindaid')],
  ['Separated material (separatedmaterial)', notes('separatedmaterial')],
  ['Bibliography (bibliography)', notes('bibliography')],
  ['Preferred citation (prefercite)', notes('prefercite')],
  ['Processing (processinfo)', notes('processinfo')],
  ['Places (geogname)', list('geogname')],
  ['Functions and occupations (function, occupation)', list('function', 'occupation')],
  ['Digital objects (dao)', notes('dao')],
  ['Repository (repository)', list('repository')],
  ['Element (id)', (d) => d.id],
  ['Other elements', (d) => others(d)],
  ['For staff (audience internal)', (d) => d.internalNotes.join('\n')],
  ['About the finding aid (eadheader, control)', notes('eadheader')],
];

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
    if (!used.has(name)) for (const text of new Set(texts)) found.push(`${name}: ${text}`);
  }
  return found.join('\n');
}

export const EAD_HEADINGS: readonly string[] = TABLE.map(([heading]) => heading);

/** A description as cells under these headings. */
export function cellsOf(d: EadDescription, ids: Identifiers): string[] {
  const cells = TABLE.map(([, cell]) => cell(d, ids));
  let last = cells.length;
  while (last > 0 && cells[last - 1] === '') last--;
  cells.length = last;
  return cells;
}

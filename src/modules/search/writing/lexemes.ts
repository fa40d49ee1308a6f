import type { UnitEntry } from '../entry.ts';
import { normaliseCode } from '../folding/code.ts';
import { fold } from '../folding/fold.ts';
import { addTerms, eachTerm, OTHER, PAGE, TITLE } from '../folding/terms.ts';

/** Of longer spans the first years and the last are found. */
const LONGEST_SPAN = 40;

/** What a unit is filtered by, as terms of its index entry. The letters are explained in the migration. */
export function filterTerms(unit: UnitEntry): string[] {
  const terms = [archiveTerm(unit.archiveId), `F${unit.fondsNo}`, `S${unit.accessStatus}`, `L${unit.level}`];
  if (unit.category) terms.push(`C${unit.category}`);
  if (unit.year) terms.push(`Y${unit.year}`);
  if (unit.retention) terms.push(`R${unit.retention}`);
  if (unit.accessStatus === 'open' && unit.classification === 'public') terms.push('X');
  const chance = chanceOf(unit.unitId);
  if (chance % 64 === 0) terms.push('Z');
  if (chance % 1024 === 0) terms.push('ZZ');
  return terms;
}

export function archiveTerm(archiveId: string): string {
  return `A${archiveId.slice(-12)}`;
}

/** A number of 32 bits that has nothing to do with the unit but its id. */
export function chanceOf(text: string): number {
  let h = 2166136261;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
  return (h ^ (h >>> 15)) >>> 0;
}

/** The folded description, one line per element, the title first; and the date line, which no words can meet by chance. */
export interface FoldedUnit {
  lines: string[];
  titleLength: number;
  dates: string[];
  codes: string[];
}

export function foldUnit(unit: UnitEntry): FoldedUnit {
  const title = fold(unit.title);
  const lines = [title];
  const codes: string[] = [];
  for (const code of [unit.referenceCode, ...(unit.otherCodes ?? [])]) {
    if (!code) continue;
    lines.push(fold(code));
    codes.push(normaliseCode(code));
  }
  for (const text of unit.other ?? []) if (text) lines.push(fold(text));
  return {
    lines,
    titleLength: Math.min(title.length, 9999),
    dates: dateWords(unit.dateFrom, unit.dateTo),
    codes,
  };
}

/** The date line's words: days, the months and years they lie in, and each year of a span. */
export function dateWords(from: string | null | undefined, to: string | null | undefined): string[] {
  const days = [from, to].filter((d) => d != null).map((d) => d.replaceAll('-', ''));
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return [];
  const words = new Set<string>();
  const end = Number(last.slice(0, 4));
  for (let year = Number(first.slice(0, 4)); year <= end && words.size < LONGEST_SPAN; year++)
    words.add(String(year));
  words.add(last.slice(0, 4));
  const sameMonth = first.slice(0, 6) === last.slice(0, 6);
  if (sameMonth) words.add(first.slice(0, 6));
  if (first === last) words.add(first);
  return [...words];
}

/**
 * The terms of a unit's description and what it is filtered by, as PostgreSQL reads a tsvector. Written straight as
 * text, repetitions and all: PostgreSQL sorts them anyway, and an import makes tens of thousands of these a second.
 */
export function unitVector(folded: FoldedUnit, filters: readonly string[]): string {
  let text = '';
  for (let i = 0; i < folded.lines.length; i++) {
    const line = folded.lines[i]!;
    const open = i === 0 ? `'${TITLE}` : `'${OTHER}`;
    eachTerm(line, (start, end) => {
      text += `${open}${line.slice(start, end)}' `;
    });
  }
  for (const date of folded.dates) text += `'${OTHER}${date}' `;
  for (const code of folded.codes) text += `'K${code}' `;
  return text + vector(filters);
}

/** The terms of a run of pages, the description of their unit (its folded column) among them, so that words of both meet. */
export function pageTerms(description: string, pages: readonly string[]): Set<string> {
  const terms = new Set<string>();
  for (const line of description.split('\n')) {
    if (line.startsWith(DATE_MARK)) for (const date of line.split(' ')) terms.add(PAGE + date.slice(1));
    else addTerms(line, PAGE, terms);
  }
  for (const page of pages) addTerms(page, PAGE, terms);
  return terms;
}

/** Before each word of the date line: a letter that folded text, being lower case, never has. */
export const DATE_MARK = 'D';

/** Folded text as it is kept for comparing: lines, then the line of days. */
export function foldedColumn(folded: FoldedUnit): string {
  const text = folded.lines.join('\n');
  return folded.dates.length === 0 ? text : `${text}\n${folded.dates.map((d) => DATE_MARK + d).join(' ')}`;
}

const AWKWARD = /['\\]/;

/** One term as a quoted lexeme. */
export function lexeme(term: string): string {
  return AWKWARD.test(term) ? `'${term.replace(/['\\]/g, '$&$&')}'` : `'${term}'`;
}

/** Terms as PostgreSQL reads a tsvector. Lexemes have to stay under 2 kB. */
export function vector(terms: Iterable<string>): string {
  let text = '';
  for (const term of terms) text += `${lexeme(term.length > 250 ? term.slice(0, 250) : term)} `;
  return text;
}

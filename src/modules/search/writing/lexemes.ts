import type { UnitEntry } from '../entry.ts';
import { normaliseCode } from '../folding/code.ts';
import { fold } from '../folding/fold.ts';
import { addTerms, eachTerm, isWordUnit, OTHER, PAGE, type TakeTerm, TITLE } from '../folding/terms.ts';

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
  // Most entries have one day, and an import asks this for every row.
  if (from && from === to && from.length === 10) {
    const month = from.slice(0, 4) + from.slice(5, 7);
    return [from.slice(0, 4), month, month + from.slice(8)];
  }
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
 * Hands over, stretch by stretch, the terms of a unit's description and what it is filtered by, as PostgreSQL reads a
 * tsvector; repetitions and all, as PostgreSQL sorts them anyway. A line that stands in the title says nothing the title does not.
 */
export function writeVector(folded: FoldedUnit, filters: readonly string[], write: TakeTerm): void {
  const say = (text: string) => write(text, 0, text.length);
  let open = OPEN_TITLE;
  const term: TakeTerm = (text, start, end) => {
    write(open, 0, 2);
    write(text, start, end);
    write(CLOSE, 0, 2);
  };
  const [title = '', ...rest] = folded.lines;
  eachTerm(title, term);
  open = OPEN_OTHER;
  for (const line of rest) if (!standsIn(title, line)) eachTerm(line, term);
  for (const date of folded.dates) term(date, 0, date.length);
  for (const code of folded.codes) say(`'${codeTerm(code)}' `);
  say(vector(filters));
}

const OPEN_TITLE = `'${TITLE}`;
const OPEN_OTHER = `'${OTHER}`;
const CLOSE = "' ";

/** Whether every term of the line is a term of the title: it stands there with no letter or digit before or after it. */
function standsIn(title: string, line: string): boolean {
  const at = title.indexOf(line);
  return (
    at >= 0 &&
    (at === 0 || !isWordUnit(title.charCodeAt(at - 1)) || !isWordUnit(line.charCodeAt(0))) &&
    (at + line.length === title.length ||
      !isWordUnit(title.charCodeAt(at + line.length)) ||
      !isWordUnit(line.charCodeAt(line.length - 1)))
  );
}

/** As `writeVector`, in one text. */
export function unitVector(folded: FoldedUnit, filters: readonly string[]): string {
  let vector = '';
  writeVector(folded, filters, (text, start, end) => {
    vector += text.slice(start, end);
  });
  return vector;
}

/** The last characters of a code, which its term leaves out so that neighbours share one. */
const CODE_TAIL = 3;

/** The term of a normalised reference code. What it promises is then looked up in the text. */
export function codeTerm(code: string): string {
  return `K${code.slice(0, -CODE_TAIL)}`;
}

/** The terms, the last a beginning of terms, of which every code that begins with this one has one. */
export function codeBeginningTerms(code: string): { exact: string[]; prefix: string } {
  const exact = Array.from({ length: CODE_TAIL }, (_, n) => `K${code.slice(0, -(n + 1))}`);
  return { exact, prefix: `K${code}` };
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

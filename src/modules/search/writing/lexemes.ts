import type { UnitEntry } from '../entry.ts';
import { addTerms, PAGE } from '../folding/terms.ts';

/** Of longer spans the first years and the last are found. */
const LONGEST_SPAN = 40;

/** Nearly everything is an item: a term for it would point to everything. */
export const USUAL_LEVEL = 'item';

/** What a unit is filtered by, as terms of its index entry. The letters are explained in the migration. */
export function filterTerms(unit: UnitEntry): string[] {
  const terms = [archiveTerm(unit.archiveId), `F${unit.fondsNo}`, `S${unit.accessStatus}`];
  if (unit.level !== USUAL_LEVEL) terms.push(`L${unit.level}`);
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
    else addTerms(isMarked(line) ? line.slice(1) : line, PAGE, terms);
  }
  for (const page of pages) addTerms(page, PAGE, terms);
  return terms;
}

/** Before each word of the date line: a letter that folded text, being lower case, never has. */
export const DATE_MARK = 'D';

/** Before the line of an element that may be asked for by its name: letters that folded text never has. */
export const MARKED_LINES = { creator: 'A', docNo: 'W' } as const;
const MARKS: ReadonlySet<string> = new Set(Object.values(MARKED_LINES));
const isMarked = (line: string): boolean => MARKS.has(line[0] ?? '');

/** The longest title whose length is a term: what is the whole of a longer one is rare enough to be looked for by its words. */
const LONGEST_WITH_TERM = 40;

/** The term of a title's length in UTF-16 units of its folded form; none where it is long. */
export function lengthTerms(titleLength: number): string[] {
  return titleLength <= LONGEST_WITH_TERM ? [`T${titleLength}`] : [];
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

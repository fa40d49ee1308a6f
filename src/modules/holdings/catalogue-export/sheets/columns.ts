import type { CellInput } from '#formats/sheets';
import type { Language } from '#kernel/actor';
import { IMPORT_FIELDS, type ImportField } from '../../catalogue-import/headings/fields.ts';
import { continuedHeading, keptHeading, markedHeading } from '../../catalogue-import/headings/kept.ts';
import { DESCRIPTION_FIELDS } from '../../domain/unit.ts';
import { element, free, type Leaving, VALUES } from './values.ts';

/** Characters of a cell of Excel, with room for what is written for characters XML does not know. */
const CELL = 32_000;

/** What entries use, as a survey found it. */
export interface Used {
  formerCodes: boolean;
  elements: readonly string[];
  headings: readonly string[];
  /** The longest value of elements and headings that a cell of Excel might not hold, in characters. */
  longest: ReadonlyMap<string, number>;
}

export interface Column<T = Leaving> {
  heading: string;
  /** The field it says, where it is one of a list's own. */
  field?: ImportField;
  width?: number;
  value(of: T, language: Language): CellInput;
}

const LABELS = new Map<string, (typeof IMPORT_FIELDS)[number]['labels']>(
  IMPORT_FIELDS.map((f) => [f.field, f.labels]),
);

export function labelOf(field: string, language: Language): string {
  return LABELS.get(field)?.[language] ?? field;
}

/** Fields every list has, in their order, with the widths of their columns. */
const ALWAYS: readonly [ImportField, number][] = [
  ['sourceId', 14], ['parentSourceId', 14], ['fondsNo', 10], ['level', 8], ['referenceCode', 28], ['title', 60], ['creator', 24],
  ['docNo', 20], ['date', 14], ['dateFrom', 12], ['dateTo', 12], ['category', 8], ['year', 8], ['retention', 10],
  ['classification', 10], ['accessStatus', 12], ['opensOn', 12], ['embargoUntil', 12], ['pages', 8], ['pageCount', 8],
]; // biome-ignore format: a table of widths

const ORDER = Object.keys(DESCRIPTION_FIELDS);
const place = (name: string) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);

/** All columns of a list of entries, so that nothing an entry says is left behind. Headings are those the import knows. */
export function entryColumns(language: Language, used: Used): Column[] {
  const elements = [...used.elements].sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
  const columns: Column[] = [];
  for (const [field, width] of ALWAYS) {
    columns.push({ heading: labelOf(field, language), field, width, value: VALUES[field]! });
    if (field === 'referenceCode' && used.formerCodes)
      columns.push({ heading: labelOf('formerCodes', language), width: 20, value: VALUES.formerCodes! });
  }
  for (const name of elements)
    columns.push(...inCells(labelOf(name, language), element(name), used.longest.get(name)));
  const taken = new Set(columns.map((c) => c.heading));
  for (const name of used.headings) {
    const kept = keptHeading(name);
    const heading = taken.has(kept) ? markedHeading(name) : kept;
    columns.push(...inCells(heading, free(name), used.longest.get(`extra:${name}`)));
    taken.add(heading);
  }
  return columns;
}

/** A column, and columns for what its cells can not hold. */
export function inCells<T>(heading: string, value: Column<T>['value'], longest = 0): Column<T>[] {
  const count = Math.max(1, Math.ceil(longest / (CELL - 1)));
  if (count === 1) return [{ heading, value }];
  return Array.from({ length: count }, (_, i) => ({
    heading: i === 0 ? heading : continuedHeading(heading, i + 1),
    value: (l, language) => pieceOf(value(l, language), i),
  }));
}

/** The nth piece of a text that no cell holds whole; no character is cut in two. */
function pieceOf(value: CellInput, n: number): CellInput {
  if (typeof value !== 'string') return n === 0 ? value : null;
  let from = 0;
  for (let i = 0; ; i++) {
    let to = Math.min(value.length, from + CELL - 1);
    if (to < value.length && /[\ud800-\udbff]/.test(value.charAt(to - 1))) to--;
    if (i === n) return value.slice(from, to);
    if (to >= value.length) return null;
    from = to;
  }
}

export function cellsOf(columns: readonly Column[], l: Leaving, language: Language): CellInput[] {
  return columns.map((c) => c.value(l, language));
}

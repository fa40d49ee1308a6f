import { elementBy, isOwnKey, type MetadataField } from '#formats/metadata-schemes';
import type { DescriptionKey } from '../../domain/setDescription.ts';
import { DESCRIPTION_FIELDS } from '../../domain/unit.ts';
import { columnName } from '../headings/describe.ts';
import { type ImportField, isDescriptionField } from '../headings/fields.ts';
import { continues, nameOfKept } from '../headings/kept.ts';
import { REJECT_MARK } from '../headings/normalise.ts';
import type { Sheet } from '../types.ts';

/** A column that goes to an element of the description. */
export interface DescribedColumn {
  field: DescriptionKey;
  column: number;
  limit: number;
  /** The standard's element where more than its length is asked of a value. */
  element: MetadataField | undefined;
  isOwn: boolean;
}

/** Where a sheet's columns go, worked out once before its rows are read. */
export interface SheetPlan {
  /** Column of a field, -1 where the sheet has none. */
  column(field: ImportField): number;
  /** Name of a column in the entry's free elements; no two are equal. */
  name(column: number): string;
  /** Columns that go to elements of the description, in the order of the item record, so that the order of columns does not matter. */
  described: readonly DescribedColumn[];
  /** Several values stand in one cell with bars between them, as AtoM writes them. */
  barred: ReadonlySet<ImportField>;
  /** Columns that go on with what a cell of another (the first) could not hold, in their order. */
  continued: readonly (readonly number[])[];
  /** Columns kept under their heading, in the order of their names. */
  kept: readonly { name: string; column: number }[];
}

const DESCRIPTION_ORDER = Object.keys(DESCRIPTION_FIELDS);
/** An archive's own elements stand behind the others. */
const orderOf = (field: string) => {
  const nth = DESCRIPTION_ORDER.indexOf(field);
  return nth < 0 ? DESCRIPTION_ORDER.length : nth;
};

function describedBy(field: DescriptionKey, column: number): DescribedColumn {
  const element = elementBy(field);
  const asksMore = element && (element.type !== 'text' || element.pattern || element.vocabulary?.closed);
  return {
    field,
    column,
    limit: element?.maxLength ?? 0,
    element: asksMore ? element : undefined,
    isOwn: isOwnKey(field),
  };
}

export function planSheet(sheet: Sheet): SheetPlan {
  const byField = new Map<ImportField, number>();
  const kept: { name: string; column: number }[] = [];
  const names = new Map<number, string>();
  const used = new Set<string>();
  // What is marked to be kept under its heading has the first right to it.
  const marked = (c: Sheet['columns'][number]) => (nameOfKept(c.heading) === undefined ? 1 : 0);
  for (const c of sheet.columns.toSorted((a, b) => marked(a) - marked(b) || a.index - b.index)) {
    if (c.heading.endsWith(REJECT_MARK) || isContinued(c, sheet)) continue;
    const base = (nameOfKept(c.heading) ?? columnName(c)).slice(0, 200);
    let name = base;
    for (let n = 2; used.has(name); n++) name = `${base} (${n})`;
    used.add(name);
    names.set(c.index, name);
    if (c.field !== null && !byField.has(c.field)) byField.set(c.field, c.index);
    else kept.push({ name, column: c.index });
  }
  const described = [...byField]
    .flatMap(([field, column]) => (isDescriptionField(field) ? [describedBy(field, column)] : []))
    .sort((a, b) => orderOf(a.field) - orderOf(b.field) || (a.field < b.field ? -1 : 1));
  kept.sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    column: (field) => byField.get(field) ?? -1,
    name: (column) => names.get(column) ?? String(column),
    described,
    barred: isAtom(sheet) ? BARRED : NONE,
    continued: continuedOf(sheet),
    kept,
  };
}

const firstOf = (sheet: Sheet, heading: string) => sheet.columns.find((c) => c.heading === heading);

function isContinued(c: Sheet['columns'][number], sheet: Sheet): boolean {
  const of = continues(c.heading);
  return of !== undefined && firstOf(sheet, of.heading) !== undefined;
}

function continuedOf(sheet: Sheet): number[][] {
  const found = new Map<number, { nth: number; column: number }[]>();
  for (const c of sheet.columns) {
    const of = continues(c.heading);
    const first = of && firstOf(sheet, of.heading);
    if (of && first)
      found.set(first.index, [...(found.get(first.index) ?? []), { nth: of.nth, column: c.index }]);
  }
  return [...found].map(([first, rest]) => [
    first,
    ...rest.sort((a, b) => a.nth - b.nth).map((r) => r.column),
  ]);
}

/** Cells with those put together that one cell could not hold. */
export function wholeCells(plan: SheetPlan, cells: readonly string[]): readonly string[] {
  if (plan.continued.length === 0) return cells;
  const whole = [...cells];
  for (const [first = 0, ...rest] of plan.continued)
    for (const column of rest) whole[first] = (whole[first] ?? '') + (cells[column] ?? '');
  return whole;
}

const BARRED: ReadonlySet<ImportField> = new Set(['subjects', 'persons', 'genre', 'place', 'language']);
const NONE: ReadonlySet<ImportField> = new Set();

function isAtom(sheet: Sheet): boolean {
  const headings = new Set(sheet.columns.map((c) => c.heading));
  return headings.has('legacyId') && headings.has('levelOfDescription');
}

import { DESCRIPTION_FIELDS, type DescriptionField } from '../../domain/unit.ts';
import { columnName } from '../headings/describe.ts';
import { type ImportField, isDescriptionField } from '../headings/fields.ts';
import { REJECT_MARK } from '../headings/normalise.ts';
import type { Sheet } from '../types.ts';

/** Where a sheet's columns go, worked out once before its rows are read. */
export interface SheetPlan {
  /** Column of a field, -1 where the sheet has none. */
  column(field: ImportField): number;
  /** Name of a column in the entry's free elements; no two are equal. */
  name(column: number): string;
  /** Columns that go to elements of the description, in the order of the item record, so that the order of columns does not matter. */
  described: readonly { field: DescriptionField; column: number; limit: number }[];
  /** Columns kept under their heading, in the order of their names. */
  kept: readonly { name: string; column: number }[];
}

const DESCRIPTION_ORDER = Object.keys(DESCRIPTION_FIELDS);

export function planSheet(sheet: Sheet): SheetPlan {
  const byField = new Map<ImportField, number>();
  const kept: { name: string; column: number }[] = [];
  const names = new Map<number, string>();
  const used = new Set<string>();
  for (const c of sheet.columns) {
    if (c.heading.endsWith(REJECT_MARK)) continue;
    const base = columnName(c).slice(0, 200);
    let name = base;
    for (let n = 2; used.has(name); n++) name = `${base} (${n})`;
    used.add(name);
    names.set(c.index, name);
    if (c.field !== null && !byField.has(c.field)) byField.set(c.field, c.index);
    else kept.push({ name, column: c.index });
  }
  // Without numbers of their own, rows can not be named from below: the words are kept as they are.
  for (const [one, other] of [
    ['parentSourceId', 'sourceId'],
    ['sourceId', 'parentSourceId'],
  ] as const) {
    const column = byField.get(one);
    if (column === undefined || byField.has(other)) continue;
    byField.delete(one);
    kept.push({ name: names.get(column)!, column });
  }
  const described = [...byField]
    .flatMap(([field, column]) =>
      isDescriptionField(field) ? [{ field, column, limit: DESCRIPTION_FIELDS[field] }] : [],
    )
    .sort((a, b) => DESCRIPTION_ORDER.indexOf(a.field) - DESCRIPTION_ORDER.indexOf(b.field));
  kept.sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    column: (field) => byField.get(field) ?? -1,
    name: (column) => names.get(column) ?? String(column),
    described,
    kept,
  };
}

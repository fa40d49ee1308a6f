import type { ImportField } from '../headings/fields.ts';
import type { Sheet } from '../types.ts';

/** The column of a sheet that says one of these things, the first of them that has one: where a person looks for what is told of a row. */
export function columnOf(
  sheets: readonly Sheet[],
  sheet: number,
  ...fields: readonly ImportField[]
): number | null {
  const columns = sheets.find((s) => s.index === sheet)?.columns ?? [];
  for (const field of fields) {
    const found = columns.find((c) => c.field === field);
    if (found) return found.index;
  }
  return null;
}

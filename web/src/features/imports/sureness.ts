import type { ImportColumn } from './shapes.ts';

export type Sureness = 'sure' | 'doubtful' | 'none';
const SURE_FROM = 0.8;

/** How a column is coloured: taken for something surely, with doubt, or for nothing. */
export function sureness(column: Pick<ImportColumn, 'field' | 'confidence'>): Sureness {
  if (column.field === null) return 'none';
  return column.confidence >= SURE_FROM ? 'sure' : 'doubtful';
}

/** Fields that more than one column was taken for. */
export function twice(columns: readonly Pick<ImportColumn, 'field'>[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const double = new Set<string>();
  for (const { field } of columns) {
    if (field === null) continue;
    if (seen.has(field)) double.add(field);
    seen.add(field);
  }
  return double;
}

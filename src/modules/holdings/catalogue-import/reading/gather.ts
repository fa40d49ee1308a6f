import type { EntryRow, FondsRow } from '../types.ts';

/** What becomes of accepted rows while a stretch is read; `T` is what it comes to. */
export interface Gather<T> {
  add(row: EntryRow | FondsRow, cells: readonly string[]): void;
  done(): T;
}

/** Keeps the rows as they are. */
export function gatherRows(): Gather<{ accepted: (EntryRow | FondsRow)[] }> {
  const accepted: (EntryRow | FondsRow)[] = [];
  return { add: (row) => accepted.push(row), done: () => ({ accepted }) };
}

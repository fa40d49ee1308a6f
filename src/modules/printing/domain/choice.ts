import type { UnitFilter } from '#modules/holdings';

/** What is printed: entries chosen in a table, all that a table shows, an entry with what is below, a fonds. */
export type Choice =
  | { kind: 'units'; ids: readonly string[] }
  | { kind: 'filter'; filter: UnitFilter }
  | { kind: 'unit'; id: string }
  | { kind: 'fonds'; id: string };

import type { KeptTable } from '#kernel/db/kept';

const kept = (table: string, key: readonly string[]): KeptTable => ({
  table: `authorities.${table}`,
  kind: 'archive',
  column: 'archive_id',
  key,
  way: 'anew',
});

/** Tables of authorities that come back from the storage root, in the order in which they can be put in; behind the holdings. */
export const AUTHORITIES_KEPT: readonly KeptTable[] = [
  kept('vocabulary', ['id']),
  kept('authority', ['id']),
  kept('name', ['id']),
  kept('relation', ['id']),
  kept('unit_link', ['unit_id', 'authority_id', 'role']),
  kept('fonds_link', ['fonds_id', 'authority_id']),
  kept('unit_relation', ['id']),
  kept('merge', ['id']),
  kept('merge_moved', ['merge_id', 'kind', 'key']),
];

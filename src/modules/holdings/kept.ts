import type { KeptTable } from '#kernel/db/kept';

const kept = (
  table: string,
  key: readonly string[],
  kind: KeptTable['kind'] = 'archive',
  column = 'archive_id',
): KeptTable => ({ table: `holdings.${table}`, kind, column, key, way: 'anew' });

/** Tables of the holdings that come back from the storage root, in the order in which they can be put in. */
export const HOLDINGS_KEPT: readonly KeptTable[] = [
  { ...kept('archive', ['id'], 'house', ''), below: 'parent_id', way: 'over' },
  kept('agency', ['id']),
  { ...kept('fonds', ['id']), below: 'part_of' },
  { ...kept('unit', ['id'], 'fonds', 'fonds_id'), below: 'parent_id', newer: 'version' },
  kept('code_alias', ['archive_id', 'code', 'unit_id']),
  kept('code_template', ['id']),
  kept('description_scheme', ['id']),
  kept('code_counter', ['archive_id', 'scope']),
  kept('code_void', ['archive_id', 'code']),
  kept('access_change', ['id']),
  kept('access_change_unit', ['change_id', 'unit_id']),
  kept('access_grant', ['id']),
  { ...kept('changeset', ['id']), below: 'undoes' },
  kept('unit_change', ['id']),
];

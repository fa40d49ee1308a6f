import type { KeptTable } from '#kernel/db/kept';

/** Numbers of certified copies are given once, also after the database was lost; the copies themselves come from the backup. */
export const ACCESS_KEPT: readonly KeptTable[] = [
  {
    table: 'access.certificate_counter',
    kind: 'archive',
    column: 'archive_id',
    key: ['archive_id', 'year'],
    way: 'anew',
  },
];

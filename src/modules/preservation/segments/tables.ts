import type { KeptTable } from '#kernel/db/kept';

/** Of this module: events of objects. */
export const OWN_KEPT: readonly KeptTable[] = [
  { table: 'preservation.event', kind: 'events', column: 'archive_id', key: ['id'], way: 'anew' },
];

/**
 * How far each chain is written, kept in the chain above it. It is not brought back: a rebuild compares it with what it finds,
 * so that a segment lost at the end of a chain is missed.
 */
export const STREAMS: KeptTable = {
  ...{ table: 'preservation.stream', kind: '', column: 'above', key: ['stream'], way: 'over' },
};

import type { KeptTable } from '#kernel/db/kept';

const kept = (table: string, key: readonly string[]): KeptTable => ({
  table: `preservation.${table}`,
  kind: 'archive',
  column: 'archive_id',
  key,
  way: 'anew',
});

/** Of this module: events of objects; what was destroyed, and what must not be. */
export const OWN_KEPT: readonly KeptTable[] = [
  { table: 'preservation.event', kind: 'events', column: 'archive_id', key: ['id'], way: 'anew' },
  kept('disposal', ['id']),
  kept('disposal_counter', ['archive_id', 'year']),
  kept('disposal_voice', ['disposal_id', 'person_id']),
  kept('disposal_unit', ['disposal_id', 'seq']),
  kept('destroyed', ['unit_id']),
  kept('removal', ['disposal_id', 'object_id', 'place', 'place_id']),
  kept('legal_hold', ['id']),
  kept('format_decision', ['id']),
  kept('media_plan', ['id']),
  kept('media_counter', ['archive_id', 'year']),
  kept('media_object', ['plan_id', 'object_id']),
  { ...kept('medium', ['id']), below: 'replaces' },
  kept('medium_move', ['id']),
  kept('medium_test', ['id']),
  kept('medium_loss', ['medium_id', 'object_id']),
];

/**
 * How far each chain is written, kept in the chain above it. It is not brought back: a rebuild compares it with what it finds,
 * so that a segment lost at the end of a chain is missed.
 */
export const STREAMS: KeptTable = {
  table: 'preservation.stream',
  kind: '',
  column: 'above',
  key: ['stream'],
  way: 'over',
};

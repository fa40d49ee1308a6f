import { type RawBuilder, sql } from '#kernel/db';
import type { UnitFilter } from '../../store/unitList.ts';
import type { Place, Sorting } from '../sorting.ts';
import { fieldValue, typeOf } from './columns.ts';
import { all } from './where.ts';

/** How a table is walked in its order. */
export interface Order {
  /** The value entries are sorted by. */
  value: RawBuilder<unknown>;
  type: RawBuilder<unknown>;
  /** Whether some entries have none. */
  mayBeEmpty: boolean;
  /** The index that has this order, if there is one. */
  along: Along | undefined;
  descending: boolean;
}

/** What is walked in its own order. */
export interface Along {
  /** With `holdings.unit u`. */
  from: RawBuilder<unknown>;
  /** What the index begins with. */
  where: RawBuilder<unknown>[];
  value: RawBuilder<unknown>;
  id: RawBuilder<unknown>;
  /** Whether the index has the facets behind the order, so that entries of others are passed over without being looked at. */
  facets: boolean;
  /** Conditions on `holdings.unit u` that tell how many entries are walked. */
  reach: RawBuilder<unknown>[];
}

const WALKED = new Set(['date', 'title', 'creator']);

const ownIndex = (value: RawBuilder<unknown>, where: RawBuilder<unknown>[], facets = true): Along => ({
  from: sql.raw('holdings.unit u'),
  where,
  value,
  id: sql.raw('u.id'),
  facets,
  reach: where,
});

/** Kept apart from the entries, which are changed for less without such an index. */
const byChange = (archiveId: string): Along => ({
  from: sql.raw('holdings.unit_changed_at t join holdings.unit u on u.id = t.unit_id'),
  where: [sql`t.archive_id = ${archiveId}`],
  value: sql.raw('t.at'),
  id: sql.raw('t.unit_id'),
  facets: false,
  reach: [sql`u.archive_id = ${archiveId}`],
});

export function orderOf(s: Sorting, f: UnitFilter): Order {
  const archive = sql`u.archive_id = ${f.archiveId}`;
  const text = sql.raw('text');
  const { descending } = s;
  if (s.by === 'position') {
    const value = sql.raw('u.position');
    const along = f.parent ? ownIndex(value, [archive, sql`u.under_id = ${f.parent}`], false) : undefined;
    return { value, type: text, mayBeEmpty: false, along, descending };
  }
  if (s.by === 'code') {
    const value = sql.raw('u.sort_key');
    const along = ownIndex(value, f.fonds ? [archive, sql`u.fonds_id = ${f.fonds}`] : [archive]);
    return { value, type: text, mayBeEmpty: false, along, descending };
  }
  const value = fieldValue(s.by);
  const key = s.by.in === 'column' ? s.by.key : '';
  const along =
    key === 'changed' ? byChange(f.archiveId) : WALKED.has(key) ? ownIndex(value, reach()) : undefined;
  return { value, type: typeOf(s.by), mayBeEmpty: key !== 'changed', along, descending };

  /** Years have their dates together: among all dates those of a year lie as far off as it is long ago. */
  function reach() {
    const year = key === 'date' ? yearOf(f) : undefined;
    return year === undefined ? [archive] : [archive, sql`u.year = ${year}`];
  }
}

/** The one year a table is narrowed to. */
const yearOf = (f: UnitFilter): number | undefined =>
  f.year ??
  f.where?.filter((c) => c.name === 'year' && c.operation === 'is').map((c) => Number(c.values[0]))[0];

/** Entries with a value, then those without one; backwards the other way round. */
export type Half = 'filled' | 'empty';

/** The halves of a table from a place on, in the order they are met. */
export function halvesFrom(o: Order, place: Place | undefined): Half[] {
  if (!o.mayBeEmpty) return ['filled'];
  const forward = place?.towards !== 'before';
  const inEmpty = place !== undefined && place.value === null;
  if (forward) return inEmpty ? ['empty'] : ['filled', 'empty'];
  return inEmpty ? ['empty', 'filled'] : ['filled'];
}

/** What lies behind a place, within its own half. @param value what is sorted by, under the name it has there */
export function beyond(
  value: RawBuilder<unknown>,
  o: Order,
  half: Half,
  place: Place | undefined,
  id: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const belongs: RawBuilder<unknown>[] = [];
  if (o.mayBeEmpty) belongs.push(half === 'filled' ? sql`${value} is not null` : sql`${value} is null`);
  if (!place || (place.value === null) !== (half === 'empty')) return all(belongs);
  const onward = sql.raw(ascends(o, place) ? '>' : '<');
  belongs.push(
    half === 'empty'
      ? sql`${id} ${onward} ${place.id}::uuid`
      : sql`(${value}, ${id}) ${onward} (${place.value}::${o.type}, ${place.id}::uuid)`,
  );
  return all(belongs);
}

/** The order entries are met in. @param columns names of value and id */
export function direction(o: Order, place: Place | undefined, columns: readonly RawBuilder<unknown>[]) {
  const way = sql.raw(ascends(o, place) ? 'asc' : 'desc');
  return sql.join(columns.map((c) => sql`${c} ${way}`));
}

const ascends = (o: Order, place: Place | undefined): boolean =>
  o.descending === (place?.towards === 'before');

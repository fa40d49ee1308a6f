import { type RawBuilder, type Sql, sql } from '#kernel/db';
import type { UnitFilter } from '../table/filter.ts';
import { allOf, whereOf } from '../table/store/where.ts';
import { RECORD, ROW, type UnitRecord, type UnitRow } from './units.ts';

export type { UnitFilter } from '../table/filter.ts';

function conditions(f: UnitFilter): RawBuilder<unknown> {
  return allOf(whereOf(f));
}

export type UnitSort = 'position' | 'code' | '-code';

/** A page of units in order, by keyset. */
export async function unitPage(tx: Sql, filter: UnitFilter, o: PageWanted): Promise<UnitRow[]> {
  return (await sql<UnitRow>`select ${ROW} ${pageOf(filter, o)}`.execute(tx)).rows;
}

/** The same with all that is described of each. */
export async function recordPage(tx: Sql, filter: UnitFilter, o: PageWanted): Promise<UnitRecord[]> {
  return (await sql<UnitRecord>`select ${RECORD} ${pageOf(filter, o)}`.execute(tx)).rows;
}

export interface PageWanted {
  sort: UnitSort;
  /** Sort value and id of the last row of the page before. */
  after?: readonly [string, string];
  limit: number;
}

function pageOf(filter: UnitFilter, o: PageWanted): RawBuilder<unknown> {
  const column = o.sort === 'position' ? sql.raw('u.position') : sql.raw('u.sort_key');
  const descending = o.sort === '-code';
  const beyond = o.after
    ? sql`and (${column}, u.id) ${sql.raw(descending ? '<' : '>')} (${o.after[0]}, ${o.after[1]}::uuid)`
    : sql``;
  const direction = sql.raw(descending ? 'desc' : 'asc');
  return sql`from holdings.unit u where ${conditions(filter)} ${beyond}
    order by ${column} ${direction}, u.id ${direction} limit ${o.limit}`;
}

/** How many units fit, counted up to a cap: no page's cost may grow with the whole. */
export async function countUnits(tx: Sql, filter: UnitFilter, cap: number): Promise<number> {
  const r = await sql<{ n: number }>`select count(*)::int as n from (
    select 1 from holdings.unit u where ${conditions(filter)} limit ${cap + 1}) c`.execute(tx);
  return r.rows[0]!.n;
}

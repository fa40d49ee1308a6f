import { type RawBuilder, type Sql, sql } from '#kernel/db';
import { idsOfImport } from '../catalogue-import/rows/row-ids.ts';
import { ROW, type UnitRow } from './units.ts';

/** What a table of units is narrowed to. */
export interface UnitFilter {
  archiveId: string;
  /** Children of this unit, or units directly under this fonds. */
  parent?: string;
  fonds?: string;
  level?: string;
  category?: string;
  year?: number;
  retention?: string;
  access?: string;
  importId?: string;
  held?: 'yes' | 'no';
  ids?: readonly string[];
}

export type UnitSort = 'position' | 'code' | '-code';

function conditions(f: UnitFilter): RawBuilder<unknown> {
  const all: RawBuilder<unknown>[] = [sql`u.archive_id = ${f.archiveId}`];
  if (f.parent) all.push(sql`u.under_id = ${f.parent}`);
  if (f.fonds) all.push(sql`u.fonds_id = ${f.fonds}`);
  if (f.level) all.push(sql`u.level = ${f.level}`);
  if (f.category) all.push(sql`u.category = ${f.category}`);
  if (f.year !== undefined) all.push(sql`u.year = ${f.year}`);
  if (f.retention) all.push(sql`u.retention = ${f.retention}`);
  if (f.access) all.push(sql`u.access_status = ${f.access}`);
  if (f.importId) {
    const { first, last } = idsOfImport(f.importId);
    all.push(sql`u.import_id = ${f.importId} and u.id between ${first}::uuid and ${last}::uuid`);
  }
  if (f.held === 'yes') all.push(sql`u.page_count > 0`);
  if (f.held === 'no') all.push(sql`u.page_count = 0 and u.level = 'item'`);
  if (f.ids) all.push(sql`u.id = any(${f.ids}::uuid[])`);
  return sql.join(all, sql` and `);
}

/**
 * A page of units in order, by keyset.
 *
 * @param after sort value and id of the last row of the page before
 */
export async function unitPage(
  tx: Sql,
  filter: UnitFilter,
  o: { sort: UnitSort; after?: readonly [string, string]; limit: number },
): Promise<UnitRow[]> {
  const column = o.sort === 'position' ? sql.raw('u.position') : sql.raw('u.sort_key');
  const descending = o.sort === '-code';
  const beyond = o.after
    ? sql`and (${column}, u.id) ${sql.raw(descending ? '<' : '>')} (${o.after[0]}, ${o.after[1]}::uuid)`
    : sql``;
  const direction = sql.raw(descending ? 'desc' : 'asc');
  const r = await sql<UnitRow>`select ${ROW} from holdings.unit u where ${conditions(filter)} ${beyond}
    order by ${column} ${direction}, u.id ${direction} limit ${o.limit}`.execute(tx);
  return r.rows;
}

/** How many units fit, counted up to a cap: no page's cost may grow with the whole. */
export async function countUnits(tx: Sql, filter: UnitFilter, cap: number): Promise<number> {
  const r = await sql<{ n: number }>`select count(*)::int as n from (
    select 1 from holdings.unit u where ${conditions(filter)} limit ${cap + 1}) c`.execute(tx);
  return r.rows[0]!.n;
}

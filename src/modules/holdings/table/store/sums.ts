import { type RawBuilder, type Sql, sql } from '#kernel/db';
import type { UnitFilter } from '../../store/unitList.ts';
import type { TableField } from '../fields.ts';
import { fieldValue, isCounted } from './columns.ts';
import { allOf, whereOf } from './where.ts';

export interface Totals {
  units: number;
  /** Pages of paper, as described. */
  pages: number;
  digitalPages: number;
  /** False: counting stopped there, and there are more. */
  exact: boolean;
}

export interface Group {
  /** Of the field; the id of a fonds. Null: it is empty. */
  value: string | null;
  /** Number and name of a fonds. */
  label: string | null;
  units: number;
  pages: number;
  digitalPages: number;
}

/** Entries counted one by one; kept counts have no bound. */
const MOST_COUNTED = 100_000;
export const MOST_GROUPS = 500;

/** How long counting may take; nobody looks at a number that long. */
const PATIENCE = '4s';

const KEPT = sql`coalesce(sum(u.units), 0)::float8 as units, coalesce(sum(u.pages), 0)::float8 as pages,
  coalesce(sum(u.digital_pages), 0)::float8 as "digitalPages"`;
const READ = sql`count(*)::float8 as units, coalesce(sum(u.pages), 0)::float8 as pages,
  coalesce(sum(u.page_count), 0)::float8 as "digitalPages"`;

/** What fits a filter, counted. @param kept whether the kept counts tell all the asker sees */
export async function totalsOf(tx: Sql, filter: UnitFilter, kept: boolean): Promise<Totals> {
  const w = whereOf(filter);
  const conditions = allOf(w);
  if (kept && w.counted) {
    const r = await sql<
      Omit<Totals, 'exact'>
    >`select ${KEPT} from holdings.counted u where ${conditions}`.execute(tx);
    return { ...r.rows[0]!, exact: true };
  }
  await haveLimitedPatience(tx);
  const r = await sql<
    Omit<Totals, 'exact'>
  >`select ${READ} from (select u.pages, u.page_count from holdings.unit u
    where ${conditions} limit ${MOST_COUNTED + 1}) u`.execute(tx);
  const sums = r.rows[0]!;
  return sums.units > MOST_COUNTED
    ? { ...sums, units: MOST_COUNTED, exact: false }
    : { ...sums, exact: true };
}

/** The groups of a table by a field, the largest first. @returns one more than `MOST_GROUPS` where there are more */
export async function groupsOf(
  tx: Sql,
  filter: UnitFilter,
  by: TableField | 'fonds',
  kept: boolean,
): Promise<Group[]> {
  const w = whereOf(filter);
  const conditions = allOf(w);
  const value: RawBuilder<unknown> = by === 'fonds' ? sql`u.fonds_id` : fieldValue(by);
  const fromCounts = kept && w.counted && (by === 'fonds' || isCounted(by));
  if (!fromCounts) await haveLimitedPatience(tx);
  const groups = sql`select ${value} as value, ${fromCounts ? KEPT : READ}
    from ${sql.raw(fromCounts ? 'holdings.counted' : 'holdings.unit')} u where ${conditions}
    group by 1 ${fromCounts ? sql`having sum(u.units) > 0` : sql``} order by units desc, 1 limit ${MOST_GROUPS + 1}`;
  const label = by === 'fonds' ? sql`f.number || ' ' || f.name` : sql`null::text`;
  const r =
    await sql<Group>`select g.value::text as value, ${label} as label, g.units, g.pages, g."digitalPages"
    from (${groups}) g ${by === 'fonds' ? sql`join holdings.fonds f on f.id = g.value` : sql``}
    order by g.units desc, g.value`.execute(tx);
  return r.rows;
}

async function haveLimitedPatience(tx: Sql): Promise<void> {
  await sql`select set_config('statement_timeout', ${PATIENCE}, true)`.execute(tx);
}

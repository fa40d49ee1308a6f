/**
 * A page of a table of any size. Two ways lead to it. *Gathering* finds all that fits by an index and sorts it: right where few fit.
 * *Walking* goes along an index in the table's own order: right where many fit, for then a page is soon full. Entries of other facets
 * (years, categories, levels …) are passed over within the index; the others are looked at one by one. Which way is taken is decided
 * here by numbers, and neither is gone to the bitter end: a walk that finds nothing for long gives way to gathering, or ends where
 * it is and says so.
 */
import { type RawBuilder, type Sql, sql } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { UnitFilter } from '../../store/unitList.ts';
import type { Place, Sorting } from '../sorting.ts';
import { estimates } from './estimate.ts';
import { type Along, beyond, direction, type Half, halvesFrom, type Order, orderOf } from './order.ts';
import { all, allOf, type Where, whereOf } from './where.ts';

/** How far each way is gone. */
export interface Limits {
  /** Entries gathered and sorted for one page. */
  gathered: number;
  /** Entries a walk looks at before it gives way. */
  leastWalked: number;
  mostWalked: number;
}
const LIMITS: Limits = { gathered: 300_000, leastWalked: 2_000, mostWalked: 100_000 };
/** So few are gathered at once: what they have in common may lie anywhere in the order. */
const FEW = 5_000;
/** What passing over an entry within the index costs, beside looking at one. */
const PASSING_PRICE = 0.04;
/**
 * Of what is spread evenly, a page is met within three times the entries it is expected in; a walk that has not met it by then goes
 * where it is not.
 */
const PATIENCE = 3;

/** An entry of a page, by what it is sorted by. */
export interface Met {
  id: string;
  value: string | null;
}

export interface TablePage {
  met: Met[];
  /** More lie ahead, in the direction the page was read. */
  more: boolean;
  /** How many fit in all, where gathering told. */
  total?: number;
  /** The walk ended here without having filled the page: go on from here. */
  stopped?: Met;
}

export interface PageWanted {
  sorting: Sorting;
  place?: Place | undefined;
  limit: number;
}

/** @throws Refusal table.tooWide where more fit than can be sorted by a field without an index */
export async function tablePage(
  tx: Sql,
  filter: UnitFilter,
  wanted: PageWanted,
  limits: Limits = LIMITS,
): Promise<TablePage> {
  const w = whereOf(filter);
  const o = orderOf(wanted.sorting, filter);
  const found = all([...w.scope, ...w.facets, ...w.found, ...w.implied]);
  if (!o.along) return gather(tx, w, o, wanted, limits.gathered);
  const [inArchive, along, inReach, fitting] = (await estimates(tx, [
    all(o.along.reach),
    all([...o.along.reach, ...passed(w, o.along)]),
    found,
    all([found, ...w.asked]),
  ])) as [number, number, number, number];
  const pages = (wanted.limit + 1) / Math.max(1, fitting);
  const walking = pages * along;
  const dear = Math.max(FEW, walking + PASSING_PRICE * pages * inArchive);
  if (inReach <= Math.min(dear, limits.gathered)) return gather(tx, w, o, wanted, limits.gathered);
  const canGather = inReach <= limits.gathered;
  const patience = canGather ? Math.max(limits.leastWalked, PATIENCE * walking) : limits.mostWalked;
  const budget = Math.round(Math.min(limits.mostWalked, patience));
  await keepToTheOrder(tx, true);
  const walked = await walk(tx, w, o, o.along, wanted, budget, limits.leastWalked);
  await keepToTheOrder(tx, false);
  if (!walked.stopped || !canGather) return walked;
  return gather(tx, w, o, wanted, limits.gathered);
}

/** What a walk need not look at entries for. */
const passed = (w: Where, along: Along) => (along.facets ? w.facets : []);

/** All that fits, found by an index and sorted. */
async function gather(tx: Sql, w: Where, o: Order, wanted: PageWanted, most: number): Promise<TablePage> {
  const { place, limit } = wanted;
  const halves = halvesFrom(o, place).map((h) => beyondGathered(o, h, place));
  const order = place?.towards === 'before' ? 'desc' : 'asc';
  const way = direction(o, place, [sql.raw('g.value'), sql.raw('g.id')]);
  const r = await sql<Met & { total: number }>`with gathered as materialized (
      select u.id, ${o.value} as value from holdings.unit u
      where ${allOf(w)} limit ${most + 1})
    select g.id, g.value::text as value, (select count(*)::int from gathered) as total from gathered g
    where ${sql.join(halves, sql` or `)}
    order by (g.value is null) ${sql.raw(order)}, ${way} limit ${limit + 1}`.execute(tx);
  const total = r.rows[0]?.total ?? (await gatheredNone(tx, w, most));
  if (total > most)
    throw new Refusal(
      'table.tooWide',
      'More entries fit than can be sorted by this column. Narrow the list.',
      {
        most,
      },
    );
  const met = r.rows.slice(0, limit).map(({ id, value }) => ({ id, value }));
  return { met, more: r.rows.length > limit, total };
}

/** Nothing lies behind the place: how many fit is asked by itself. */
async function gatheredNone(tx: Sql, w: Where, most: number): Promise<number> {
  const r = await sql<{ n: number }>`select count(*)::int as n from (select 1 from holdings.unit u
    where ${allOf(w)} limit ${most + 1}) c`.execute(tx);
  return r.rows[0]!.n;
}

/** As {@link beyond}, of what was gathered. */
function beyondGathered(o: Order, half: Half, place: Place | undefined): RawBuilder<unknown> {
  return beyond(sql.raw('g.value'), o, half, place, sql.raw('g.id'));
}

/** Along the index until the page is full, the table ends, or `budget` entries were looked at. */
async function walk(
  tx: Sql,
  w: Where,
  o: Order,
  along: Along,
  wanted: PageWanted,
  budget: number,
  least: number,
): Promise<TablePage> {
  const { place, limit } = wanted;
  const asked = [...(along.facets ? [] : w.facets), ...w.found, ...w.asked];
  const met: Met[] = [];
  let left = asked.length === 0 ? limit + 1 : budget;
  for (const half of halvesFrom(o, place)) {
    const order = orderWithin(o, along, half, place);
    const onward = beyond(along.value, o, half, place, along.id);
    const r = await sql<Met & { nth: number; fits: boolean }>`
      select id, value::text as value, nth::int, fits from (
        select ${along.id} as id, ${along.value} as value, (${all(asked)}) is true as fits, row_number() over (order by ${order}) as nth
        from ${along.from} where ${all([...along.where, ...passed(w, along), onward])}
        order by ${order} limit ${left}) walked
      where fits or nth = ${left} limit ${limit + 1 - met.length}`.execute(tx);
    met.push(...r.rows.filter((row) => row.fits).map(({ id, value }) => ({ id, value })));
    if (met.length > limit) return { met: met.slice(0, limit), more: true };
    const last = r.rows.at(-1);
    if (last && last.nth === left) return { met, more: true, stopped: { id: last.id, value: last.value } };
    left = Math.max(least, left - (last?.nth ?? 0));
  }
  return { met, more: false };
}

/** PostgreSQL would rather sort all of a facet than go as far along an index as `budget` says. */
async function keepToTheOrder(tx: Sql, kept: boolean): Promise<void> {
  const others = kept ? 'off' : 'on';
  await sql`select set_config('enable_sort', ${others}, true), set_config('enable_bitmapscan', ${others}, true)`.execute(
    tx,
  );
}

/** Among entries without a value the ids alone say who comes first. */
function orderWithin(o: Order, along: Along, half: Half, place: Place | undefined): RawBuilder<unknown> {
  return direction(o, place, half === 'empty' ? [along.id] : [along.value, along.id]);
}

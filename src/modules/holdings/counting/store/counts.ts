import { type RawBuilder, type Sql, sql } from '#kernel/db';

/** What entries are counted by. */
export const COUNTED_BY = ['fonds', 'level', 'category', 'year', 'retention', 'access'] as const;
export type CountedBy = (typeof COUNTED_BY)[number];

const COLUMN: Readonly<Record<CountedBy, string>> = {
  fonds: 'fonds_id',
  level: 'level',
  category: 'category',
  year: 'year',
  retention: 'retention',
  access: 'access_status',
};

/** Which entries are counted. */
export interface CountFilter {
  archiveId: string;
  fonds?: string;
  level?: string;
  category?: string;
  year?: number;
  retention?: string;
  access?: string;
}

/** Sums of entries of one kind. */
export interface Sums {
  units: number;
  /** Pages of paper, as described. */
  pages: number;
  digitalPages: number;
  /** Entries that have digital pages. */
  digitalUnits: number;
}

export interface CountRow extends Sums {
  /** Values of what was asked to be counted by, in that order. */
  of: (string | number | null)[];
}

const SUMS = sql`coalesce(sum(units), 0)::float8 as units, coalesce(sum(pages), 0)::float8 as pages,
  coalesce(sum(digital_pages), 0)::float8 as "digitalPages", coalesce(sum(digital_units), 0)::float8 as "digitalUnits"`;

function conditions(f: CountFilter): RawBuilder<unknown> {
  const all = [sql`archive_id = ${f.archiveId}`];
  for (const by of COUNTED_BY) if (f[by] !== undefined) all.push(sql`${sql.ref(COLUMN[by])} = ${f[by]}`);
  return sql.join(all, sql` and `);
}

/** Counts kept with every change, by some of what is counted by; none: one row of all. Kinds there are none of are left out. */
export async function countedBy(tx: Sql, filter: CountFilter, by: readonly CountedBy[]): Promise<CountRow[]> {
  const columns = by.map((b) => sql.ref(COLUMN[b]));
  const of = columns.length === 0 ? sql`'[]'::jsonb` : sql`jsonb_build_array(${sql.join(columns)})`;
  const group =
    columns.length === 0
      ? sql``
      : sql`group by ${sql.join(columns)} having sum(units) <> 0
          order by ${sql.join(columns.map((c) => sql`${c} nulls last`))}`;
  const r = await sql<CountRow>`select ${of} as of, ${SUMS} from holdings.counted
    where ${conditions(filter)} ${group}`.execute(tx);
  return r.rows;
}

/** How many changes of counts are drawn together at once. */
const TOGETHER = 20_000;

/**
 * Draws changes of counts together with the counts, so that reading them stays cheap. Two at once take different changes.
 *
 * @returns how many changes were drawn in; fewer than {@link TOGETHER}: all there were
 */
export async function drawCountsTogether(on: Sql): Promise<number> {
  const r = await sql<{ n: number }>`with taken as (
      delete from holdings.unit_count_change where id in (
        select id from holdings.unit_count_change order by id limit ${TOGETHER} for update skip locked)
      returning *),
    summed as (
      insert into holdings.unit_count as c (archive_id, fonds_id, level, category, year, retention, access_status, units, pages,
        digital_pages, digital_units)
      select archive_id, fonds_id, level, category, year, retention, access_status, sum(units), sum(pages), sum(digital_pages),
        sum(digital_units)
      from taken group by 1, 2, 3, 4, 5, 6, 7 order by 2, 3, 4, 5, 6, 7
      on conflict (fonds_id, level, category, year, retention, access_status) do update set
        units = c.units + excluded.units, pages = c.pages + excluded.pages,
        digital_pages = c.digital_pages + excluded.digital_pages, digital_units = c.digital_units + excluded.digital_units)
    select count(*)::int as n from taken`.execute(on);
  return r.rows[0]!.n;
}

/** A kind whose kept count is not what counting anew gives. */
export interface WrongCount {
  archiveId: string;
  fondsId: string;
  kept: number;
  counted: number;
}

/** Compares the kept counts with a recount of all entries: as long as the whole takes to read. Some wrong ones, none where all is right. */
export async function wrongCounts(on: Sql, most = 100): Promise<WrongCount[]> {
  const r = await sql<WrongCount>`with kept as (
      select archive_id, fonds_id, level, category, year, retention, access_status, sum(units) as units, sum(pages) as pages,
        sum(digital_pages) as digital_pages, sum(digital_units) as digital_units
      from holdings.counted group by 1, 2, 3, 4, 5, 6, 7),
    anew as (
      select archive_id, fonds_id, level, category, year, retention, access_status, count(*) as units, coalesce(sum(pages), 0) as pages,
        sum(page_count) as digital_pages, count(*) filter (where page_count > 0) as digital_units
      from holdings.unit group by 1, 2, 3, 4, 5, 6, 7)
    select archive_id as "archiveId", fonds_id as "fondsId", sum(kept)::int as kept, sum(counted)::int as counted from (
      select archive_id, fonds_id, level, category, year, retention, access_status, sum(kept) as kept, sum(counted) as counted,
        sum(pages) as pages, sum(digital_pages) as digital_pages, sum(digital_units) as digital_units from (
        select archive_id, fonds_id, level, category, year, retention, access_status, units as kept, 0 as counted, pages,
          digital_pages, digital_units from kept
        union all
        select archive_id, fonds_id, level, category, year, retention, access_status, 0, units, -pages, -digital_pages,
          -digital_units from anew) both_ways
      group by 1, 2, 3, 4, 5, 6, 7
      having sum(kept) <> sum(counted) or sum(pages) <> 0 or sum(digital_pages) <> 0 or sum(digital_units) <> 0) kinds
    group by 1, 2 limit ${most}`.execute(on);
  return r.rows;
}

/** Lets whoever changes entries wait until the transaction ends, and another such transaction too. */
export async function holdStill(tx: Sql): Promise<void> {
  await sql`lock table holdings.unit in share row exclusive mode`.execute(tx);
}

/** Counts all anew, in place of what was kept. Changes of entries wait meanwhile. */
export async function countAnew(tx: Sql): Promise<void> {
  await sql`lock table holdings.unit in share mode`.execute(tx);
  await sql`delete from holdings.unit_count`.execute(tx);
  await sql`delete from holdings.unit_count_change`.execute(tx);
  await sql`insert into holdings.unit_count
    select archive_id, fonds_id, level, category, year, retention, access_status, count(*), coalesce(sum(pages), 0),
      sum(page_count), count(*) filter (where page_count > 0)
    from holdings.unit group by 1, 2, 3, 4, 5, 6, 7`.execute(tx);
}

import { type Sql, sql } from '#kernel/db';

/** A fonds or entry of which it is kept that another number of entries stands right below it than does. */
export interface WrongPlace {
  id: string;
  archiveId: string;
  /** Number of the fonds, or reference code, or title of the entry. */
  name: string;
  kept: number;
  counted: number;
}

/** Places with a wrong count of what stands below them. Some of them, none where all is right; reads every entry once. */
export async function wrongPlaces(on: Sql, most = 100): Promise<WrongPlace[]> {
  const r =
    await sql<WrongPlace>`with c as (select under_id as id, count(*)::int as n from holdings.unit group by under_id)
    select p.id, p.archive_id as "archiveId", p.name, p.child_count as kept, coalesce(c.n, 0) as counted from (
        select f.id, f.archive_id, f.number as name, f.child_count from holdings.fonds f
        union all select u.id, u.archive_id, coalesce(u.reference_code, u.title), u.child_count from holdings.unit u) p
      left join c on c.id = p.id
    where p.child_count <> coalesce(c.n, 0) limit ${most}`.execute(on);
  return r.rows;
}

/** A stretch of a long row of siblings in which another number stands than is kept, or a long row without stretches. */
export interface WrongMark {
  underId: string;
  position: string;
  kept: number;
  counted: number;
}

/** Stretches with wrong numbers: each entry of a marked row is given the last mark before it, in one walk along the rows. */
export async function wrongMarks(on: Sql, most = 100): Promise<WrongMark[]> {
  const r = await sql<WrongMark>`with laid as (
      select m.under_id, m.position, m.position as mark, 0 as n, m.units as kept, 0 as turn from holdings.sibling_mark m
      union all
      select u.under_id, u.position, null, 1, 0, 1 from holdings.unit u
        where u.under_id in (select under_id from holdings.sibling_mark)),
    cut as (
      select under_id, n, kept, max(mark) over (partition by under_id order by position, turn rows unbounded preceding) as mark from laid)
    select under_id as "underId", coalesce(mark, '') as position, sum(kept)::int as kept, sum(n)::int as counted
      from cut group by under_id, mark having sum(kept) <> sum(n)
    union all
    select p.id, '', 0, p.child_count from (select id, child_count from holdings.fonds union all select id, child_count from holdings.unit) p
      where p.child_count > 2000 and not exists (select from holdings.sibling_mark m where m.under_id = p.id)
    limit ${most}`.execute(on);
  return r.rows;
}

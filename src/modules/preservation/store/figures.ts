import { type Sql, sql } from '#kernel/db';
import type { CopyCondition, CopyRow } from './copies.ts';

/** Whose figures: some archives', or all and the house's own. */
export interface Whose {
  /** null: everything. */
  archives: readonly string[] | null;
}

const within = (column: ReturnType<typeof sql>, { archives }: Whose) =>
  archives === null ? sql`true` : sql`${column} = any(${archives}::uuid[])`;

export interface ConditionCount {
  storeId: string;
  condition: CopyCondition;
  copies: number;
  bytes: number;
}

export async function countsByStore(tx: Sql, whose: Whose): Promise<ConditionCount[]> {
  const r =
    await sql<ConditionCount>`select store_id as "storeId", condition, sum(copies)::float8 as copies, sum(bytes)::float8 as bytes
    from preservation.copy_tally where ${within(sql`archive_id`, whose)} group by store_id, condition having sum(copies) <> 0`.execute(
      tx,
    );
  return r.rows;
}

export interface GrowthMonth {
  /** `YYYY-MM`. */
  month: string;
  objects: number;
  files: number;
  bytes: number;
}

/** What was added in each month, the oldest first. */
export async function growthByMonth(tx: Sql, whose: Whose): Promise<GrowthMonth[]> {
  const r = await sql<GrowthMonth>`select to_char(month, 'YYYY-MM') as month, sum(objects)::float8 as objects,
      sum(files)::float8 as files, sum(bytes)::float8 as bytes
    from preservation.growth where ${within(sql`archive_id`, whose)} group by 1 order by 1`.execute(tx);
  return r.rows;
}

export interface StoreFixity {
  storeId: string;
  /** When the copy that waits longest was verified; null: never, or there is none. */
  oldestCheck: Date | null;
  /** Sound copies never verified; counted up to a limit. */
  neverChecked: number;
  /** Sound copies whose last check is older than the cycle; counted up to a limit. */
  late: number;
  lastCheck: Date | null;
}

/** How far verifying has come in a store, by the index of what was checked longest ago. */
export async function fixityOf(
  tx: Sql,
  storeId: string,
  lateBefore: Date,
  limit: number,
): Promise<StoreFixity> {
  const sound = sql`from preservation.copy where store_id = ${storeId} and condition = 'sound'`;
  const r = await sql<StoreFixity>`select ${storeId} as "storeId",
    (select checked_at ${sound} and checked_at is not null order by checked_at limit 1) as "oldestCheck",
    (select count(*)::int from (select ${sound} and checked_at is null limit ${limit}) n) as "neverChecked",
    (select count(*)::int from (select ${sound} and checked_at < ${lateBefore} limit ${limit}) n) as late,
    (select max(last_at) from preservation.fixity_day where store_id = ${storeId}) as "lastCheck"`.execute(
    tx,
  );
  return r.rows[0]!;
}

export interface FixityDay {
  storeId: string;
  day: string;
  copies: number;
  bytes: number;
  bad: number;
  milliseconds: number;
}

export async function noteFixity(
  tx: Sql,
  storeId: string,
  at: Date,
  done: { copies: number; bytes: number; bad: number; milliseconds: number },
): Promise<void> {
  await sql`insert into preservation.fixity_day as d (store_id, day, copies, bytes, bad, milliseconds, last_at)
    values (${storeId}, ${at.toISOString().slice(0, 10)}::date, ${done.copies}, ${done.bytes}, ${done.bad}, ${Math.round(done.milliseconds)}, ${at})
    on conflict (store_id, day) do update set copies = d.copies + excluded.copies, bytes = d.bytes + excluded.bytes,
      bad = d.bad + excluded.bad, milliseconds = d.milliseconds + excluded.milliseconds, last_at = excluded.last_at`.execute(
    tx,
  );
}

export async function fixityDays(tx: Sql, days: number, now: Date): Promise<FixityDay[]> {
  const r =
    await sql<FixityDay>`select store_id as "storeId", to_char(day, 'YYYY-MM-DD') as day, copies::float8 as copies,
      bytes::float8 as bytes, bad::float8 as bad, milliseconds::float8 as milliseconds
    from preservation.fixity_day where day > ${now}::date - ${days}::int order by day, store_id`.execute(tx);
  return r.rows;
}

/**
 * Objects with fewer proved copies than wanted, found through the copies that are not sound or never verified. Only for a
 * house whose stores are as many as the copies wanted; with fewer every object is one.
 *
 * @param o.without a store whose copies do not count: what would be, were it gone
 * @param o.limit copies looked at in each store; the count is exact when it stays below
 */
export async function heldTooFew(
  tx: Sql,
  o: Whose & { wanted: number; limit: number; without?: string | undefined },
): Promise<{ objects: number; isExact: boolean; some: string[] }> {
  const counts = o.without
    ? sql`s.state = 'active' and s.id <> ${o.without}`
    : sql`s.state in ('active', 'draining')`;
  const r = await sql<{ objects: number; seen: number; some: string[] | null }>`with unproved as (
      select c.object_id from preservation.store s cross join lateral (
        (select object_id, archive_id from preservation.copy where store_id = s.id and condition <> 'sound' limit ${o.limit})
        union all (select object_id, archive_id from preservation.copy
          where store_id = s.id and condition = 'sound' and checked_at is null limit ${o.limit})) c
      where ${counts} and ${within(sql`c.archive_id`, o)})
    select (select count(*)::int from unproved) as seen, count(*)::int as objects,
      (array_agg(t.object_id order by t.object_id))[1:20] as some
    from (select u.object_id from (select distinct object_id from unproved) u
      where (select count(*) from preservation.copy c join preservation.store s on s.id = c.store_id
        where c.object_id = u.object_id and c.condition = 'sound' and c.checked_at is not null and ${counts}) < ${o.wanted}) t`.execute(
    tx,
  );
  const { objects, seen, some } = r.rows[0]!;
  return { objects, isExact: seen < o.limit, some: some ?? [] };
}

const ROW = sql`c.object_id as "objectId", c.store_id as "storeId", s.name as "storeName", s.state as "storeState",
  s.is_main as "isMain", o.kind, c.archive_id as "archiveId", o.unit_id as "unitId", c.condition, c.head,
  c.bytes::float8 as bytes, c.copied_at as "copiedAt", c.checked_at as "checkedAt", c.trouble`;

/** Copies that are damaged, missing or behind, in the order of their objects. */
export async function failingCopies(
  tx: Sql,
  o: Whose & {
    storeId?: string | undefined;
    conditions: readonly CopyCondition[];
    after?: { objectId: string; storeId: string } | undefined;
    limit: number;
  },
): Promise<CopyRow[]> {
  const r =
    await sql<CopyRow>`select ${ROW} from preservation.copy c join preservation.store s on s.id = c.store_id
      join preservation.object o using (object_id)
    where c.condition in ('behind', 'damaged', 'missing') and c.condition = any(${o.conditions}::text[])
      and ${within(sql`c.archive_id`, o)} and s.state in ('active', 'draining')
      ${o.storeId ? sql`and c.store_id = ${o.storeId}` : sql``}
      ${o.after ? sql`and (c.object_id, c.store_id) > (${o.after.objectId}, ${o.after.storeId}::uuid)` : sql``}
    order by c.object_id, c.store_id limit ${o.limit}`.execute(tx);
  return r.rows;
}

/** All copies of one object, those of ended stores too. */
export async function copyRowsOf(tx: Sql, objectId: string): Promise<CopyRow[]> {
  const r =
    await sql<CopyRow>`select ${ROW} from preservation.copy c join preservation.store s on s.id = c.store_id
      join preservation.object o using (object_id)
    where c.object_id = ${objectId} order by s.is_main desc, s.added_at, s.id`.execute(tx);
  return r.rows;
}

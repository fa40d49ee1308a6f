import { type Sql, sql } from '#kernel/db';

export const MAIN_STORE = '00000000-0000-4000-8000-000000000001';

/** Where a store lies. Secrets are not part of it. */
export type StoreLocation =
  | { kind: 'folder'; root: string }
  | { kind: 's3'; bucket: string; prefix: string; endpoint?: string; region: string; pathStyle?: boolean };

export type StoreState = 'active' | 'draining' | 'lost' | 'removed';
export type Reach = 'unknown' | 'reachable' | 'slow' | 'unreachable' | 'foreign';

export interface StoreRow {
  id: string;
  name: string;
  isMain: boolean;
  location: StoreLocation;
  sealed: string | null;
  state: StoreState;
  reach: Reach;
  trouble: string | null;
  seenAt: Date | null;
  unreachableSince: Date | null;
  slowSince: Date | null;
  markedAt: Date | null;
  plannedTo: string;
  planned: boolean;
  freeBytes: number | null;
  totalBytes: number | null;
  megabytesPerSecond: number | null;
  addedAt: Date;
  addedBy: string;
  endedAt: Date | null;
  endedBy: string | null;
  endedReason: string | null;
  version: number;
}

const COLUMNS = sql`id, name, is_main as "isMain", location, sealed, state, reach, trouble, seen_at as "seenAt",
  unreachable_since as "unreachableSince", slow_since as "slowSince", marked_at as "markedAt", planned_to as "plannedTo", planned,
  free_bytes::float8 as "freeBytes", total_bytes::float8 as "totalBytes", megabytes_per_second as "megabytesPerSecond",
  added_at as "addedAt", added_by as "addedBy", ended_at as "endedAt", ended_by as "endedBy", ended_reason as "endedReason", version`;

/** All stores there ever were, the main one first. */
export async function allStores(tx: Sql): Promise<StoreRow[]> {
  const r =
    await sql<StoreRow>`select ${COLUMNS} from preservation.store order by is_main desc, added_at, id`.execute(
      tx,
    );
  return r.rows;
}

export async function storeById(tx: Sql, id: string): Promise<StoreRow | undefined> {
  const r = await sql<StoreRow>`select ${COLUMNS} from preservation.store where id = ${id}`.execute(tx);
  return r.rows[0];
}

/** Waits until nobody is entering objects, and keeps new ones waiting until the transaction ends. */
export async function holdEntering(tx: Sql): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('preservation.stores', 0))`.execute(tx);
}

export async function insertStore(
  tx: Sql,
  s: Pick<StoreRow, 'id' | 'name' | 'location' | 'sealed' | 'megabytesPerSecond' | 'addedAt' | 'addedBy'>,
): Promise<void> {
  await sql`insert into preservation.store (id, name, location, sealed, megabytes_per_second, added_at, added_by)
    values (${s.id}, ${s.name}, ${JSON.stringify(s.location)}::jsonb, ${s.sealed}, ${s.megabytesPerSecond}, ${s.addedAt},
      ${s.addedBy})`.execute(tx);
}

/** @returns false when somebody changed it meanwhile */
export async function changeStore(
  tx: Sql,
  id: string,
  version: number,
  to: Pick<StoreRow, 'name' | 'state' | 'megabytesPerSecond'>,
): Promise<boolean> {
  const r = await sql`update preservation.store set name = ${to.name}, state = ${to.state},
    megabytes_per_second = ${to.megabytesPerSecond}, version = version + 1,
    planned = planned and state = ${to.state}, planned_to = case when state = ${to.state} then planned_to else '' end
    where id = ${id} and version = ${version}`.execute(tx);
  return Number(r.numAffectedRows ?? 0) === 1;
}

export async function endStore(
  tx: Sql,
  id: string,
  to: { state: 'lost' | 'removed'; at: Date; by: string; reason: string },
): Promise<boolean> {
  const r =
    await sql`update preservation.store set state = ${to.state}, ended_at = ${to.at}, ended_by = ${to.by},
    ended_reason = ${to.reason}, sealed = null, reach = 'unknown', trouble = null, version = version + 1
    where id = ${id} and state in ('active', 'draining')`.execute(tx);
  return Number(r.numAffectedRows ?? 0) === 1;
}

export async function placeMain(tx: Sql, location: StoreLocation): Promise<void> {
  const text = JSON.stringify(location);
  await sql`update preservation.store set location = ${text}::jsonb where is_main and location <> ${text}::jsonb`.execute(
    tx,
  );
}

export interface Seen {
  reach: Reach;
  trouble: string | null;
  at: Date;
  freeBytes?: number | null;
  totalBytes?: number | null;
}

/** Notes how a store was met. */
export async function noteSeen(tx: Sql, id: string, s: Seen): Promise<void> {
  const away = s.reach === 'unreachable' || s.reach === 'foreign';
  await sql`update preservation.store set reach = ${s.reach}, trouble = ${s.trouble},
    seen_at = case when ${away} then seen_at else ${s.at} end,
    unreachable_since = case when ${away} then coalesce(unreachable_since, ${s.at}) end,
    slow_since = case when ${s.reach === 'slow'} then coalesce(slow_since, ${s.at}) when ${away} then slow_since end,
    free_bytes = coalesce(${s.freeBytes ?? null}, free_bytes), total_bytes = coalesce(${s.totalBytes ?? null}, total_bytes)
    where id = ${id}`.execute(tx);
}

export async function noteMark(tx: Sql, id: string, at: Date): Promise<void> {
  await sql`update preservation.store set marked_at = ${at} where id = ${id}`.execute(tx);
}

/**
 * Gives the next objects their rows in a store's list, in the order of their ids.
 *
 * @returns how many objects were looked at; 0 when the whole list is planned
 */
export async function planObjects(tx: Sql, storeId: string, limit: number): Promise<number> {
  const r = await sql<{ n: number; last: string | null }>`with next as (
      select o.object_id, o.archive_id, o.bytes from preservation.object o
      where o.object_id > (select planned_to from preservation.store where id = ${storeId})
      order by o.object_id limit ${limit}),
    planned as (insert into preservation.copy (object_id, store_id, archive_id, bytes, condition)
      select object_id, ${storeId}::uuid, archive_id, bytes, 'wanted' from next on conflict do nothing)
    select count(*)::int as n, max(object_id) as last from next`.execute(tx);
  const { n, last } = r.rows[0]!;
  await sql`update preservation.store set planned_to = coalesce(${last}, planned_to), planned = ${n < limit}
    where id = ${storeId}`.execute(tx);
  return n;
}

/** Forgets rows of a store that holds nothing for us any more, some at a time. @returns how many */
export async function forgetCopies(tx: Sql, storeId: string, limit: number): Promise<number> {
  const r = await sql`delete from preservation.copy where ctid = any (array(
    (select ctid from preservation.copy where store_id = ${storeId} and condition = 'sound'
      order by checked_at nulls first, object_id limit ${limit})
    union all (select ctid from preservation.copy where store_id = ${storeId} and condition <> 'sound'
      order by condition, tried_at nulls first, object_id limit ${limit})))`.execute(tx);
  return Number(r.numAffectedRows ?? 0);
}

export async function foldTallies(tx: Sql): Promise<void> {
  await sql`select preservation.fold_tallies()`.execute(tx);
}

/** The storage root among the stores. */
export async function mainStoreId(on: Sql): Promise<string> {
  const r = await sql<{ id: string }>`select id from preservation.store where is_main`.execute(on);
  const [main] = r.rows;
  if (!main) throw new Error('no store is the main one');
  return main.id;
}

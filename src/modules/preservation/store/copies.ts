import { type Sql, sql } from '#kernel/db';
import type { ObjectKind } from './objects.ts';
import type { StoreState } from './stores.ts';

export type CopyCondition = 'wanted' | 'sound' | 'behind' | 'damaged' | 'missing';

/** A copy to be made or looked at, with what the database knows of its object. */
export interface CopyTask {
  objectId: string;
  kind: ObjectKind;
  storeId: string;
  archiveId: string | null;
  condition: CopyCondition;
  /** What the copy last held. */
  head: string | null;
  inventoryDigest: string | null;
  checkedAt: Date | null;
  /** What the object is; null where nobody looked yet. */
  objectHead: string | null;
  objectDigest: string | null;
  bytes: number;
  files: number;
}

const TASK = sql`c.object_id as "objectId", o.kind, c.store_id as "storeId", c.archive_id as "archiveId", c.condition, c.head,
  c.inventory_digest as "inventoryDigest", c.checked_at as "checkedAt", o.head as "objectHead",
  o.inventory_digest as "objectDigest", o.bytes::float8 as bytes, o.files::float8 as files`;

/** Copies of a store that were verified longest ago, those never verified first. */
export async function oldestChecked(
  tx: Sql,
  storeId: string,
  o: { before: Date; limit: number },
): Promise<CopyTask[]> {
  const r = await sql<CopyTask>`select ${TASK} from (
      select * from preservation.copy where store_id = ${storeId} and condition = 'sound'
      order by checked_at nulls first, object_id limit ${o.limit}) c
    join preservation.object o using (object_id)
    where c.checked_at is null or c.checked_at < ${o.before}
    order by c.checked_at nulls first, c.object_id`.execute(tx);
  return r.rows;
}

const besides = (ids: readonly string[]) =>
  ids.length === 0 ? sql`` : sql`and object_id <> all (${ids}::text[])`;

/** Copies of a store in one of these conditions that were not tried since, the longest untried first; some objects excepted. */
export async function unsoundCopies(
  tx: Sql,
  storeId: string,
  o: { conditions: readonly CopyCondition[]; triedBefore: Date; limit: number; except: readonly string[] },
): Promise<CopyTask[]> {
  const found: CopyTask[] = [];
  for (const condition of o.conditions) {
    if (found.length >= o.limit) break;
    const r = await sql<CopyTask>`select ${TASK} from (
        select * from preservation.copy where store_id = ${storeId} and condition <> 'sound' and condition = ${condition}
          and (tried_at is null or tried_at < ${o.triedBefore}) ${besides(o.except)}
        order by tried_at nulls first, object_id limit ${o.limit - found.length}) c
      join preservation.object o using (object_id)`.execute(tx);
    found.push(...r.rows);
  }
  return found;
}

/** Whether a store has any copy in one of these conditions; with `tried` only those something was tried with in vain. */
export async function hasCopies(
  tx: Sql,
  storeId: string,
  o: { conditions: readonly CopyCondition[]; tried?: boolean },
): Promise<boolean> {
  for (const condition of o.conditions) {
    const r = await sql`select from preservation.copy where store_id = ${storeId} and condition <> 'sound'
      and condition = ${condition} ${o.tried ? sql`and tried_at > '-infinity'` : sql``} limit 1`.execute(tx);
    if (r.rows.length > 0) return true;
  }
  return false;
}

/** Copies of one object in stores that count, the main one first. */
export async function copiesOf(tx: Sql, objectId: string): Promise<CopyTask[]> {
  const r = await sql<CopyTask>`select ${TASK} from preservation.copy c
    join preservation.object o using (object_id) join preservation.store s on s.id = c.store_id
    where c.object_id = ${objectId} and s.state in ('active', 'draining') order by s.is_main desc, s.added_at`.execute(
    tx,
  );
  return r.rows;
}

/** All copies of a store behind an object id, or those of one archive, in the order of ids: for verifying them now. */
export async function copiesFrom(
  tx: Sql,
  storeId: string,
  o: { archiveId?: string | undefined; after: string; limit: number },
): Promise<CopyTask[]> {
  const ofArchive = o.archiveId === undefined ? sql`` : sql`and o.archive_id = ${o.archiveId}`;
  const r = await sql<CopyTask>`select ${TASK} from preservation.object o
    join preservation.copy c on c.object_id = o.object_id and c.store_id = ${storeId} and c.condition <> 'wanted'
    where o.object_id > ${o.after} and c.object_id > ${o.after} ${ofArchive} order by o.object_id limit ${o.limit}`.execute(
    tx,
  );
  return r.rows;
}

/** What became of a copy that was looked at or made. */
export interface CopyFound {
  objectId: string;
  storeId: string;
  condition: CopyCondition;
  head: string | null;
  inventoryDigest: string | null;
  bytes: number | null;
  /** Every byte was read and found good. */
  verified: boolean;
  copied: boolean;
  /** Tried in vain. */
  tried: boolean;
  trouble: string | null;
}

/**
 * Enters what was found of copies. A copy that was found sound is behind when its object got a version meanwhile.
 */
export async function enterFound(tx: Sql, list: readonly CopyFound[], at: Date): Promise<void> {
  if (list.length === 0) return;
  const column = <K extends keyof CopyFound>(key: K) => list.map((f) => f[key]);
  await sql`update preservation.copy c set
      condition = case when f.condition = 'sound' and o.inventory_digest is distinct from f.digest then 'behind' else f.condition end,
      head = coalesce(f.head, c.head), inventory_digest = coalesce(f.digest, c.inventory_digest), bytes = coalesce(f.bytes, c.bytes),
      checked_at = case when f.verified then ${at}::timestamptz else c.checked_at end,
      copied_at = case when f.copied then ${at}::timestamptz else c.copied_at end,
      tried_at = case when f.tried then ${at}::timestamptz when f.condition = 'sound' then null else c.tried_at end,
      trouble = f.trouble
    from unnest(${column('objectId')}::text[], ${column('storeId')}::uuid[], ${column('condition')}::text[], ${column('head')}::text[],
      ${column('inventoryDigest')}::text[], ${column('bytes')}::bigint[], ${column('verified')}::boolean[],
      ${column('copied')}::boolean[], ${column('tried')}::boolean[], ${column('trouble')}::text[])
      as f (object_id, store_id, condition, head, digest, bytes, verified, copied, tried, trouble)
      join preservation.object o using (object_id)
    where c.object_id = f.object_id and c.store_id = f.store_id`.execute(tx);
}

/** Copies of a store that something was tried with in vain: they rest a while. */
export async function noteTried(tx: Sql, storeId: string, ids: readonly string[], at: Date): Promise<void> {
  if (ids.length === 0) return;
  await sql`update preservation.copy set tried_at = ${at} where store_id = ${storeId} and condition <> 'sound'
    and object_id = any(${ids}::text[])`.execute(tx);
}

/** Copies of a store verified or made since a moment are in doubt: it came back older than that. @returns how many */
export async function doubtSince(tx: Sql, storeId: string, since: Date, limit: number): Promise<number> {
  const r = await sql`update preservation.copy set condition = 'behind', checked_at = null
    where ctid = any (array(select ctid from preservation.copy
      where store_id = ${storeId} and condition = 'sound' and checked_at >= ${since} order by checked_at nulls first, object_id limit ${limit}))
      and store_id = ${storeId} and condition = 'sound'`.execute(tx);
  return Number(r.numAffectedRows ?? 0);
}

/** A copy as lists and an object's page show it. */
export interface CopyRow {
  objectId: string;
  storeId: string;
  storeName: string;
  storeState: StoreState;
  isMain: boolean;
  kind: ObjectKind;
  archiveId: string | null;
  unitId: string | null;
  condition: CopyCondition;
  head: string | null;
  bytes: number;
  copiedAt: Date | null;
  checkedAt: Date | null;
  trouble: string | null;
}

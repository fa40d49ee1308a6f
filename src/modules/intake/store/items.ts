import { type Sql, sql, type Tx } from '#kernel/db';
import type { HeldFile } from '#modules/filing';

export type ItemKind = 'record' | 'package';

/** What was said of an item the last time, as far as the next time needs it; by the document's id, '' for the item itself. */
export interface SaidBefore {
  keys: Readonly<Record<string, readonly string[]>>;
  files: Readonly<Record<string, readonly HeldFile[]>>;
  /** Digests of uploads it was made of, which are gone. */
  uploads: Readonly<Record<string, { sha512: string; bytes: number; name?: string }>>;
}

/** A record or package by the id its sender knows it by. */
export interface IntakeItem {
  id: string;
  systemId: string;
  kind: ItemKind;
  senderId: string;
  digest: string;
  revision: number | null;
  version: number;
  /** The record, or the batch. */
  targetId: string;
  said: SaidBefore;
  firstAt: Date;
  lastAt: Date;
}

const COLUMNS = sql`i.id, i.system_id as "systemId", i.kind, i.sender_id as "senderId", i.digest, i.revision::float8 as revision,
  i.version, i.target_id as "targetId", i.said, i.first_at as "firstAt", i.last_at as "lastAt"`;

export interface ItemKey {
  systemId: string;
  kind: ItemKind;
  senderId: string;
}

export async function itemOf(on: Sql, k: ItemKey): Promise<IntakeItem | undefined> {
  const r = await sql<IntakeItem>`select ${COLUMNS} from intake.item i
    where i.system_id = ${k.systemId} and i.kind = ${k.kind} and i.sender_id = ${k.senderId}`.execute(on);
  return r.rows[0];
}

/** Some items by their keys, in their order; undefined for what is not there. */
export async function itemsByKeys(
  on: Sql,
  keys: readonly ItemKey[],
): Promise<readonly (IntakeItem | undefined)[]> {
  const r = await sql<IntakeItem & { n: number }>`select ${COLUMNS}, k.n
    from jsonb_to_recordset(${JSON.stringify(keys.map((k, n) => ({ ...k, n })))}::jsonb)
        as k (n int, "systemId" uuid, kind text, "senderId" text)
      join intake.item i on i.system_id = k."systemId" and i.kind = k.kind and i.sender_id = k."senderId"`.execute(
    on,
  );
  const found = new Map(r.rows.map(({ n, ...item }) => [n, item]));
  return keys.map((_, n) => found.get(n));
}

/** The item, with nobody changing it until the transaction ends. */
export async function lockItem(tx: Tx, k: ItemKey): Promise<IntakeItem | undefined> {
  const r = await sql<IntakeItem>`select ${COLUMNS} from intake.item i
    where i.system_id = ${k.systemId} and i.kind = ${k.kind} and i.sender_id = ${k.senderId} for update of i`.execute(
    tx,
  );
  return r.rows[0];
}

export type NewItem = Omit<IntakeItem, 'version' | 'firstAt' | 'lastAt'> & {
  archiveId: string;
  agencyId: string;
  at: Date;
};

/**
 * Inserts, all in one statement and in the order of their keys, so that two never wait for each other.
 *
 * @returns the ids of those that are new: of the others somebody was quicker, who has ended by now
 */
export async function insertItems(tx: Tx, items: readonly NewItem[]): Promise<ReadonlySet<string>> {
  const made = await sql<{
    id: string;
  }>`insert into intake.item (id, system_id, archive_id, agency_id, kind, sender_id, digest, revision, target_id, said,
      first_at, last_at)
    select i.id, i."systemId", i."archiveId", i."agencyId", i.kind, i."senderId", i.digest, i.revision, i."targetId", i.said,
      i.at, i.at
    from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as i (id uuid, "systemId" uuid, "archiveId" uuid,
      "agencyId" uuid, kind text, "senderId" text, digest text, revision bigint, "targetId" uuid, said jsonb, at timestamptz)
    order by i."systemId", i.kind, i."senderId" collate "C"
    on conflict (system_id, kind, sender_id) do nothing returning id`.execute(tx);
  return new Set(made.rows.map((r) => r.id));
}

/** The next version; the digest before is remembered. */
export async function updateItem(
  tx: Tx,
  i: Pick<IntakeItem, 'id' | 'digest' | 'revision' | 'said'> & { before: string; at: Date },
): Promise<void> {
  await sql`insert into intake.earlier (item_id, digest) values (${i.id}, ${i.before}) on conflict do nothing`.execute(
    tx,
  );
  await sql`update intake.item set digest = ${i.digest}, revision = ${i.revision}, said = ${JSON.stringify(i.said)}::jsonb,
    version = version + 1, last_at = ${i.at} where id = ${i.id}`.execute(tx);
}

export async function wasBefore(on: Sql, itemId: string, digest: string): Promise<boolean> {
  const r = await sql`select 1 from intake.earlier where item_id = ${itemId} and digest = ${digest}`.execute(
    on,
  );
  return r.rows.length > 0;
}

export async function itemPage(
  on: Sql,
  o: { systemId: string; kind: ItemKind; after: string | undefined; limit: number },
): Promise<IntakeItem[]> {
  const r = await sql<IntakeItem>`select ${COLUMNS} from intake.item i
    where i.system_id = ${o.systemId} and i.kind = ${o.kind} and (${o.after ?? null}::uuid is null or i.id > ${o.after ?? null}::uuid)
    order by i.id limit ${o.limit}`.execute(on);
  return r.rows;
}

export async function itemsOfTargets(
  on: Sql,
  systemId: string,
  targets: readonly string[],
): Promise<IntakeItem[]> {
  const r = await sql<IntakeItem>`select ${COLUMNS} from intake.item i
    where i.system_id = ${systemId} and i.target_id = any(${targets}::uuid[])`.execute(on);
  return r.rows;
}

/** A package is written down before its batch is made, so that a second call goes on with the same one: its content comes last. */
export async function settleItem(
  tx: Tx,
  i: Pick<IntakeItem, 'id' | 'digest' | 'said'> & { at: Date },
): Promise<void> {
  await sql`update intake.item set digest = ${i.digest}, said = ${JSON.stringify(i.said)}::jsonb, last_at = ${i.at} where id = ${i.id}`.execute(
    tx,
  );
}

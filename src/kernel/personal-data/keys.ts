import { type Sql, sql, type Tx } from '../db.ts';
import type { PersonalCipher } from './cipher.ts';

/** A data key as it is stored. */
export interface StoredKey {
  id: string;
  archiveId: string;
  purpose: string;
  cipher: PersonalCipher;
  sealed: string;
}

const COLUMNS = sql`id, archive_id as "archiveId", purpose, cipher, sealed`;

export async function keyInUse(tx: Sql, archiveId: string, purpose: string): Promise<StoredKey | undefined> {
  const r = await sql<StoredKey>`select ${COLUMNS} from lantai.data_key
    where archive_id = ${archiveId} and purpose = ${purpose} and retired_at is null`.execute(tx);
  return r.rows[0];
}

export async function keyById(tx: Sql, id: string): Promise<StoredKey | undefined> {
  const r = await sql<StoredKey>`select ${COLUMNS} from lantai.data_key where id = ${id}`.execute(tx);
  return r.rows[0];
}

/** The key in use and those replaced that values may still lie under. */
export async function keysOf(tx: Sql, archiveId: string, purpose: string): Promise<StoredKey[]> {
  const r = await sql<StoredKey>`select ${COLUMNS} from lantai.data_key
    where archive_id = ${archiveId} and purpose = ${purpose}`.execute(tx);
  return r.rows;
}

/** One maker at a time for an archive and purpose, until the transaction ends. */
export async function lockKeys(tx: Tx, archiveId: string, purpose: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`data-key:${archiveId}:${purpose}`}, 0))`.execute(
    tx,
  );
}

export async function insertKey(tx: Tx, k: StoredKey, at: Date): Promise<void> {
  await sql`insert into lantai.data_key (id, archive_id, purpose, cipher, sealed, created_at)
    values (${k.id}, ${k.archiveId}, ${k.purpose}, ${k.cipher}, ${k.sealed}, ${at})`.execute(tx);
}

export async function retireKey(tx: Tx, id: string, at: Date): Promise<void> {
  await sql`update lantai.data_key set retired_at = ${at} where id = ${id}`.execute(tx);
}

/** Archives and purposes whose key in use is to be replaced: all, or those of another cipher than this. */
export async function keysToReplace(
  db: Sql,
  o: { purposes: readonly string[]; otherThan?: PersonalCipher; archiveId?: string },
): Promise<{ archiveId: string; purpose: string }[]> {
  const r = await sql<{ archiveId: string; purpose: string }>`
    select archive_id as "archiveId", purpose from lantai.data_key
    where retired_at is null and purpose = any(${o.purposes}::text[])
      and (${o.otherThan ?? null}::text is null or cipher <> ${o.otherThan ?? null})
      and (${o.archiveId ?? null}::uuid is null or archive_id = ${o.archiveId ?? null}::uuid)`.execute(db);
  return r.rows;
}

export async function retiredKeys(db: Sql): Promise<string[]> {
  const r = await sql<{
    id: string;
  }>`select id from lantai.data_key where retired_at is not null order by id`.execute(db);
  return r.rows.map((row) => row.id);
}

/** Deletes a replaced key. @throws a foreign-key violation while a value still lies under it */
export async function deleteKey(tx: Tx, id: string): Promise<void> {
  await sql`delete from lantai.data_key where id = ${id} and retired_at is not null`.execute(tx);
}

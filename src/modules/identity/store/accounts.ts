import type { Language } from '#kernel/actor';
import { type Sql, sql, type Tx } from '#kernel/db';

/** An account as signing in needs it. */
export interface AccountRow {
  id: string;
  username: string;
  displayName: string;
  language: Language;
  /** The archive that looks after the account. */
  archiveId: string | null;
  /** 'service': another system's, 'sender': of a system an agency's records come from; neither ever signs in. */
  kind: 'person' | 'service' | 'sender';
  /** Null: none of ours. */
  passwordHash: string | null;
  passwordChangedAt: Date | null;
  disabledAt: Date | null;
}

const ACCOUNT = sql`id, username, display_name as "displayName", language, archive_id as "archiveId", kind, password_hash as "passwordHash",
  password_changed_at as "passwordChangedAt", disabled_at as "disabledAt"`;

export async function accountByName(db: Sql, username: string): Promise<AccountRow | undefined> {
  // Nobody is called so, and PostgreSQL takes no NUL in a text.
  if (username.length > 200 || username.includes('\0')) return undefined;
  const r =
    await sql<AccountRow>`select ${ACCOUNT} from identity.person where username = ${username}`.execute(db);
  return r.rows[0];
}

export async function accountById(db: Sql, id: string): Promise<AccountRow | undefined> {
  const r = await sql<AccountRow>`select ${ACCOUNT} from identity.person where id = ${id}`.execute(db);
  return r.rows[0];
}

/** The archive that looks after an account. */
export async function homeOf(tx: Tx, id: string): Promise<string | null> {
  const r = await sql<{ archiveId: string | null }>`select archive_id as "archiveId" from identity.person
    where id = ${id}`.execute(tx);
  return r.rows[0]?.archiveId ?? null;
}

/** A new password; devices known before have to sign in once more in the ordinary way. */
export async function replacePassword(tx: Tx, id: string, passwordHash: string, now: Date): Promise<void> {
  await sql`update identity.person set password_hash = ${passwordHash}, password_changed_at = ${now}
    where id = ${id}`.execute(tx);
  await sql`delete from identity.known_device where person_id = ${id}`.execute(tx);
  await sql`delete from identity.password_link where person_id = ${id}`.execute(tx);
  await sql`delete from identity.step where person_id = ${id}`.execute(tx);
}

export async function insertServiceAccount(
  tx: Tx,
  a: { id: string; username: string; displayName: string; archiveId: string; kind?: 'service' | 'sender' },
): Promise<boolean> {
  const r = await sql`insert into identity.person (id, username, display_name, archive_id, kind)
    values (${a.id}, ${a.username}, ${a.displayName}, ${a.archiveId}, ${a.kind ?? 'service'}) on conflict do nothing`.execute(
    tx,
  );
  return Number(r.numAffectedRows) === 1;
}

export async function serviceAccountsOf(db: Sql, archives: readonly string[]): Promise<AccountRow[]> {
  const r = await sql<AccountRow>`select ${ACCOUNT} from identity.person
    where kind = 'service' and archive_id = any(${[...archives]}::uuid[]) order by username limit 500`.execute(
    db,
  );
  return r.rows;
}

/** Notes an account's device as known, and forgets devices not seen for half a year. */
export async function keepDevice(tx: Tx, digest: Buffer, personId: string, now: Date): Promise<void> {
  await sql`insert into identity.known_device (token_digest, person_id, seen_at)
    values (${digest}, ${personId}, ${now})
    on conflict (token_digest, person_id) do update set seen_at = excluded.seen_at`.execute(tx);
  await sql`delete from identity.known_device
    where person_id = ${personId} and seen_at < ${now}::timestamptz - interval '180 days'`.execute(tx);
}

export async function deviceIsKnown(db: Sql, digest: Buffer, personId: string, now: Date): Promise<boolean> {
  const r = await sql`select 1 from identity.known_device where token_digest = ${digest}
    and person_id = ${personId} and seen_at >= ${now}::timestamptz - interval '180 days'`.execute(db);
  return r.rows.length > 0;
}

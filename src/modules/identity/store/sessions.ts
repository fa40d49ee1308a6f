import { type Sql, sql, type Tx } from '#kernel/db';
import type { PersonRow } from './people.ts';

export type SessionPerson = Omit<PersonRow, 'passwordHash' | 'disabledAt'>;

export async function insertSession(
  tx: Tx,
  s: { digest: Buffer; personId: string; now: Date; expiresAt: Date },
): Promise<void> {
  await sql`insert into identity.session (token_digest, person_id, created_at, seen_at, expires_at)
    values (${s.digest}, ${s.personId}, ${s.now}, ${s.now}, ${s.expiresAt})`.execute(tx);
}

/** The person of a living session or API token. `idleSince`: a session not seen since then is over. */
export async function personOfToken(
  db: Sql,
  digest: Buffer,
  now: Date,
  idleSince: Date,
): Promise<SessionPerson | undefined> {
  const r = await sql<SessionPerson>`
    select p.id, p.username, p.display_name as "displayName", p.language from identity.person p
    where p.disabled_at is null and p.id = coalesce(
      (select person_id from identity.session
        where token_digest = ${digest} and expires_at > ${now} and seen_at > ${idleSince}),
      (select person_id from identity.api_token
        where token_digest = ${digest} and (expires_at is null or expires_at > ${now})))`.execute(db);
  return r.rows[0];
}

/** Notes that a session is in use; at most one write a minute. */
export async function touchSession(db: Sql, digest: Buffer, now: Date): Promise<void> {
  await sql`update identity.session set seen_at = ${now}
    where token_digest = ${digest} and seen_at < ${now}::timestamptz - interval '1 minute'`.execute(db);
}

export async function deleteSession(tx: Tx, digest: Buffer): Promise<void> {
  await sql`delete from identity.session where token_digest = ${digest} or expires_at < now()`.execute(tx);
}

export async function insertSetupLink(tx: Tx, digest: Buffer, expiresAt: Date): Promise<void> {
  await sql`delete from identity.setup_link`.execute(tx);
  await sql`insert into identity.setup_link (token_digest, expires_at) values (${digest}, ${expiresAt})`.execute(
    tx,
  );
}

/** Uses a set-up link up. False when it is not valid. */
export async function takeSetupLink(tx: Tx, digest: Buffer, now: Date): Promise<boolean> {
  const r =
    await sql`delete from identity.setup_link where token_digest = ${digest} and expires_at > ${now}`.execute(
      tx,
    );
  return Number(r.numAffectedRows) === 1;
}

export async function countFailures(db: Sql, who: readonly string[], since: Date): Promise<number> {
  const r = await sql<{ n: number }>`select coalesce(max(n), 0)::int as n from (
    select count(*) as n from identity.sign_in_failure
    where who = any(${who}::text[]) and at > ${since} group by who) f`.execute(db);
  return r.rows[0]!.n;
}

export async function addFailures(db: Sql, who: readonly string[], now: Date): Promise<void> {
  await sql`insert into identity.sign_in_failure (who, at) select unnest(${who}::text[]), ${now}`.execute(db);
  await sql`delete from identity.sign_in_failure where at < ${now}::timestamptz - interval '1 day'`.execute(
    db,
  );
}

export async function clearFailures(tx: Tx, who: string): Promise<void> {
  await sql`delete from identity.sign_in_failure where who = ${who}`.execute(tx);
}

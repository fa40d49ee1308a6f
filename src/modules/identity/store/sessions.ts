import { type Sql, sql, type Tx } from '#kernel/db';
import type { AccountRow } from './accounts.ts';

export type SignInMethod = 'password' | 'oidc' | 'ldap' | 'link';
export type Factors = 'password' | 'two';

export interface SessionRow {
  id: string;
  personId: string;
  address: string;
  /** What the browser said of itself, in words of ours. */
  device: string;
  method: SignInMethod;
  factors: Factors;
  createdAt: Date;
  seenAt: Date;
  expiresAt: Date;
  authenticatedAt: Date;
}

const SESSION = sql`s.id, s.person_id as "personId", s.address, s.device, s.method, s.factors,
  s.created_at as "createdAt", s.seen_at as "seenAt", s.expires_at as "expiresAt",
  s.authenticated_at as "authenticatedAt"`;

export async function insertSession(tx: Tx, digest: Buffer, s: SessionRow): Promise<void> {
  await sql`insert into identity.session (token_digest, id, person_id, address, device, method, factors, created_at,
      seen_at, expires_at, authenticated_at)
    values (${digest}, ${s.id}, ${s.personId}, ${s.address}, ${s.device}, ${s.method}, ${s.factors}, ${s.createdAt},
      ${s.seenAt}, ${s.expiresAt}, ${s.authenticatedAt})`.execute(tx);
}

export type SessionPerson = Pick<AccountRow, 'displayName' | 'language'> & SessionRow;

/** A living session and its person. `idleSince`: a session not seen since then is over. */
export async function sessionOf(
  db: Sql,
  digest: Buffer,
  now: Date,
  idleSince: Date,
): Promise<SessionPerson | undefined> {
  const r = await sql<SessionPerson>`select ${SESSION}, p.display_name as "displayName", p.language
    from identity.session s join identity.person p on p.id = s.person_id
    where s.token_digest = ${digest} and s.expires_at > ${now} and s.seen_at > ${idleSince}
      and p.disabled_at is null and p.kind = 'person'`.execute(db);
  return r.rows[0];
}

/** Notes that a session is in use; at most one write a minute. */
export async function touchSession(db: Sql, digest: Buffer, now: Date): Promise<void> {
  await sql`update identity.session set seen_at = ${now}
    where token_digest = ${digest} and seen_at < ${now}::timestamptz - interval '1 minute'`.execute(db);
}

/** The session goes on under another token; its old one opens nothing any more. False when it is over. */
export async function renewSession(
  tx: Tx,
  id: string,
  digest: Buffer,
  change: { factors: Factors; authenticatedAt: Date },
): Promise<SessionRow | undefined> {
  const r =
    await sql<SessionRow>`update identity.session s set token_digest = ${digest}, factors = ${change.factors},
      authenticated_at = ${change.authenticatedAt}
    where s.id = ${id} returning ${SESSION}`.execute(tx);
  return r.rows[0];
}

export async function sessionsOf(
  db: Sql,
  personId: string,
  now: Date,
  idleSince: Date,
): Promise<SessionRow[]> {
  const r = await sql<SessionRow>`select ${SESSION} from identity.session s
    where s.person_id = ${personId} and s.expires_at > ${now} and s.seen_at > ${idleSince}
    order by s.seen_at desc, s.id limit 200`.execute(db);
  return r.rows;
}

/** Ends one session of a person. False when there is none. */
export async function endSession(tx: Tx, personId: string, id: string): Promise<boolean> {
  const r = await sql`delete from identity.session where person_id = ${personId} and id = ${id}`.execute(tx);
  return Number(r.numAffectedRows) === 1;
}

/** Ends all sessions of a person, but for one if it is named. Returns how many there were. */
export async function endSessions(tx: Tx, personId: string, but?: string): Promise<number> {
  const r = await sql`delete from identity.session where person_id = ${personId}
    and id is distinct from ${but ?? null}::uuid`.execute(tx);
  return Number(r.numAffectedRows);
}

/** Ends the session of a token, and clears away those that are over. */
export async function endSessionOfToken(
  tx: Tx,
  digest: Buffer,
  now: Date,
): Promise<{ id: string; personId: string; displayName: string } | undefined> {
  const r = await sql<{ id: string; personId: string; displayName: string }>`
    with gone as (delete from identity.session where token_digest = ${digest} returning id, person_id)
    select gone.id, gone.person_id as "personId", p.display_name as "displayName"
    from gone join identity.person p on p.id = gone.person_id`.execute(tx);
  await sql`delete from identity.session where expires_at < ${now}`.execute(tx);
  return r.rows[0];
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

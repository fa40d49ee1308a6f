import { type Sql, sql, type Tx } from '#kernel/db';

export type FactorKind = 'totp' | 'webauthn';

export interface FactorRow {
  id: string;
  personId: string;
  kind: FactorKind;
  name: string;
  sealedSecret: string | null;
  lastStep: number | null;
  credentialId: string | null;
  publicKey: Buffer | null;
  signCount: number | null;
  transports: string[] | null;
  createdAt: Date;
  /** Null: not proved yet, counts for nothing. */
  confirmedAt: Date | null;
  usedAt: Date | null;
}

const FACTOR = sql`id, person_id as "personId", kind, name, sealed_secret as "sealedSecret", last_step as "lastStep",
  credential_id as "credentialId", public_key as "publicKey", sign_count as "signCount", transports,
  created_at as "createdAt", confirmed_at as "confirmedAt", used_at as "usedAt"`;

/** The factors a person has proved. */
export async function factorsOf(db: Sql, personId: string): Promise<FactorRow[]> {
  const r = await sql<FactorRow>`select ${FACTOR} from identity.factor
    where person_id = ${personId} and confirmed_at is not null order by created_at, id`.execute(db);
  return r.rows;
}

/** A factor that was begun and waits for its first code; locked until the transaction ends. */
export async function begunFactor(tx: Tx, personId: string, id: string): Promise<FactorRow | undefined> {
  const r = await sql<FactorRow>`select ${FACTOR} from identity.factor
    where person_id = ${personId} and id = ${id} and confirmed_at is null for update`.execute(tx);
  return r.rows[0];
}

/** Begins an app's factor; one that was begun before and never proved is dropped. */
export async function insertTotp(
  tx: Tx,
  f: { id: string; personId: string; name: string; sealedSecret: string; now: Date },
): Promise<void> {
  await sql`delete from identity.factor where person_id = ${f.personId} and kind = 'totp' and confirmed_at is null`.execute(
    tx,
  );
  await sql`insert into identity.factor (id, person_id, kind, name, sealed_secret, created_at)
    values (${f.id}, ${f.personId}, 'totp', ${f.name}, ${f.sealedSecret}, ${f.now})`.execute(tx);
}

/** Adds a security key. False when it is in use already, by whomever. */
export async function insertWebAuthn(
  tx: Tx,
  f: {
    id: string;
    personId: string;
    name: string;
    credentialId: string;
    publicKey: Buffer;
    signCount: number;
    transports: readonly string[];
    now: Date;
  },
): Promise<boolean> {
  const r =
    await sql`insert into identity.factor (id, person_id, kind, name, credential_id, public_key, sign_count,
      transports, created_at, confirmed_at)
    values (${f.id}, ${f.personId}, 'webauthn', ${f.name}, ${f.credentialId}, ${f.publicKey}, ${f.signCount},
      ${[...f.transports]}::text[], ${f.now}, ${f.now}) on conflict (credential_id) do nothing`.execute(tx);
  return Number(r.numAffectedRows) === 1;
}

/**
 * Uses up a step of an app's codes, and thereby confirms a factor that was begun.
 *
 * @returns false when that step or a later one was used in the meantime: of two who send one code, one comes in
 */
export async function takeTotpStep(tx: Sql, id: string, step: number, now: Date): Promise<boolean> {
  const r = await sql`update identity.factor set last_step = ${step}, used_at = ${now},
      confirmed_at = coalesce(confirmed_at, ${now})
    where id = ${id} and (last_step is null or last_step < ${step})`.execute(tx);
  return Number(r.numAffectedRows) === 1;
}

/** Notes the use of a security key and its counter. False when the counter did not go up: a copy of the key. */
export async function takeSignCount(tx: Sql, id: string, count: number, now: Date): Promise<boolean> {
  const r = await sql`update identity.factor set sign_count = ${count}, used_at = ${now}
    where id = ${id} and (sign_count < ${count} or (sign_count = 0 and ${count} = 0))`.execute(tx);
  return Number(r.numAffectedRows) === 1;
}

export async function deleteFactor(tx: Tx, personId: string, id: string): Promise<FactorRow | undefined> {
  const r = await sql<FactorRow>`delete from identity.factor where person_id = ${personId} and id = ${id}
    returning ${FACTOR}`.execute(tx);
  return r.rows[0];
}

/** Takes all factors and recovery codes away. Returns how many factors there were. */
export async function deleteFactors(tx: Tx, personId: string): Promise<number> {
  await sql`delete from identity.recovery_code where person_id = ${personId}`.execute(tx);
  const r = await sql`delete from identity.factor where person_id = ${personId}`.execute(tx);
  return Number(r.numAffectedRows);
}

/** A new set of recovery codes; the old one is void. */
export async function replaceRecoveryCodes(
  tx: Tx,
  personId: string,
  digests: readonly Buffer[],
): Promise<void> {
  await sql`delete from identity.recovery_code where person_id = ${personId}`.execute(tx);
  await sql`insert into identity.recovery_code (person_id, digest)
    select ${personId}, unnest(${[...digests]}::bytea[])`.execute(tx);
}

/** Uses a recovery code up. False when it is none, or was used. */
export async function takeRecoveryCode(tx: Sql, personId: string, digest: Buffer): Promise<boolean> {
  const r = await sql`delete from identity.recovery_code
    where person_id = ${personId} and digest = ${digest}`.execute(tx);
  return Number(r.numAffectedRows) === 1;
}

export async function recoveryCodesLeft(db: Sql, personId: string): Promise<number> {
  const r = await sql<{ n: number }>`select count(*)::int as n from identity.recovery_code
    where person_id = ${personId}`.execute(db);
  return r.rows[0]!.n;
}

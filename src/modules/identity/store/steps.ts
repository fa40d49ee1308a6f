import { type Sql, sql, type Tx } from '#kernel/db';

export type StepKind = 'second' | 'webauthn' | 'oidc';

export interface StepRow {
  personId: string | null;
  sealed: string;
}

/** Keeps what waits for its next step, and clears away what was left. */
export async function insertStep(
  tx: Tx,
  digest: Buffer,
  s: StepRow & { kind: StepKind; now: Date; expiresAt: Date },
): Promise<void> {
  await sql`delete from identity.step where expires_at < ${s.now}`.execute(tx);
  await sql`insert into identity.step (token_digest, kind, person_id, sealed, expires_at)
    values (${digest}, ${s.kind}, ${s.personId}, ${s.sealed}, ${s.expiresAt})
    on conflict (token_digest) do nothing`.execute(tx);
}

export async function readStep(
  db: Sql,
  kind: StepKind,
  digest: Buffer,
  now: Date,
): Promise<StepRow | undefined> {
  const r = await sql<StepRow>`select person_id as "personId", sealed from identity.step
    where token_digest = ${digest} and kind = ${kind} and expires_at > ${now}`.execute(db);
  return r.rows[0];
}

/** Uses a step up: of two who answer it, one gets it. */
export async function takeStep(
  tx: Sql,
  kind: StepKind,
  digest: Buffer,
  now: Date,
): Promise<StepRow | undefined> {
  const r = await sql<StepRow>`delete from identity.step
    where token_digest = ${digest} and kind = ${kind} and expires_at > ${now}
    returning person_id as "personId", sealed`.execute(tx);
  return r.rows[0];
}

import { createHash } from 'node:crypto';
import { sql, type Tx } from '#kernel/db';
import { nextAttempt, type ThrottleKind } from '../domain/throttle.ts';

/** What attempts are counted under. */
export interface AttemptKey {
  kind: ThrottleKind;
  of: string;
}

/** Fixed length, whatever was typed as a user name, and no names in the table. */
const digestOf = (k: AttemptKey) => createHash('sha256').update(`${k.kind}\0${k.of}`).digest();

/**
 * Counts an attempt under all its keys before it is judged, so that many sent at once do not slip through together.
 *
 * @returns the moment it may be made again, if one of the keys has to wait; nothing is counted then
 */
export async function countAttempt(
  tx: Tx,
  keys: readonly AttemptKey[],
  now: Date,
): Promise<Date | undefined> {
  const kinds = new Map(keys.map((k) => [digestOf(k).toString('hex'), k.kind]));
  const digests = [...kinds.keys()].sort().map((hex) => Buffer.from(hex, 'hex'));
  // In one order for all, so that two attempts wait for each other and never in a circle.
  await sql`insert into identity.attempt (key, attempts, last_at)
    select k, 0, 'epoch' from unnest(${digests}::bytea[]) k order by k on conflict do nothing`.execute(tx);
  const known = await sql<{ key: Buffer; attempts: number; lastAt: Date }>`
    select key, attempts, last_at as "lastAt" from identity.attempt
    where key = any(${digests}::bytea[]) order by key for update`.execute(tx);
  const next = known.rows.map((r) => ({
    key: r.key,
    next: nextAttempt(kinds.get(r.key.toString('hex'))!, r, now),
  }));
  const waits = next.flatMap((n) => ('waitUntil' in n.next ? [n.next.waitUntil.getTime()] : []));
  if (waits.length > 0) return new Date(Math.max(...waits));
  for (const n of next)
    if ('attempts' in n.next)
      await sql`update identity.attempt set attempts = ${n.next.attempts}, last_at = greatest(last_at, ${now})
        where key = ${n.key}`.execute(tx);
  await sql`delete from identity.attempt where ctid = any(array(select ctid from identity.attempt
    where last_at < ${now}::timestamptz - interval '1 day' for update skip locked limit 100))`.execute(tx);
  return undefined;
}

/**
 * A right attempt: what it was counted under begins anew; an address only loses this one. Rows are set to nothing, never
 * deleted: whoever waits for one that is deleted and inserted again passes it by, and then locks out of order. They are
 * swept away by {@link countAttempt} a day later.
 */
export async function forgiveAttempt(tx: Tx, keys: readonly AttemptKey[]): Promise<void> {
  // In the order they are counted in, so that neither waits for the other in a circle.
  await sql`select from identity.attempt where key = any(${keys.map(digestOf)}::bytea[]) order by key for update`.execute(
    tx,
  );
  const shared = keys.filter((k) => k.kind === 'address').map(digestOf);
  await sql`update identity.attempt set attempts = case when key = any(${shared}::bytea[]) then greatest(0, attempts - 1) else 0 end
    where key = any(${keys.map(digestOf)}::bytea[])`.execute(tx);
}

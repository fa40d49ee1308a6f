import type { Clock } from '../clock.ts';
import { type Database, sql, type Tx } from '../db.ts';
import { Refusal } from '../errors.ts';
import type { Keyring } from '../keyring.ts';
import { signStatement } from '../signing/statement.ts';
import { INSTALLATION } from './checkpoints.ts';
import type { AuditActor } from './entry.ts';
import { monthsBefore, SHORTEST_MONTHS, USE_ACTS } from './retention.ts';
import type { AuditTrail } from './trail.ts';
import { placeDigest } from './walk.ts';

const BATCH = 20_000;

export interface PruneDeps {
  db: Database;
  clock: Clock;
  keyring: Keyring;
  audit: AuditTrail;
}

export interface Pruned {
  /** Entries taken out this time. */
  removed: number;
  /** Nothing younger was. */
  cutoff: Date;
}

/**
 * Takes out entries of use that have had their time. Their leaf hashes stay, so that the tree and all its proofs hold;
 * which places are empty is signed, and the taking out is itself an entry. All of it happens or nothing.
 *
 * @param keepMonths how long entries are kept
 * @throws Refusal `audit.keepLonger` for less than six months
 */
export async function pruneAudit(deps: PruneDeps, actor: AuditActor, keepMonths: number): Promise<Pruned> {
  if (!Number.isInteger(keepMonths) || keepMonths < SHORTEST_MONTHS) {
    throw new Refusal('audit.keepLonger', `Entries are kept ${SHORTEST_MONTHS} months at least.`, {
      months: SHORTEST_MONTHS,
    });
  }
  const now = deps.clock.now();
  const cutoff = monthsBefore(now, keepMonths);
  return deps.db.system(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('audit pruning', 0))`.execute(tx);
    // What a checkpoint of that time covers is proved to be that old, whatever its entries say.
    const covered = await sql<{ size: number }>`select size from audit.checkpoint
      where made_at <= ${cutoff} order by size desc limit 1`.execute(tx);
    const size = covered.rows[0]?.size;
    if (size === undefined) return { removed: 0, cutoff };
    const removed = await takeOut(tx, size, cutoff);
    if (removed === 0) return { removed, cutoff };
    const { count, digest } = await emptyPlaces(tx);
    const statement = signStatement(await deps.keyring.signing(tx, INSTALLATION), {
      type: 'lantai/audit-pruning',
      payload: { size, count, digest, cutoff: cutoff.toISOString(), keepMonths },
      now,
    }).toString('utf8');
    await sql`insert into audit.pruning (size, statement, made_at) values (${size}, ${statement}, ${now})`.execute(
      tx,
    );
    await deps.audit.append(tx, {
      actor,
      archiveId: null,
      act: 'audit.pruned',
      target: { type: 'audit', id: String(size) },
      detail: { removed, digest, cutoff: cutoff.toISOString(), keepMonths },
    });
    return { removed, cutoff };
  });
}

async function takeOut(tx: Tx, size: number, cutoff: Date): Promise<number> {
  await sql`select set_config('lantai.audit_pruning', 'on', true)`.execute(tx);
  let removed = 0;
  for (let from = 0; from < size; from += BATCH) {
    const gone = await sql<{ n: number }>`with gone as (
        delete from audit.entry e using audit.leaf l
        where l.entry_id = e.id and l.position >= ${from} and l.position < ${Math.min(from + BATCH, size)}
          and e.act = any(${[...USE_ACTS]}) and e.at <= ${cutoff} returning l.position),
      marked as (update audit.leaf set pruned = true where position in (select position from gone) returning 1)
      select count(*)::int as n from marked`.execute(tx);
    removed += gone.rows[0]!.n;
  }
  await sql`select set_config('lantai.audit_pruning', '', true)`.execute(tx);
  return removed;
}

/** All places without an entry, from this pruning and those before. */
async function emptyPlaces(tx: Tx): Promise<{ count: number; digest: string }> {
  const places = placeDigest();
  let last = -1;
  for (;;) {
    const r = await sql<{ position: number; id: string }>`select position, entry_id as id from audit.leaf
      where pruned and position > ${last} order by position limit ${BATCH}`.execute(tx);
    if (r.rows.length === 0) return places.done();
    for (const { position, id } of r.rows) places.add(position, id);
    last = r.rows.at(-1)!.position;
  }
}

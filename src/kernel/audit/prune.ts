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

/** What a pruning would do to the entries of one act. */
export interface PlannedAct {
  act: string;
  /** Entries that would be taken out. */
  go: number;
  /** Entries that would stay. */
  stay: number;
  /** Why these stay: `history` is never taken out; `young` has not had its time, or no old enough checkpoint covers it. */
  because: 'history' | 'young';
}

export interface PruningPlan {
  /** Nothing younger would go. */
  cutoff: Date;
  acts: PlannedAct[];
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
 * @param reason why, where a person decided it; the rule of the settings needs none
 * @throws Refusal `audit.keepLonger` for less than six months
 */
export async function pruneAudit(
  deps: PruneDeps,
  actor: AuditActor,
  keepMonths: number,
  reason?: string,
): Promise<Pruned> {
  const now = deps.clock.now();
  const cutoff = cutoffOf(now, keepMonths);
  return deps.db.system(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('audit pruning', 0))`.execute(tx);
    const size = await coveredBy(tx, cutoff);
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
      ...(reason === undefined ? {} : { purpose: reason }),
      detail: { removed, digest, cutoff: cutoff.toISOString(), keepMonths },
    });
    return { removed, cutoff };
  });
}

/** @throws Refusal `audit.keepLonger` */
function cutoffOf(now: Date, keepMonths: number): Date {
  if (Number.isInteger(keepMonths) && keepMonths >= SHORTEST_MONTHS) return monthsBefore(now, keepMonths);
  throw new Refusal('audit.keepLonger', `Entries are kept ${SHORTEST_MONTHS} months at least.`, {
    months: SHORTEST_MONTHS,
  });
}

/** What a checkpoint of that time covers is proved to be that old, whatever its entries say. */
async function coveredBy(tx: Tx, cutoff: Date): Promise<number | undefined> {
  const r = await sql<{ size: number }>`select size from audit.checkpoint
    where made_at <= ${cutoff} order by size desc limit 1`.execute(tx);
  return r.rows[0]?.size;
}

/**
 * What {@link pruneAudit} would do now, act by act; changes nothing. Counts every entry.
 *
 * @throws Refusal `audit.keepLonger` for less than six months
 */
export async function planPruning(
  { db, clock }: Pick<PruneDeps, 'db' | 'clock'>,
  keepMonths: number,
): Promise<PruningPlan> {
  const cutoff = cutoffOf(clock.now(), keepMonths);
  const rows = await db.snapshot(async (tx) => {
    const size = (await coveredBy(tx, cutoff)) ?? 0;
    return sql<{ act: string; go: number; all: number }>`select e.act, count(*)::int as "all",
        count(*) filter (where l.position < ${size} and e.act = any(${[...USE_ACTS]}) and e.at <= ${cutoff})::int as go
      from audit.entry e left join audit.leaf l on l.entry_id = e.id group by e.act order by e.act`.execute(
      tx,
    );
  });
  const use: ReadonlySet<string> = new Set(USE_ACTS);
  return {
    cutoff,
    acts: rows.rows.map(({ act, go, all }) => ({
      act,
      go,
      stay: all - go,
      because: use.has(act) ? 'young' : 'history',
    })),
  };
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

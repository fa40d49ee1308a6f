import type { Clock } from '../clock.ts';
import { type Database, type Sql, sql, type Tx } from '../db.ts';
import type { Finding } from '../errors.ts';
import type { Keyring } from '../keyring.ts';
import { signStatement, verifyStatement } from '../signing/statement.ts';
import {
  checkpointOf,
  digestOfStatement,
  INSTALLATION,
  lastCheckpoint,
  SIGNING_LOCK,
} from './checkpoints.ts';
import type { CheckpointCopy } from './copy.ts';
import type { AuditActor } from './entry.ts';
import { finding } from './findings.ts';
import type { AuditTrail } from './trail.ts';
import { ownTrust, type Trust } from './trust.ts';

/** A backup that was brought back. */
export interface BroughtBack {
  backup: string;
  /** What it is the state of. ISO 8601. */
  takenAt: string;
}

/** A restore that took the trail back behind checkpoints that second places hold. */
export interface Restoration extends BroughtBack {
  /** Entries under the last checkpoint that came back. */
  size: number;
  /** When it was signed. ISO 8601. */
  at: string;
}

const ACT = 'audit.restored';
const TYPE = 'lantai/trail-restored';

/** How far a restore is signed for. */
export interface Settling {
  /** Entries under the last checkpoint that came back: asked for again where it is not settled yet. */
  size: number;
  /** Whether something was signed now. */
  signed: boolean;
  /** Whether every second place could be asked; one that was out of reach, or empty, may hold more than came back. */
  settled: boolean;
}

/**
 * Signs after a restore, before anything else is signed, that the ends of the second places are not in the trail because a
 * backup was brought back. Without it they are what they look like: signs of a cut. Only whoever holds the installation's
 * key can say so; an entry in the database alone excuses nothing.
 *
 * @param back with the size of an earlier settling, where that was not settled
 */
export async function settleRestoration(
  deps: {
    db: Database;
    clock: Clock;
    keyring: Keyring;
    audit: AuditTrail;
    copies: readonly CheckpointCopy[];
  },
  actor: AuditActor,
  back: BroughtBack & { size?: number },
): Promise<Settling> {
  const ends = await Promise.all(deps.copies.map((c) => c.last().catch(() => undefined)));
  const settled = ends.every((end) => end !== undefined);
  return deps.db.system(async (tx) => {
    await sql`select pg_advisory_xact_lock(${SIGNING_LOCK})`.execute(tx);
    const size = back.size ?? (await lastCheckpoint(tx))?.size ?? 0;
    const known = await readRestorations(tx, await ownTrust(deps, tx), []);
    const lost = [];
    for (const end of ends)
      if (end && !known.has(digestOfStatement(end.statement)) && !(await isOurs(tx, end))) lost.push(end);
    if (lost.length === 0) return { size, signed: false, settled };
    const { backup, takenAt } = back;
    const statement = signStatement(await deps.keyring.signing(tx, INSTALLATION), {
      type: TYPE,
      payload: { size, backup, takenAt, lost: lost.map((end) => digestOfStatement(end.statement)) },
      now: deps.clock.now(),
    }).toString('utf8');
    const entries = Math.max(...lost.map((end) => end.size)) - size;
    await deps.audit.append(tx, {
      actor,
      archiveId: null,
      act: ACT,
      target: { type: 'audit', id: String(size) },
      detail: { name: backup, takenAt, entries, statement },
    });
    return { size, signed: true, settled };
  });
}

async function isOurs(tx: Tx, end: { size: number; statement: string }): Promise<boolean> {
  return (await checkpointOf(tx, end.size))?.statement === end.statement;
}

export interface LastRestore extends BroughtBack {
  at: Date;
  /** Entries that second places had seen signed, and that are lost. */
  entries: number;
}

/** The newest restore that took signed entries back, as its entry tells it; verifying looks at its signature. */
export async function lastRestore(on: Sql): Promise<LastRestore | undefined> {
  const r = await sql<LastRestore>`select detail->>'name' as backup, detail->>'takenAt' as "takenAt", at,
      (detail->>'entries')::float8 as entries
    from audit.entry where archive_id is null and act = ${ACT} order by at desc, id desc limit 1`.execute(on);
  return r.rows[0];
}

/** Restores that are signed for, by the digest of the last checkpoint each left behind in a second place. */
export async function readRestorations(
  tx: Tx,
  trust: Trust,
  findings: Finding[],
): Promise<ReadonlyMap<string, Restoration>> {
  const rows = await sql<{
    id: string;
    statement: string | null;
  }>`select id, detail->>'statement' as statement
    from audit.entry where archive_id is null and act = ${ACT} order by at, id`.execute(tx);
  const found = new Map<string, Restoration>();
  for (const row of rows.rows) {
    const v = verifyStatement(Buffer.from(row.statement ?? '', 'utf8'), trust.anchors, { now: trust.now });
    const { size, backup, takenAt, lost } = v.payload ?? {};
    const signed =
      v.verdict === 'genuine' &&
      v.type === TYPE &&
      typeof size === 'number' &&
      typeof backup === 'string' &&
      typeof takenAt === 'string' &&
      Array.isArray(lost);
    if (!signed)
      findings.push(
        finding(
          'audit.restored',
          `entry ${row.id}`,
          'This note of a restore was not signed by this installation.',
        ),
      );
    else
      for (const digest of lost) found.set(String(digest), { size, backup, takenAt, at: v.signedAt ?? '' });
  }
  return found;
}

/** What restores have left in a second place. */
export interface LeftBehind {
  /** Whether the checkpoint of this size on this line was left behind. */
  has(line: number, size: number): boolean;
  /** What was asked for and is left behind, a warning a restore. */
  told(): Finding[];
}

/** Reads a second place for the ends that restores have left in it; after each of them it begins again further down. */
export async function leftBehind(
  copy: CheckpointCopy,
  restorations: ReadonlyMap<string, Restoration>,
): Promise<LeftBehind> {
  const ends: { line: number; restoration: Restoration }[] = [];
  const most = new Map<Restoration, number>();
  const lines = restorations.size > 0 ? await copy.lines() : undefined;
  let line = 0;
  for await (const text of lines ?? []) {
    line++;
    const restoration = restorations.get(digestOfStatement(text));
    if (restoration) ends.push({ line, restoration });
  }
  return {
    has(at, size) {
      const by = ends.find((end) => end.line >= at && size > end.restoration.size)?.restoration;
      if (by) most.set(by, Math.max(size, most.get(by) ?? 0));
      return by !== undefined;
    },
    told: () =>
      [...most].map(([{ backup, takenAt, at, size }, lost]) =>
        finding(
          'audit.restored',
          copy.name,
          `On ${at} the backup ${backup}, the state of ${takenAt}, was brought back: ${lost - size} entries that this second place has seen signed are lost.`,
          'warning',
        ),
      ),
  };
}

/** After which size of ours a second place goes on. */
export async function goesOnAfter(
  tx: Tx,
  trust: () => Promise<Trust>,
  end: { size: number; statement: string } | undefined,
): Promise<number> {
  if (!end || (await isOurs(tx, end))) return end?.size ?? 0;
  const restorations = await readRestorations(tx, await trust(), []);
  return restorations.get(digestOfStatement(end.statement))?.size ?? end.size;
}

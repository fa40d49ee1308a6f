import type { Clock } from '../clock.ts';
import { type Database, sql, type Tx } from '../db.ts';
import type { Finding } from '../errors.ts';
import type { Keyring } from '../keyring.ts';
import type { CheckpointCopy } from './copy.ts';
import { checkCountersignatures } from './countersigned.ts';
import type { HashAlgorithm } from './entry.ts';
import { finding } from './findings.ts';
import { copiedHeads, type Head, storedHeads } from './heads.ts';
import { checkPruning, readPruning } from './pruned.ts';
import { readRestorations } from './restored.ts';
import { ownTrust } from './trust.ts';
import { headStream, type Walked, walkLeaves } from './walk.ts';

/** Committed entries are placed within a second; one that waits this long shows that something is wrong. */
const PLACED_WITHIN_MS = 60_000;

export interface AuditVerdict {
  valid: boolean;
  entries: number;
  checkpoints: number;
  /** Signatures of other archives over the checkpoints. */
  countersignatures: number;
  unplaced: number;
  /** Entries taken out by the rule of retention; their leaf hashes stand. */
  pruned: number;
  /** The first thing that does not fit comes first. */
  findings: Finding[];
}

export interface VerifyDeps {
  db: Database;
  clock: Clock;
  keyring: Keyring;
  /** Second places of the checkpoints. */
  copies: readonly CheckpointCopy[];
}

/**
 * Verifies the whole trail in constant memory: every entry against its leaf, the leaves against every signed
 * checkpoint, in all places these are kept, and other archives' signatures over them. Names the first entry that was
 * changed, is missing or is unplaced too long.
 */
export async function verifyAudit(deps: VerifyDeps): Promise<AuditVerdict> {
  return deps.db.snapshot(async (tx) => {
    const findings: Finding[] = [];
    const now = deps.clock.now();
    const trust = await ownTrust(deps, tx);
    const restorations = await readRestorations(tx, trust, findings);
    const pruning = await readPruning(tx, trust, findings);
    const stored = await headStream(storedHeads(tx, trust, findings));
    const copies = await Promise.all(
      deps.copies.map((c) => headStream(copiedHeads(c, trust, restorations, findings))),
    );
    let checkpoints = 0;
    let atPruning: Head | undefined;
    const walked = await walkLeaves(tx, await treeAlgorithm(tx), stored, copies, findings, (head) => {
      checkpoints++;
      if (head.size === pruning?.size) atPruning = head;
    });
    if (walked.whole) {
      for (const { head } of [stored, ...copies])
        if (head && !(await cameSince(deps.db, tx, head))) findings.push(truncated(head, walked));
      copies.forEach((stream, i) => {
        if (stream.lacks && deps.copies[i]) findings.push(behind(deps.copies[i], stream.lacks));
      });
      await checkFrontier(tx, walked, findings);
      checkPruning(pruning, walked, atPruning, findings);
    }
    await checkUnplaced(tx, now, findings);
    const countersignatures = await checkCountersignatures(deps.keyring, tx, now, findings);
    const unplaced = await sql<{ n: number }>`select count(*)::int as n from audit.unplaced`.execute(tx);
    return {
      valid: !findings.some((f) => f.severity === 'error'),
      entries: walked.frontier.size,
      checkpoints,
      countersignatures,
      unplaced: unplaced.rows[0]!.n,
      pruned: walked.pruned.count,
      findings,
    };
  });
}

async function treeAlgorithm(tx: Tx): Promise<HashAlgorithm> {
  const r = await sql<{ algorithm: HashAlgorithm }>`select algorithm from audit.frontier`.execute(tx);
  return r.rows[0]?.algorithm ?? 'sha256';
}

/**
 * Whether a checkpoint was made since the snapshot was taken: its second places are read later than the database, and may
 * have it by then. The present database has it too, word for word, and the snapshot had not.
 */
async function cameSince(db: Database, snapshot: Tx, head: Head): Promise<boolean> {
  const has = async (on: Tx | Database['owner']) => {
    const r =
      await sql`select 1 from audit.checkpoint where size = ${head.size} and statement = ${head.statement}`.execute(
        on,
      );
    return r.rows.length > 0;
  };
  return !(await has(snapshot)) && (await has(db.owner));
}

function truncated(head: Head, { frontier }: Walked): Finding {
  return finding(
    'audit.truncated',
    head.source,
    `A signed checkpoint covers ${head.size} entries, but only ${frontier.size} are left.`,
  );
}

/** A place that ends early may have been out of reach for a while, and is brought up again; it may have been cut. */
function behind(copy: CheckpointCopy, lacked: Head): Finding {
  return finding(
    'audit.copyBehind',
    copy.name,
    `This second place of the checkpoints ends before the one of ${lacked.size} entries.`,
    'warning',
  );
}

/** The stored edge, from which the tree grows on, must be the tree's. */
async function checkFrontier(tx: Tx, { frontier }: Walked, findings: Finding[]): Promise<void> {
  const r = await sql<{ size: number; hashes: Buffer[] }>`select size, hashes from audit.frontier`.execute(
    tx,
  );
  const edge = r.rows[0] ?? { size: 0, hashes: [] };
  const same =
    edge.size === frontier.size &&
    edge.hashes.length === frontier.peaks.length &&
    edge.hashes.every((h, i) => h.equals(frontier.peaks[i]!));
  if (same) return;
  findings.push(
    finding(
      'audit.frontier',
      'edge of the tree',
      `The stored edge of the tree (${edge.size} entries) is not the edge of the ${frontier.size} entries there are.`,
    ),
  );
}

/** Entries that no leaf knows, and marks of entries that are gone. */
async function checkUnplaced(tx: Tx, now: Date, findings: Finding[]): Promise<void> {
  const late = await sql<{ id: string; at: Date }>`
    select e.id, e.at from audit.entry e
    where not exists (select 1 from audit.leaf l where l.entry_id = e.id)
      and (e.at < ${new Date(now.getTime() - PLACED_WITHIN_MS)}
        or not exists (select 1 from audit.unplaced u where u.entry_id = e.id))
    order by e.at limit 1`.execute(tx);
  for (const { id, at } of late.rows) {
    findings.push(
      finding(
        'audit.unplaced',
        `entry ${id}`,
        `This entry of ${at.toISOString()} has no place in the tree yet, which is too long.`,
      ),
    );
  }
  const gone = await sql<{ id: string; placed: boolean }>`
    select u.entry_id as id, exists (select 1 from audit.leaf l where l.entry_id = u.entry_id) as placed
    from audit.unplaced u
    where not exists (select 1 from audit.entry e where e.id = u.entry_id)
      or exists (select 1 from audit.leaf l where l.entry_id = u.entry_id) limit 1`.execute(tx);
  for (const { id, placed } of gone.rows) {
    findings.push(
      placed
        ? finding(
            'audit.unplaced',
            `entry ${id}`,
            'This entry is marked as waiting for a place, but has one.',
          )
        : finding(
            'audit.missing',
            `entry ${id}`,
            'This entry was written and is gone before it had a place.',
          ),
    );
  }
}

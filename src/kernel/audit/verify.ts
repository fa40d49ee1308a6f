import type { Clock } from '../clock.ts';
import { type Database, sql, type Tx } from '../db.ts';
import type { Finding } from '../errors.ts';
import type { Keyring } from '../keyring.ts';
import { append, emptyFrontier, type Frontier, rootOf, treeHash } from '../merkle.ts';
import { verifyStatement } from '../signing/statement.ts';
import { type HashAlgorithm, leafHashOf } from './entry.ts';
import { type EntryRow, entryColumns, entryOf } from './row.ts';

const BATCH = 2_000;
/** Committed entries are placed within a second; one that waits this long shows that something is wrong. */
const PLACED_WITHIN_MS = 60_000;

export interface AuditVerdict {
  valid: boolean;
  entries: number;
  checkpoints: number;
  unplaced: number;
  /** The first thing that does not fit comes first. */
  findings: Finding[];
}

export interface VerifyDeps {
  db: Database;
  clock: Clock;
  keyring: Keyring;
  /** Checkpoints kept in the second place, one statement a line. */
  published(): AsyncIterable<string>;
}

/** A leaf with its entry; the entry's fields are null where it is missing. */
type Row = { position: number; entryId: string; leaf: Buffer; entryLeaf: Buffer } & (
  | EntryRow
  | { [K in keyof EntryRow]: null }
);

interface Head {
  size: number;
  root: string;
  source: string;
}

/**
 * Verifies the whole trail in constant memory: every entry against its leaf, the leaves against every signed
 * checkpoint, in both places these are kept. Names the first entry that was changed, is missing or is unplaced too long.
 */
export async function verifyAudit(deps: VerifyDeps): Promise<AuditVerdict> {
  const { db } = deps;
  return db.snapshot(async (tx) => {
    const findings: Finding[] = [];
    const heads = await signedHeads(deps, tx, findings);
    const algorithm = await treeAlgorithm(tx);
    const walked = await walkLeaves(tx, algorithm, heads, findings);
    await checkUnplaced(tx, deps.clock.now(), findings);
    for (const head of heads) {
      if (head.size > walked.size) {
        findings.push(
          finding(
            'audit.truncated',
            `checkpoint ${head.size}`,
            `A signed checkpoint covers ${head.size} entries, but only ${walked.size} are left.`,
          ),
        );
        break;
      }
    }
    const unplaced = await sql<{ n: number }>`select count(*)::int as n from audit.unplaced`.execute(tx);
    return {
      valid: findings.length === 0,
      entries: walked.size,
      checkpoints: heads.length,
      unplaced: unplaced.rows[0]!.n,
      findings,
    };
  });
}

function finding(code: string, path: string, message: string): Finding {
  return { code, severity: 'error', path, message };
}

async function treeAlgorithm(tx: Tx): Promise<HashAlgorithm> {
  const r = await sql<{ algorithm: HashAlgorithm }>`select algorithm from audit.frontier`.execute(tx);
  return r.rows[0]?.algorithm ?? 'sha256';
}

/** The signed heads of both places, smallest first, each once; what is not signed by this installation is a finding. */
async function signedHeads(deps: VerifyDeps, tx: Tx, findings: Finding[]): Promise<Head[]> {
  const trust = await deps.keyring.trustBundle(tx, null);
  const heads = new Map<string, Head>();
  const take = (text: string, source: string, shown?: { size: number; root: string }) => {
    const verdict =
      trust === ''
        ? undefined
        : verifyStatement(Buffer.from(text, 'utf8'), [trust], { now: deps.clock.now() });
    const size = Number(verdict?.payload?.size);
    const root = String(verdict?.payload?.root);
    const fits = verdict?.verdict === 'genuine' && verdict.type === 'lantai/checkpoint';
    if (!fits || (shown && (shown.size !== size || shown.root !== root))) {
      findings.push(
        finding(
          'audit.checkpoint',
          source,
          'This checkpoint was not signed by this installation, or was changed.',
        ),
      );
      return;
    }
    heads.set(`${size}:${root}`, { size, root, source });
  };
  const rows = await sql<{ size: number; root: Buffer; statement: string }>`
    select size, root, statement from audit.checkpoint order by size`.execute(tx);
  for (const r of rows.rows)
    take(r.statement, `checkpoint ${r.size}`, { size: r.size, root: r.root.toString('hex') });
  let line = 0;
  for await (const text of deps.published()) take(text, `published checkpoint, line ${++line}`);
  return [...heads.values()].sort((a, b) => a.size - b.size);
}

/** Walks leaves and entries together in order of place. Stops at the first entry that does not fit. */
async function walkLeaves(
  tx: Tx,
  algorithm: HashAlgorithm,
  heads: readonly Head[],
  findings: Finding[],
): Promise<Frontier> {
  const tree = treeHash(algorithm);
  let frontier: Frontier = emptyFrontier;
  let next = 0;
  const checkHeads = (): boolean => {
    for (; next < heads.length && heads[next]!.size <= frontier.size; next++) {
      const head = heads[next]!;
      if (head.size === frontier.size && rootOf(tree, frontier).toString('hex') === head.root) continue;
      findings.push(
        finding(
          'audit.root',
          head.source,
          `The first ${head.size} entries are not the ones that were signed at this checkpoint.`,
        ),
      );
      return false;
    }
    return true;
  };
  for (;;) {
    const rows = await leafBatch(tx, frontier.size);
    if (rows.length === 0) return frontier;
    for (const row of rows) {
      const problem = problemOf(row, frontier.size);
      if (problem) {
        findings.push(problem);
        return frontier;
      }
      frontier = append(tree, frontier, [row.leaf]);
      if (!checkHeads()) return frontier;
    }
  }
}

async function leafBatch(tx: Tx, from: number): Promise<Row[]> {
  const r = await sql<Row>`select l.position, l.entry_id as "entryId", l.leaf_hash as leaf, ${entryColumns},
      e.leaf_hash as "entryLeaf"
    from audit.leaf l left join audit.entry e on e.id = l.entry_id
    where l.position >= ${from} order by l.position limit ${BATCH}`.execute(tx);
  return r.rows;
}

function problemOf(row: Row, expected: number): Finding | undefined {
  const path = `entry ${row.entryId} at place ${row.position}`;
  if (row.position !== expected) {
    return finding(
      'audit.missing',
      `place ${expected}`,
      `The leaf at place ${expected} is missing; the next one is at ${row.position}.`,
    );
  }
  if (row.id === null) return finding('audit.missing', path, 'This entry is missing.');
  const hash = leafHashOf(row.algorithm, entryOf(row));
  if (!hash.equals(row.leaf) || !hash.equals(row.entryLeaf)) {
    return finding(
      'audit.changed',
      path,
      `This entry (${row.act}, ${row.at.toISOString()}) was changed after it was written.`,
    );
  }
  return undefined;
}

/** Entries that no leaf knows, and those that wait too long for a place. */
async function checkUnplaced(tx: Tx, now: Date, findings: Finding[]): Promise<void> {
  const late = await sql<{ id: string; at: Date }>`
    select e.id, e.at from audit.entry e
    where e.at < ${new Date(now.getTime() - PLACED_WITHIN_MS)}
      and not exists (select 1 from audit.leaf l where l.entry_id = e.id)
    order by e.at limit 1`.execute(tx);
  const first = late.rows[0];
  if (!first) return;
  findings.push(
    finding(
      'audit.unplaced',
      `entry ${first.id}`,
      `This entry of ${first.at.toISOString()} has no place in the tree yet, which is too long.`,
    ),
  );
}

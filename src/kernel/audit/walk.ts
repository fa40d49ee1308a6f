import { createHash, type Hash } from 'node:crypto';
import { sql, type Tx } from '../db.ts';
import type { Finding } from '../errors.ts';
import { append, emptyFrontier, type Frontier, rootOf, type TreeHash, treeHash } from '../merkle.ts';
import { type HashAlgorithm, leafHashOf } from './entry.ts';
import { finding } from './findings.ts';
import type { Head } from './heads.ts';
import { type EntryRow, entryColumns, entryOf } from './row.ts';

const BATCH = 5_000;

/** A leaf with its entry; the entry's fields are null where it is missing. */
type Row = { position: number; entryId: string; leaf: Buffer; pruned: boolean; entryLeaf: Buffer } & (
  | EntryRow
  | { [K in keyof EntryRow]: null }
);

export interface Walked {
  frontier: Frontier;
  /** False when the walk stopped at something that does not fit. */
  whole: boolean;
  /** What was taken out by rule: how many leaves, and a digest of their places and ids. */
  pruned: { count: number; digest: string };
}

/** A list of heads that is read in step with the walk. */
export interface HeadStream {
  heads: AsyncGenerator<Head>;
  head: Head | undefined;
  /** The database's first head that this place does not hold. */
  lacks?: Head;
}

export async function headStream(heads: AsyncGenerator<Head>): Promise<HeadStream> {
  const first = await heads.next();
  return { heads, head: first.done ? undefined : first.value };
}

/**
 * Walks leaves and entries together in order of place, and past the signed heads in step. Constant memory. Stops at the
 * first entry that does not fit.
 *
 * @param stored the database's own heads
 * @param copies heads of second places; each must be the database's own word for word
 */
export async function walkLeaves(
  tx: Tx,
  algorithm: HashAlgorithm,
  stored: HeadStream,
  copies: readonly HeadStream[],
  findings: Finding[],
  onHead: (head: Head) => void,
): Promise<Walked> {
  const tree = treeHash(algorithm);
  const places = placeDigest();
  let frontier: Frontier = emptyFrontier;
  const end = (whole: boolean): Walked => ({ frontier, whole, pruned: places.done() });
  const nextSize = () =>
    Math.min(...[stored, ...copies].map((s) => s.head?.size ?? Number.POSITIVE_INFINITY));

  let waiting = leafBatch(tx, 0);
  for (;;) {
    const rows = await waiting;
    if (rows.length === 0) return end(true);
    // The database looks up the next entries while these are hashed.
    waiting = leafBatch(tx, frontier.size + rows.length);
    waiting.catch(() => undefined);
    for (const row of rows) {
      const problem = problemOf(row, frontier.size);
      if (problem) {
        findings.push(problem);
        await waiting;
        return end(false);
      }
      if (row.pruned) places.add(row.position, row.entryId);
      frontier = append(tree, frontier, [row.leaf]);
      if (frontier.size < nextSize()) continue;
      if (!(await passHeads(tree, frontier, stored, copies, findings, onHead))) {
        await waiting;
        return end(false);
      }
    }
  }
}

/** Compares the tree as it is now with the heads of just this size. False when the tree is another than was signed. */
async function passHeads(
  tree: TreeHash,
  frontier: Frontier,
  stored: HeadStream,
  copies: readonly HeadStream[],
  findings: Finding[],
  onHead: (head: Head) => void,
): Promise<boolean> {
  const root = rootOf(tree, frontier).toString('hex');
  const own = stored.head?.size === frontier.size ? stored.head : undefined;
  for (const stream of [stored, ...copies]) {
    const { head } = stream;
    if (head?.size !== frontier.size) {
      if (own) stream.lacks ??= own;
      continue;
    }
    if (head.root !== root) {
      findings.push(
        finding(
          'audit.root',
          head.source,
          `The first ${head.size} entries are not the ones that were signed at this checkpoint.`,
        ),
      );
      return false;
    }
    if (stream !== stored && head.statement !== own?.statement) {
      findings.push(
        finding(
          'audit.checkpointMissing',
          head.source,
          `The database does not hold this checkpoint of ${head.size} entries.`,
        ),
      );
    }
    if (stream === stored) onHead(head);
    else if (stream.lacks) findings.push(gap(stream.lacks, head));
    const next = await stream.heads.next();
    stream.head = next.done ? undefined : next.value;
  }
  return true;
}

function gap(lacked: Head, after: Head): Finding {
  return finding(
    'audit.copyGap',
    after.source,
    `This place lacks the checkpoint of ${lacked.size} entries, though it holds a later one.`,
  );
}

async function leafBatch(tx: Tx, from: number): Promise<Row[]> {
  const r = await sql<Row>`select l.position, l.entry_id as "entryId", l.leaf_hash as leaf, l.pruned,
      ${entryColumns},
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
  if (row.id === null) {
    return row.pruned ? undefined : finding('audit.missing', path, 'This entry is missing.');
  }
  const hash = leafHashOf(row.algorithm, entryOf(row));
  if (!hash.equals(row.leaf) || !hash.equals(row.entryLeaf)) {
    return finding(
      'audit.changed',
      path,
      `This entry (${row.act}, ${row.at.toISOString()}) was changed after it was written.`,
    );
  }
  return row.pruned
    ? finding('audit.pruning', path, 'This entry is marked as taken out, but it is there.')
    : undefined;
}

/**
 * A digest over emptied places in order, eight bytes each with the sixteen of the id the entry had: what a pruning signs.
 * The id stands in the entry, so once that is gone nothing else holds it to its place.
 */
export function placeDigest(hash: Hash = createHash('sha256')) {
  const eight = Buffer.alloc(8);
  let count = 0;
  return {
    add(position: number, entryId: string) {
      eight.writeBigUInt64BE(BigInt(position));
      hash.update(eight).update(entryId.replaceAll('-', ''), 'hex');
      count++;
    },
    done: () => ({ count, digest: hash.copy().digest('hex') }),
  };
}

import { sql, type Tx } from '../db.ts';
import type { Finding } from '../errors.ts';
import { verifyStatement } from '../signing/statement.ts';
import { digestOfStatement } from './checkpoints.ts';
import type { CheckpointCopy } from './copy.ts';
import { finding } from './findings.ts';
import { leftBehind, type Restoration } from './restored.ts';
import type { Trust } from './trust.ts';

/** A signed head of the tree that holds by itself; whether the tree fits it, the walk tells. */
export interface Head {
  size: number;
  root: string;
  statement: string;
  /** ISO 8601. */
  signedAt: string;
  /** Where it was found, for people. */
  source: string;
}

const BATCH = 500;
const NOT_OURS = 'This checkpoint was not signed by this installation, or was changed.';

/** Reads a checkpoint's statement. Undefined when this installation did not sign just this. */
function readHead(text: string, trust: Trust, source: string) {
  const v = verifyStatement(Buffer.from(text, 'utf8'), trust.anchors, { now: trust.now });
  const size = Number(v.payload?.size);
  const root = v.payload?.root;
  const previous = v.payload?.previous;
  if (v.verdict !== 'genuine' || v.type !== 'lantai/checkpoint') return undefined;
  if (!Number.isSafeInteger(size) || typeof root !== 'string') return undefined;
  const head: Head = { size, root, statement: text, signedAt: v.signedAt ?? '', source };
  return {
    head,
    previous: typeof previous === 'string' ? previous : undefined,
    algorithm: v.payload?.algorithm,
  };
}

interface CheckpointRow {
  size: number;
  root: string;
  algorithm: string;
  statement: string;
  madeAt: Date;
}

/** The checkpoints of the database in order, each checked by itself and as the follower of the one before. */
export async function* storedHeads(tx: Tx, trust: Trust, findings: Finding[]): AsyncGenerator<Head> {
  let before: CheckpointRow | undefined;
  for (;;) {
    const rows = await sql<CheckpointRow>`select size, encode(root, 'hex') as root, algorithm, statement,
      made_at as "madeAt" from audit.checkpoint
      where size > ${before?.size ?? -1} order by size limit ${BATCH}`.execute(tx);
    if (rows.rows.length === 0) return;
    for (const row of rows.rows) {
      const path = `checkpoint ${row.size}`;
      const read = readHead(row.statement, trust, path);
      if (!read || !isAsStored(read, row)) findings.push(finding('audit.checkpoint', path, NOT_OURS));
      else {
        const named = read.previous;
        if (named && (!before || named !== digestOfStatement(before.statement))) {
          findings.push(
            finding(
              'audit.checkpointMissing',
              path,
              'The checkpoint before this one is missing or is not the one it names.',
            ),
          );
        }
        yield read.head;
      }
      before = row;
    }
  }
}

function isAsStored(read: NonNullable<ReturnType<typeof readHead>>, row: CheckpointRow): boolean {
  return (
    read.head.size === row.size &&
    read.head.root === row.root &&
    read.algorithm === row.algorithm &&
    read.head.signedAt === row.madeAt.toISOString()
  );
}

/** The checkpoints of a second place, in order, without those that a restore left behind. */
export async function* copiedHeads(
  copy: CheckpointCopy,
  trust: Trust,
  restorations: ReadonlyMap<string, Restoration>,
  findings: Finding[],
): AsyncGenerator<Head> {
  const lines = await copy.lines();
  if (!lines) {
    findings.push(
      finding(
        'audit.copyUnread',
        copy.name,
        'This second place of the checkpoints can not be read, or is empty. It was not compared.',
        'warning',
      ),
    );
    return;
  }
  const behind = await leftBehind(copy, restorations);
  let line = 0;
  let last = -1;
  for await (const text of lines) {
    const source = `${copy.name}, line ${++line}`;
    const read = readHead(text, trust, source);
    if (!read) findings.push(finding('audit.checkpoint', source, NOT_OURS));
    else if (behind.has(line, read.head.size)) continue;
    else if (read.head.size < last) {
      findings.push(finding('audit.copyOrder', source, 'This checkpoint does not stand in its order.'));
    } else if (read.head.size > last) {
      last = read.head.size;
      yield read.head;
    }
  }
  findings.push(...behind.told());
}

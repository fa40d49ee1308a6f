import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { sql, type Tx } from '../db.ts';
import type { KeyOwner, Keyring } from '../keyring.ts';
import { rootOf, treeHash } from '../merkle.ts';
import { signStatement } from '../signing/statement.ts';
import type { HashAlgorithm } from './entry.ts';
import { readFrontier } from './frontier.ts';

/** The owner of the key that signs checkpoints: the installation itself. */
export const INSTALLATION: KeyOwner = { id: null, code: 'LANTAI', name: 'Lantai' };

/** Held while one is signed: two signers at once would each name the same checkpoint as the one before theirs. */
export const SIGNING_LOCK = 4_201_949_103;

/** A signed head of the tree. */
export interface Checkpoint {
  size: number;
  /** Hex. */
  root: string;
  algorithm: HashAlgorithm;
  /** The signed statement, as it is handed out. */
  statement: string;
  madeAt: Date;
}

/** What names a checkpoint in others: SHA-256 of its statement, hex. */
export function digestOfStatement(statement: string): string {
  return createHash('sha256').update(statement, 'utf8').digest('hex');
}

/**
 * Signs the present head of the tree, unless it is signed already. Each checkpoint names the one before it, so that
 * none can be taken out of their row.
 *
 * @returns the new checkpoint, or undefined when there is nothing new to sign
 */
export async function signHead(
  deps: { clock: Clock; keyring: Keyring; algorithm: HashAlgorithm },
  tx: Tx,
): Promise<Checkpoint | undefined> {
  const frontier = await readFrontier(tx, deps.algorithm);
  const before = await lastCheckpoint(tx);
  if (frontier.size === 0 || before?.size === frontier.size) return undefined;
  const { algorithm, size } = frontier;
  const root = rootOf(treeHash(algorithm), frontier);
  const madeAt = deps.clock.now();
  const statement = signStatement(await deps.keyring.signing(tx, INSTALLATION), {
    type: 'lantai/checkpoint',
    payload: {
      size,
      root: root.toString('hex'),
      algorithm,
      previous: before ? digestOfStatement(before.statement) : undefined,
    },
    now: madeAt,
  }).toString('utf8');
  await sql`insert into audit.checkpoint (size, root, algorithm, statement, made_at)
    values (${size}, ${root}, ${algorithm}, ${statement}, ${madeAt})`.execute(tx);
  return { size, root: root.toString('hex'), algorithm, statement, madeAt };
}

const columns = sql`size, encode(root, 'hex') as root, algorithm, statement, made_at as "madeAt"`;

export async function lastCheckpoint(tx: Tx): Promise<Checkpoint | undefined> {
  const r = await sql<Checkpoint>`select ${columns} from audit.checkpoint order by size desc limit 1`.execute(
    tx,
  );
  return r.rows[0];
}

export async function checkpointOf(tx: Tx, size: number): Promise<Checkpoint | undefined> {
  const r = await sql<Checkpoint>`select ${columns} from audit.checkpoint where size = ${size}`.execute(tx);
  return r.rows[0];
}

/** The first checkpoint that covers a place. */
export async function checkpointOver(tx: Tx, position: number): Promise<Checkpoint | undefined> {
  const r = await sql<Checkpoint>`select ${columns} from audit.checkpoint where size > ${position}
    order by size limit 1`.execute(tx);
  return r.rows[0];
}

/** Checkpoints, newest first. */
export async function checkpointPage(
  tx: Tx,
  o: { below?: number | undefined; limit: number },
): Promise<Checkpoint[]> {
  const r = await sql<Checkpoint>`select ${columns} from audit.checkpoint
    where (${o.below ?? null}::bigint is null or size < ${o.below ?? null}::bigint)
    order by size desc limit ${o.limit}`.execute(tx);
  return r.rows;
}

/** Checkpoints after a size, in order: what a copy that ends there lacks. */
export async function checkpointsAfter(tx: Tx, size: number, limit: number): Promise<Checkpoint[]> {
  const r = await sql<Checkpoint>`select ${columns} from audit.checkpoint where size > ${size}
    order by size limit ${limit}`.execute(tx);
  return r.rows;
}

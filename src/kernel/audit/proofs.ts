import { sql, type Tx } from '../db.ts';
import { Refusal } from '../errors.ts';
import { consistencyProof, inclusionProof, treeHash, verifyConsistency, verifyInclusion } from '../merkle.ts';
import { type Checkpoint, checkpointOf, checkpointOver } from './checkpoints.ts';
import { type AuditEntry, entryBytes, type HashAlgorithm } from './entry.ts';
import { nodesAreStored, remakeNodes, storedNodes } from './nodes.ts';
import { type EntryRow, entryColumns, entryOf } from './row.ts';

/** That an entry stands in the tree a checkpoint signs (RFC 9162, 2.1.3). All hashes in hex. */
export interface InclusionProof {
  entryId: string;
  position: number;
  leafHash: string;
  /** The bytes the leaf hash is made over, as text; undefined when the entry was taken out by rule. */
  entry: string | undefined;
  path: string[];
  checkpoint: Checkpoint;
}

/** That a later checkpoint's tree begins with an earlier one's (RFC 9162, 2.1.4). */
export interface ConsistencyProof {
  first: Checkpoint;
  second: Checkpoint;
  path: string[];
}

const hex = (hashes: readonly Buffer[]) => hashes.map((h) => h.toString('hex'));

/**
 * Proves an entry.
 *
 * @param o.size against the checkpoint of this size; otherwise the first that covers the entry
 * @throws Refusal audit.notFound, audit.notSigned (no checkpoint covers it yet), audit.checkpointNotFound
 */
export async function proveEntry(
  tx: Tx,
  entryId: string,
  o: { size?: number | undefined } = {},
): Promise<InclusionProof> {
  const leaf = await sql<{ position: number; hash: Buffer }>`select position, leaf_hash as hash
    from audit.leaf where entry_id = ${entryId}`.execute(tx);
  const found = leaf.rows[0];
  if (!found) throw await notPlaced(tx, entryId);
  const { position, hash } = found;
  const checkpoint =
    o.size === undefined ? await checkpointOver(tx, position) : await checkpointOf(tx, o.size);
  if (o.size !== undefined && (!checkpoint || checkpoint.size <= position)) throw noCheckpoint(o.size);
  if (!checkpoint) throw notSigned();
  const tree = treeHash(checkpoint.algorithm);
  const path = await inclusionProof(tree, await reader(tx, checkpoint), position, checkpoint.size);
  const root = Buffer.from(checkpoint.root, 'hex');
  if (!verifyInclusion(tree, { leafHash: hash, index: position, size: checkpoint.size, proof: path, root }))
    throw broken(checkpoint.size);
  const row = await sql<EntryRow>`select ${entryColumns} from audit.entry e where e.id = ${entryId}`.execute(
    tx,
  );
  return {
    entryId,
    position,
    leafHash: hash.toString('hex'),
    entry: row.rows[0] && entryBytes(entryOf(row.rows[0])).toString('utf8'),
    path: hex(path),
    checkpoint,
  };
}

/** @throws Refusal audit.checkpointNotFound */
export async function proveConsistency(tx: Tx, first: number, second: number): Promise<ConsistencyProof> {
  const [a, b] = [await checkpointOf(tx, first), await checkpointOf(tx, second)];
  if (!a) throw noCheckpoint(first);
  if (!b || second < first) throw noCheckpoint(second);
  const tree = treeHash(b.algorithm);
  const proof = await consistencyProof(tree, await reader(tx, b), first, second);
  const [firstRoot, secondRoot] = [Buffer.from(a.root, 'hex'), Buffer.from(b.root, 'hex')];
  if (!verifyConsistency(tree, { first, firstRoot, second, secondRoot, proof })) throw broken(second);
  return { first: a, second: b, path: hex(proof) };
}

async function reader(tx: Tx, { size, algorithm }: { size: number; algorithm: HashAlgorithm }) {
  const tree = treeHash(algorithm);
  if (!(await nodesAreStored(tx, size))) await remakeNodes(tx, tree);
  return storedNodes(tx, tree);
}

/** An entry by its id. */
export async function entryById(tx: Tx, id: string): Promise<AuditEntry | undefined> {
  const r = await sql<EntryRow>`select ${entryColumns} from audit.entry e where e.id = ${id}`.execute(tx);
  return r.rows[0] && entryOf(r.rows[0]);
}

async function notPlaced(tx: Tx, entryId: string): Promise<Refusal> {
  return (await entryById(tx, entryId))
    ? notSigned()
    : new Refusal('audit.notFound', 'There is no such entry.');
}

function notSigned(): Refusal {
  return new Refusal(
    'audit.notSigned',
    'This entry is so new that no checkpoint covers it yet. Ask again in a minute.',
  );
}

function noCheckpoint(size: number): Refusal {
  return new Refusal('audit.checkpointNotFound', `There is no checkpoint of ${size} entries for this.`, {
    size,
  });
}

function broken(size: number): Error {
  return new Error(`the stored tree does not fit checkpoint ${size}: run "audit verify"`);
}

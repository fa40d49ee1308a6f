import { sql, type Tx } from '../db.ts';
import {
  append,
  emptyFrontier,
  type NodeReader,
  nodesOfTiles,
  type OnNode,
  type TreeHash,
} from '../merkle.ts';

/** Every eighth level of the tree is stored; what lies between is hashed together from 256 nodes at most. */
const HEIGHT = 8;
const WIDTH = 2 ** HEIGHT;
const BATCH = 20_000;

interface StoredNode {
  level: number;
  index: number;
  hash: Buffer;
}

/** Collects those complete nodes that are stored. */
export function nodeCollector(): { onNode: OnNode; nodes: StoredNode[] } {
  const nodes: StoredNode[] = [];
  return {
    nodes,
    onNode(level, index, hash) {
      if (level > 0 && level % HEIGHT === 0) nodes.push({ level: level / HEIGHT, index, hash });
    },
  };
}

export async function storeNodes(tx: Tx, nodes: readonly StoredNode[]): Promise<void> {
  if (nodes.length === 0) return;
  await sql`insert into audit.node (level, idx, hash)
    select * from unnest(${nodes.map((n) => n.level)}::smallint[], ${nodes.map((n) => n.index)}::bigint[],
      ${nodes.map((n) => n.hash)}::bytea[]) on conflict (level, idx) do update set hash = excluded.hash`.execute(
    tx,
  );
}

/** Reads nodes of the tree as it is stored. */
export function storedNodes(tx: Tx, tree: TreeHash): NodeReader {
  return nodesOfTiles(
    tree,
    async (level, index) => {
      const [from, to] = [index * WIDTH, (index + 1) * WIDTH - 1];
      const rows =
        level === 0
          ? await sql<{ hash: Buffer }>`select leaf_hash as hash from audit.leaf
              where position between ${from} and ${to} order by position`.execute(tx)
          : await sql<{ hash: Buffer }>`select hash from audit.node
              where level = ${level} and idx between ${from} and ${to} order by idx`.execute(tx);
      return Buffer.concat(rows.rows.map((r) => r.hash));
    },
    HEIGHT,
  );
}

/** Whether the nodes a tree of this size has are stored: not so where it grew under an earlier version. */
export async function nodesAreStored(tx: Tx, size: number): Promise<boolean> {
  const last = Math.floor(size / WIDTH) - 1;
  if (last < 0) return true;
  const r = await sql`select 1 from audit.node where level = 1 and idx = ${last}`.execute(tx);
  return r.rows.length > 0;
}

/** Makes the stored nodes from the leaves, in constant memory. */
export async function remakeNodes(tx: Tx, tree: TreeHash): Promise<void> {
  let frontier = emptyFrontier;
  for (;;) {
    const rows = await sql<{ leaf: Buffer }>`select leaf_hash as leaf from audit.leaf
      where position >= ${frontier.size} order by position limit ${BATCH}`.execute(tx);
    if (rows.rows.length === 0) return;
    const { nodes, onNode } = nodeCollector();
    frontier = append(
      tree,
      frontier,
      rows.rows.map((r) => r.leaf),
      onNode,
    );
    await storeNodes(tx, nodes);
  }
}

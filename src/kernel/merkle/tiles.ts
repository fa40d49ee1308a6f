import type { TreeHash } from './hash.ts';
import type { NodeReader } from './proofs.ts';

/**
 * Reads one tile: the hashes of nodes `index * 2^height …` of level `level * height`, concatenated, as many as there
 * are. With height 8 a tile is 8 KiB and a tree of a million leaves needs 3 levels of them.
 */
export type TileReader = (level: number, index: number) => Promise<Buffer>;

const HASH_LENGTH = 32;

/**
 * Nodes out of tiles: those between the stored levels are hashed together from the level below. Store what
 * {@link append} reports at levels 0, height, 2·height …; height 1 means every node is stored.
 *
 * @throws Error when a tile lacks a hash it must have (the store is damaged).
 */
export function nodesOfTiles(tree: TreeHash, readTile: TileReader, height = 8): NodeReader {
  const width = 2 ** height;
  return async (level, index) => {
    const above = level % height;
    const first = index * 2 ** above;
    const tileIndex = Math.floor(first / width);
    const tile = await readTile((level - above) / height, tileIndex);
    const at = (first % width) * HASH_LENGTH;
    const end = at + 2 ** above * HASH_LENGTH;
    if (tile.length < end)
      throw new Error(`tile ${(level - above) / height}/${tileIndex} lacks hash ${first % width}`);
    let row: Buffer[] = [];
    for (let i = at; i < end; i += HASH_LENGTH) row.push(tile.subarray(i, i + HASH_LENGTH));
    while (row.length > 1) {
      const next: Buffer[] = [];
      for (let i = 0; i < row.length; i += 2) next.push(tree.node(row[i]!, row[i + 1]!));
      row = next;
    }
    return row[0]!;
  };
}

import type { TreeHash } from './hash.ts';

/** All that is needed to append to a tree: its size and the roots of its complete subtrees, largest (leftmost) first. */
export interface Frontier {
  readonly size: number;
  readonly peaks: readonly Buffer[];
}

/** A node over 2^level leaves, the index-th of its level, complete from now on. */
export type OnNode = (level: number, index: number, hash: Buffer) => void;

export const emptyFrontier: Frontier = { size: 0, peaks: [] };

/**
 * Appends leaf hashes (already H(0x00 || entry)). O(1) hashing per leaf on average, O(log n) state.
 *
 * @param onNode told every node that becomes complete, leaves (level 0) included, in order.
 */
export function append(
  tree: TreeHash,
  from: Frontier,
  leafHashes: Iterable<Buffer>,
  onNode?: OnNode,
): Frontier {
  const peaks = [...from.peaks];
  let size = from.size;
  for (const leaf of leafHashes) {
    let hash = leaf;
    let index = size;
    let level = 0;
    onNode?.(level, index, hash);
    while (index % 2 === 1) {
      hash = tree.node(peaks.pop()!, hash);
      index = (index - 1) / 2;
      onNode?.(++level, index, hash);
    }
    peaks.push(hash);
    size++;
  }
  return { size, peaks };
}

/** The root hash of the tree a frontier stands for. */
export function rootOf(tree: TreeHash, frontier: Frontier): Buffer {
  if (frontier.peaks.length === 0) return tree.empty();
  return frontier.peaks.reduceRight((right, left) => tree.node(left, right));
}

/** How many peaks a frontier of this size has: the ones in its binary form. Used to check a stored frontier. */
export function peakCount(size: number): number {
  let n = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) n += rest % 2;
  return n;
}

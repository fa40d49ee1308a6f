import type { TreeHash } from './hash.ts';

/** Reads the hash of a complete node: over 2^level leaves, the index-th of its level. */
export type NodeReader = (level: number, index: number) => Promise<Buffer>;

/** The largest power of two smaller than n (n > 1): where RFC 9162 splits a tree. */
export function splitPoint(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

const isPowerOfTwo = (n: number) => n === 1 || (n > 1 && splitPoint(n) * 2 === n);

/** Root of the leaves from `start` to before `end`; `start` lies on a boundary of the tree's splitting. */
async function rangeRoot(tree: TreeHash, read: NodeReader, start: number, end: number): Promise<Buffer> {
  const n = end - start;
  if (isPowerOfTwo(n) && start % n === 0) return read(Math.log2(n), start / n);
  const k = splitPoint(n);
  const left = await rangeRoot(tree, read, start, start + k);
  return tree.node(left, await rangeRoot(tree, read, start + k, end));
}

/** The root at an earlier or the present size, from stored nodes. */
export async function rootAt(tree: TreeHash, read: NodeReader, size: number): Promise<Buffer> {
  return size === 0 ? tree.empty() : rangeRoot(tree, read, 0, size);
}

/**
 * The audit path that shows the leaf at `index` to be in the tree of `size` leaves (RFC 9162, 2.1.3.1), lowest first.
 *
 * @throws RangeError when there is no such leaf.
 */
export async function inclusionProof(
  tree: TreeHash,
  read: NodeReader,
  index: number,
  size: number,
): Promise<Buffer[]> {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size)
    throw new RangeError(`no leaf ${index} in a tree of ${size}`);
  const path: Buffer[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + splitPoint(end - start);
    if (index < middle) {
      path.push(await rangeRoot(tree, read, middle, end));
      end = middle;
    } else {
      path.push(await rangeRoot(tree, read, start, middle));
      start = middle;
    }
  }
  return path.reverse();
}

/**
 * The proof that the tree of `first` leaves is a beginning of the tree of `second` leaves (RFC 9162, 2.1.4.1).
 * Empty for equal sizes.
 *
 * @throws RangeError unless 0 < first <= second.
 */
export async function consistencyProof(
  tree: TreeHash,
  read: NodeReader,
  first: number,
  second: number,
): Promise<Buffer[]> {
  if (!Number.isSafeInteger(first) || first < 1 || first > second)
    throw new RangeError(`no proof from ${first} to ${second} leaves`);
  const path: Buffer[] = [];
  let [start, end] = [0, second];
  let whole = true;
  while (end !== first) {
    const middle = start + splitPoint(end - start);
    if (first <= middle) {
      path.push(await rangeRoot(tree, read, middle, end));
      end = middle;
    } else {
      path.push(await rangeRoot(tree, read, start, middle));
      start = middle;
      whole = false;
    }
  }
  if (!whole) path.push(await rangeRoot(tree, read, start, end));
  return path.reverse();
}

import type { TreeHash } from './hash.ts';

export interface Inclusion {
  readonly leafHash: Buffer;
  readonly index: number;
  readonly size: number;
  readonly proof: readonly Buffer[];
  readonly root: Buffer;
}
export interface Consistency {
  readonly first: number;
  readonly firstRoot: Buffer;
  readonly second: number;
  readonly secondRoot: Buffer;
  readonly proof: readonly Buffer[];
}

const half = (n: number) => Math.floor(n / 2);
const odd = (n: number) => n % 2 === 1;

/** Whether the path leads from the leaf to the root (RFC 9162, 2.1.3.2). */
export function verifyInclusion(tree: TreeHash, claim: Inclusion): boolean {
  const { index, size } = claim;
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false;
  let [fn, sn] = [index, size - 1];
  let r = claim.leafHash;
  for (const p of claim.proof) {
    if (sn === 0) return false;
    if (odd(fn) || fn === sn) {
      r = tree.node(p, r);
      while (!odd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else r = tree.node(r, p);
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && r.equals(claim.root);
}

/** Whether the second tree begins with the first (RFC 9162, 2.1.4.2). The empty tree begins every tree. */
export function verifyConsistency(tree: TreeHash, claim: Consistency): boolean {
  const { first, second, firstRoot, secondRoot } = claim;
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(second) || first < 0 || first > second)
    return false;
  if (first === 0) return claim.proof.length === 0 && firstRoot.equals(tree.empty());
  if (first === second) return claim.proof.length === 0 && firstRoot.equals(secondRoot);
  let [fn, sn] = [first - 1, second - 1];
  while (odd(fn)) [fn, sn] = [half(fn), half(sn)];
  const path = fn === 0 ? [firstRoot, ...claim.proof] : [...claim.proof];
  const start = path.shift();
  if (start === undefined || claim.proof.length === 0) return false;
  let [fr, sr] = [start, start];
  for (const c of path) {
    if (sn === 0) return false;
    if (odd(fn) || fn === sn) {
      fr = tree.node(c, fr);
      sr = tree.node(c, sr);
      while (!odd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else sr = tree.node(sr, c);
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && fr.equals(firstRoot) && sr.equals(secondRoot);
}

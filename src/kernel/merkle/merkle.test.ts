import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  append,
  consistencyProof,
  emptyFrontier,
  inclusionProof,
  type NodeReader,
  nodesOfTiles,
  peakCount,
  rootAt,
  rootOf,
  type TreeHash,
  treeHash,
  verifyConsistency,
  verifyInclusion,
} from '../merkle.ts';

/** The definition of RFC 9162, 2.1.1, written down as it stands. */
function naiveRoot(tree: TreeHash, leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return tree.empty();
  if (leaves.length === 1) return leaves[0]!;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return tree.node(naiveRoot(tree, leaves.slice(0, k)), naiveRoot(tree, leaves.slice(k)));
}
function naivePath(tree: TreeHash, m: number, leaves: readonly Buffer[]): Buffer[] {
  if (leaves.length === 1) return [];
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return m < k
    ? [...naivePath(tree, m, leaves.slice(0, k)), naiveRoot(tree, leaves.slice(k))]
    : [...naivePath(tree, m - k, leaves.slice(k)), naiveRoot(tree, leaves.slice(0, k))];
}
function naiveSubproof(tree: TreeHash, m: number, leaves: readonly Buffer[], whole: boolean): Buffer[] {
  if (m === leaves.length) return whole ? [] : [naiveRoot(tree, leaves)];
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return m <= k
    ? [...naiveSubproof(tree, m, leaves.slice(0, k), whole), naiveRoot(tree, leaves.slice(k))]
    : [...naiveSubproof(tree, m - k, leaves.slice(k), false), naiveRoot(tree, leaves.slice(0, k))];
}

function leavesOf(tree: TreeHash, n: number): Buffer[] {
  return Array.from({ length: n }, (_, i) => tree.leaf(Buffer.from(`entry ${i}`)));
}
function stored(tree: TreeHash, leaves: readonly Buffer[]): NodeReader {
  const nodes = new Map<string, Buffer>();
  append(tree, emptyFrontier, leaves, (level, index, hash) => nodes.set(`${level}/${index}`, hash));
  return async (level, index) => {
    const hash = nodes.get(`${level}/${index}`);
    if (!hash) throw new Error(`node ${level}/${index} is not complete`);
    return hash;
  };
}

const sizes = fc.integer({ min: 1, max: 70 });
const names = fc.constantFrom('sha256' as const, 'sm3' as const);

describe('known roots of certificate transparency', () => {
  const inputs = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ];
  it.each([
    [0, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    [1, '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
    [2, 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
    [3, 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
    [8, '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
  ])('has the published root at size %i', (n, root) => {
    const tree = treeHash('sha256');
    const leaves = inputs.slice(0, n).map((hex) => tree.leaf(Buffer.from(hex, 'hex')));
    expect(rootOf(tree, append(tree, emptyFrontier, leaves)).toString('hex')).toBe(root);
  });
});

describe('the tree of RFC 9162', () => {
  it('has the root of the recursive definition, however the leaves were appended', () => {
    fc.assert(
      fc.property(names, sizes, fc.integer({ min: 0, max: 70 }), (name, n, cut) => {
        const tree = treeHash(name);
        const leaves = leavesOf(tree, n);
        const once = append(tree, emptyFrontier, leaves);
        const twice = append(tree, append(tree, emptyFrontier, leaves.slice(0, cut)), leaves.slice(cut));
        expect(rootOf(tree, once)).toEqual(naiveRoot(tree, leaves));
        expect(twice).toEqual(once);
        expect(once.peaks.length).toBe(peakCount(n));
      }),
    );
  });

  it('proves inclusion as the definition does, and the proof holds for no other leaf, place or size', async () => {
    const cases = fc.tuple(names, sizes, fc.nat(), fc.nat());
    await fc.assert(
      fc.asyncProperty(cases, async ([name, n, pick, other]) => {
        const tree = treeHash(name);
        const leaves = leavesOf(tree, n);
        const [index, wrong] = [pick % n, other % n];
        const proof = await inclusionProof(tree, stored(tree, leaves), index, n);
        expect(proof).toEqual(naivePath(tree, index, leaves));
        const claim = { leafHash: leaves[index]!, index, size: n, proof, root: naiveRoot(tree, leaves) };
        expect(verifyInclusion(tree, claim)).toBe(true);
        expect(verifyInclusion(tree, { ...claim, leafHash: tree.leaf(Buffer.from('forged')) })).toBe(false);
        if (wrong !== index) {
          expect(verifyInclusion(tree, { ...claim, index: wrong })).toBe(false);
          expect(verifyInclusion(tree, { ...claim, leafHash: leaves[wrong]! })).toBe(false);
        }
        expect(verifyInclusion(tree, { ...claim, proof: [...proof, tree.empty()] })).toBe(false);
        if (n > 1) expect(verifyInclusion(tree, { ...claim, proof: proof.slice(1) })).toBe(false);
      }),
    );
  });

  it('proves consistency as the definition does, and the proof holds for no other beginning', async () => {
    await fc.assert(
      fc.asyncProperty(names, sizes, fc.nat(), async (name, n, pick) => {
        const tree = treeHash(name);
        const leaves = leavesOf(tree, n);
        const first = 1 + (pick % n);
        const read = stored(tree, leaves);
        const proof = await consistencyProof(tree, read, first, n);
        expect(proof).toEqual(naiveSubproof(tree, first, leaves, true));
        const firstRoot = naiveRoot(tree, leaves.slice(0, first));
        expect(await rootAt(tree, read, first)).toEqual(firstRoot);
        const claim = { first, firstRoot, second: n, secondRoot: naiveRoot(tree, leaves), proof };
        expect(verifyConsistency(tree, claim)).toBe(true);
        const forged = naiveRoot(tree, [tree.leaf(Buffer.from('forged')), ...leaves.slice(1, first)]);
        expect(verifyConsistency(tree, { ...claim, firstRoot: forged })).toBe(false);
        expect(verifyConsistency(tree, { ...claim, secondRoot: forged })).toBe(false);
        expect(verifyConsistency(tree, { ...claim, proof: [...proof, forged] })).toBe(false);
      }),
    );
  });

  it('lets the empty tree begin every tree, and nothing begin a shorter one', () => {
    const tree = treeHash('sha256');
    const root = naiveRoot(tree, leavesOf(tree, 3));
    const claim = { first: 0, firstRoot: tree.empty(), second: 3, secondRoot: root, proof: [] };
    expect(verifyConsistency(tree, claim)).toBe(true);
    expect(verifyConsistency(tree, { ...claim, first: 4, firstRoot: root })).toBe(false);
    expect(verifyConsistency(tree, { ...claim, first: Number.NaN })).toBe(false);
  });

  it('refuses to prove what is not there', async () => {
    const tree = treeHash('sha256');
    const read = stored(tree, leavesOf(tree, 3));
    await expect(inclusionProof(tree, read, 3, 3)).rejects.toThrow(RangeError);
    await expect(consistencyProof(tree, read, 0, 3)).rejects.toThrow(RangeError);
    await expect(consistencyProof(tree, read, 4, 3)).rejects.toThrow(RangeError);
  });

  it('reads nodes out of tiles of any height', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.integer({ min: 1, max: 4 }), fc.nat(), async (n, height, pick) => {
        const tree = treeHash('sha256');
        const leaves = leavesOf(tree, n);
        const tiles = new Map<string, Buffer[]>();
        append(tree, emptyFrontier, leaves, (level, index, hash) => {
          if (level % height !== 0) return;
          const key = `${level / height}/${Math.floor(index / 2 ** height)}`;
          tiles.set(key, [...(tiles.get(key) ?? []), hash]);
        });
        const read = nodesOfTiles(tree, async (l, i) => Buffer.concat(tiles.get(`${l}/${i}`) ?? []), height);
        expect(await rootAt(tree, read, n)).toEqual(naiveRoot(tree, leaves));
        expect(await inclusionProof(tree, read, pick % n, n)).toEqual(naivePath(tree, pick % n, leaves));
      }),
    );
  });
});

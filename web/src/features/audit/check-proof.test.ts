import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkGrowth, checkProof, type Proof } from './check-proof.ts';

const h = (...parts: (number | string)[]): string => {
  const hash = createHash('sha256');
  for (const p of parts) hash.update(typeof p === 'number' ? Buffer.of(p) : Buffer.from(p, 'hex'));
  return hash.digest('hex');
};
const entries = ['{"a":"王某"}', '{"b":2}', '{"c":3}'];
const leaves = entries.map((e) => h(0, Buffer.from(e, 'utf8').toString('hex')));
const left = h(1, leaves[0]!, leaves[1]!);
const root = h(1, left, leaves[2]!);
const checkpoint = { size: 3, root, algorithm: 'sha256' };
const PROOFS: Proof[] = [
  { position: 0, leafHash: leaves[0]!, entry: entries[0]!, path: [leaves[1]!, leaves[2]!], checkpoint },
  { position: 1, leafHash: leaves[1]!, entry: entries[1]!, path: [leaves[0]!, leaves[2]!], checkpoint },
  { position: 2, leafHash: leaves[2]!, entry: entries[2]!, path: [left], checkpoint },
];

describe('a proof checked in the browser', () => {
  it('holds for what was signed', async () => {
    for (const proof of PROOFS) expect(await checkProof(proof)).toBe('holds');
    expect(await checkProof({ ...PROOFS[0]!, entry: null })).toBe('holds');
  });

  it('fails for another text, place, path or root', async () => {
    const [proof] = PROOFS as [Proof];
    for (const wrong of [
      { ...proof, entry: '{"a":"李某"}' },
      { ...proof, position: 1 },
      { ...proof, path: proof.path.slice(1) },
      { ...proof, path: [...proof.path, root] },
      { ...proof, checkpoint: { ...checkpoint, root: left } },
      { ...proof, leafHash: leaves[1]!, entry: null },
    ])
      expect(await checkProof(wrong)).toBe('fails');
  });

  it('says where nothing was computed', async () => {
    expect(await checkProof({ ...PROOFS[0]!, checkpoint: { ...checkpoint, algorithm: 'sm3' } })).toBe(
      'notComputed',
    );
  });
});

/** The tree as RFC 9162, 2.1.1 and 2.1.4.1 define it, word for word. */
const below = (n: number): number => {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
};
const mth = (d: readonly string[]): string => {
  if (d.length === 1) return h(0, Buffer.from(d[0]!, 'utf8').toString('hex'));
  const k = below(d.length);
  return h(1, mth(d.slice(0, k)), mth(d.slice(k)));
};
const subproof = (m: number, d: readonly string[], whole: boolean): string[] => {
  if (m === d.length) return whole ? [] : [mth(d)];
  const k = below(d.length);
  return m <= k
    ? [...subproof(m, d.slice(0, k), whole), mth(d.slice(k))]
    : [...subproof(m - k, d.slice(k), false), mth(d.slice(0, k))];
};

describe('a proof of growth checked in the browser', () => {
  const all = Array.from({ length: 21 }, (_, n) => `entry ${n}`);
  const head = (size: number) => ({ size, root: mth(all.slice(0, size)), algorithm: 'sha256' });
  const proofOf = (m: number, n: number) => ({
    first: head(m),
    second: head(n),
    path: subproof(m, all.slice(0, n), true),
  });

  it('holds between any two heads of one tree', async () => {
    for (let n = 1; n <= all.length; n++)
      for (let m = 1; m <= n; m++) expect(await checkGrowth(proofOf(m, n)), `${m} of ${n}`).toBe('holds');
  });

  it('fails for another earlier or later root, a step more, fewer or other, and for a tree that shrank', async () => {
    for (const [m, n] of [
      [3, 7],
      [4, 8],
      [6, 8],
      [13, 21],
    ] as const) {
      const proof = proofOf(m, n);
      const other = 'ab'.repeat(32);
      for (const wrong of [
        { ...proof, first: { ...proof.first, root: other } },
        { ...proof, second: { ...proof.second, root: other } },
        { ...proof, first: head(m - 1) },
        { ...proof, second: head(n - 1) },
        { ...proof, path: proof.path.slice(1) },
        { ...proof, path: proof.path.slice(0, -1) },
        { ...proof, path: [...proof.path, other] },
        { ...proof, path: proof.path.with(-1, other) },
        { ...proof, path: [] },
        { first: proof.second, second: proof.first, path: proof.path },
      ])
        expect(await checkGrowth(wrong), JSON.stringify([m, n, wrong.path.length])).toBe('fails');
    }
  });

  it('says where nothing was computed', async () => {
    const proof = proofOf(2, 5);
    expect(await checkGrowth({ ...proof, second: { ...proof.second, algorithm: 'sm3' } })).toBe(
      'notComputed',
    );
  });
});

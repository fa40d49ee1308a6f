import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkProof, type Proof } from './check-proof.ts';

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

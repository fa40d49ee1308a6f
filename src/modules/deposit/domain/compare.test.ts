import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareDeposits, type DepositedLeaf, type Leaf } from './compare.ts';

const leaf = (path: string, sha256: string): Leaf => ({ path, sha256 });
const kept = (path: string, sha256: string, deposit = 'd'): DepositedLeaf => ({ path, sha256, deposit });

/** Few paths and digests, so that they meet. */
const someLeaf = fc.record({
  path: fc.constantFrom('a/1.txt', 'a/2.txt', 'b/1.txt', 'b/2.txt', '1.txt', 'c/3.txt'),
  sha256: fc.constantFrom('x', 'y', 'z', 'w'),
});
const given = fc.uniqueArray(someLeaf, { selector: (l) => l.path, maxLength: 6 });
const deposited = fc.array(
  fc.record({ leaf: someLeaf, deposit: fc.constantFrom('d1', 'd2') }).map(({ leaf: l, deposit }) => {
    return { path: l.path, sha256: l.sha256, deposit };
  }),
  { maxLength: 8 },
);
const figures = ({ same, changed, missing, added }: ReturnType<typeof compareDeposits>) => {
  return { same, changed, missing, added };
};
const byDigest = (all: readonly Leaf[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const { sha256 } of all) counts.set(sha256, (counts.get(sha256) ?? 0) + 1);
  return counts;
};

describe('what is handed over beside what was deposited', () => {
  it('is the same by its digest wherever it lies, changed at its place or by its only name, missing, or new', () => {
    const found = compareDeposits(
      [leaf('v/p/1.txt', 'x'), leaf('v/p/2.txt', 'Y'), leaf('v/3.txt', 'q'), leaf('new.txt', 'n')],
      [kept('1.txt', 'x'), kept('2.txt', 'y'), kept('v/3.txt', 'z'), kept('gone.txt', 'g')],
    );
    expect(figures(found)).toEqual({ same: 1, changed: 2, missing: 1, added: 1 });
    expect(found.differences.map((d) => d.kind)).toEqual(['added', 'changed', 'changed', 'missing']);
  });

  it('does not guess which of several files of one name was changed', () => {
    const found = compareDeposits(
      [leaf('v/a/正文.txt', '1'), leaf('v/b/正文.txt', '2')],
      [kept('a/正文.txt', '3'), kept('b/正文.txt', '4')],
    );
    expect(figures(found)).toEqual({ same: 0, changed: 0, missing: 2, added: 2 });
  });

  it('has every file of either side in one line alone, and as many the same as digests meet', () => {
    fc.assert(
      fc.property(given, deposited, (now, before) => {
        const found = compareDeposits(now, before);
        expect(found.same + found.changed + found.added).toBe(now.length);
        expect(found.same + found.changed + found.missing).toBe(before.length);
        const [a, b] = [byDigest(now), byDigest(before)];
        const meet = [...a].reduce((n, [digest, many]) => n + Math.min(many, b.get(digest) ?? 0), 0);
        expect(found.same).toBe(meet);
        expect(found.differences.length).toBe(found.changed + found.missing + found.added);
        const seen = found.differences.flatMap((d) => ('given' in d ? [d.given.path] : []));
        expect(new Set(seen).size).toBe(seen.length);
        for (const d of found.differences)
          if (d.kind === 'changed') expect(d.given.sha256).not.toBe(d.deposited.sha256);
      }),
    );
  });

  it('comes to the same in whatever order files are named', () => {
    fc.assert(
      fc.property(given, deposited, fc.integer(), (now, before, seed) => {
        const mixed = <T>(all: readonly T[]): T[] =>
          all
            .map((one, i) => ({ one, at: Math.imul(i + 1, seed | 1) }))
            .sort((x, y) => x.at - y.at)
            .map((o) => o.one);
        expect(figures(compareDeposits(mixed(now), mixed(before)))).toEqual(
          figures(compareDeposits(now, before)),
        );
      }),
    );
  });

  it('finds nothing to say where the same is handed over, in whatever folder', () => {
    fc.assert(
      fc.property(given, fc.constantFrom('', 'v/', 'p/q/'), (files, folder) => {
        const found = compareDeposits(
          files.map((f) => leaf(folder + f.path, f.sha256)),
          files.map((f) => kept(f.path, f.sha256)),
        );
        expect(figures(found)).toEqual({ same: files.length, changed: 0, missing: 0, added: 0 });
      }),
    );
  });
});

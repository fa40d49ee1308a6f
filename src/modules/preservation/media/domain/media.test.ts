import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueTests, MEDIA_RULES, type TestedMedium } from './due.ts';
import { createPacking, roomOf } from './packing.ts';

describe('packing objects onto media', () => {
  it('never puts more on a medium than it holds, loses nothing, and does the same again', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 40_000_000 }), { maxLength: 200 }),
        fc.integer({ min: 20_000_000, max: 200_000_000 }),
        (sizes, medium) => {
          const run = () => {
            const packing = createPacking(medium);
            return sizes.map((size) => packing.place(size));
          };
          const placed = run();
          const used = new Map<number, number>();
          for (const [i, no] of placed.entries()) {
            if (no === null) expect(sizes[i]).toBeGreaterThan(roomOf(medium));
            else used.set(no, (used.get(no) ?? 0) + sizes[i]!);
          }
          for (const bytes of used.values()) expect(bytes).toBeLessThanOrEqual(roomOf(medium));
          expect([...used.keys()].sort((a, b) => a - b)).toEqual(
            Array.from({ length: used.size }, (_, i) => i + 1),
          );
          expect(run()).toEqual(placed);
        },
      ),
    );
  });
  it('says what is larger than a medium', () => {
    expect(createPacking(100_000_000).place(99_000_000)).toBeNull();
  });
});

const medium = (n: number, more: Partial<TestedMedium> = {}): TestedMedium => ({
  id: String(n),
  number: `M-${String(n).padStart(3, '0')}`,
  kind: 'optical',
  planId: 'p',
  writtenAt: new Date('2020-01-01'),
  testedAt: null,
  testOutcome: null,
  ...more,
});
const now = new Date('2026-03-01');
const due = (media: TestedMedium[]) => dueTests(media, MEDIA_RULES, now).map((m) => m.id);

describe('tests that are due', () => {
  it('take a tenth of the media of a kind, one at least, when the kind’s years are over', () => {
    expect(due(Array.from({ length: 25 }, (_, i) => medium(i)))).toHaveLength(3);
    expect(due([medium(1)])).toEqual(['1']);
    expect(due([medium(1, { writtenAt: new Date('2023-01-01') })])).toEqual([]);
    expect(due([medium(1, { kind: 'magnetic', writtenAt: new Date('2023-01-01') })])).toEqual(['1']);
  });
  it('count those tested within the interval, and take those never tested first', () => {
    const tested = medium(1, { testedAt: new Date('2025-01-01'), testOutcome: 'passed' });
    expect(due([tested, ...Array.from({ length: 9 }, (_, i) => medium(i + 2))])).toEqual([]);
    const long = medium(1, { testedAt: new Date('2021-01-01'), testOutcome: 'passed' });
    expect(due([long, medium(2)])).toEqual(['2']);
  });
  it('are all media of a plan when one of them failed', () => {
    const failed = medium(1, { testedAt: new Date('2026-02-01'), testOutcome: 'failed' });
    const young = { writtenAt: new Date('2026-01-01') };
    expect(due([failed, medium(2, young), medium(3, { ...young, planId: 'other' })])).toEqual(['2']);
  });
  it('come out the same when asked again', () => {
    const media = Array.from({ length: 40 }, (_, i) => medium(i));
    expect(due(media)).toEqual(due([...media].reverse()));
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MEASURES } from '#kernel/accessionWords';
import { type Extent, holds, isNothing, nothing, outstanding, readExtent, sum, without } from './extent.ts';

const measure = (m: (typeof MEASURES)[number]) =>
  m === 'metres' || m === 'gigabytes'
    ? fc.integer({ min: 0, max: 900_000 }).map((n) => n / 1_000)
    : fc.integer({ min: 0, max: 90_000 });
const extents: fc.Arbitrary<Extent> = fc
  .tuple(...MEASURES.map(measure))
  .map((values) => Object.assign(nothing(), Object.fromEntries(MEASURES.map((m, i) => [m, values[i]]))));

describe('an extent', () => {
  it('of what was promised and what came tells what is outstanding: fifty boxes promised, thirty came', () => {
    const promised = readExtent({ boxes: 50, gigabytes: 1.5 });
    const came = readExtent({ boxes: 30, items: 400 });
    expect(outstanding(promised, came)).toEqual({ ...nothing(), boxes: 20, gigabytes: 1.5 });
    expect(isNothing(outstanding(promised, readExtent({ boxes: 51, gigabytes: 2 })))).toBe(true);
  });

  it('is not below none, not without end, and of volumes whole', () => {
    for (const wrong of [{ boxes: -1 }, { volumes: 1.5 }, { metres: Number.NaN }, { items: 1e300 }])
      expect(() => readExtent(wrong)).toThrow(expect.objectContaining({ code: 'accession.extent' }));
    expect(readExtent({ metres: 1.25, boxes: null }).metres).toBe(1.25);
  });

  it('adds up and is taken apart without losing anything, in any order', () => {
    fc.assert(
      fc.property(fc.array(extents, { maxLength: 8 }), extents, (parts, one) => {
        const all = sum([...parts, one]);
        expect(sum([one, ...parts])).toEqual(all);
        expect(holds(all, one)).toBe(true);
        expect(without(all, one)).toEqual(sum(parts));
        expect(isNothing(outstanding(all, all))).toBe(true);
        expect(sum([outstanding(all, one), one])).toEqual(all);
      }),
    );
  });
});

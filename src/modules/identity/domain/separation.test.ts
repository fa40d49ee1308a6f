import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CAPABILITIES } from '#kernel/actor';
import { type HeldFor, SIDES, sideOfRole, sidesOf, standsOnTwoSides } from './separation.ts';

const NOW = new Date(1_000);
const day = fc.integer({ min: 0, max: 3_000 }).map((n) => new Date(n));
const held: fc.Arbitrary<HeldFor> = fc.record({
  side: fc.constantFrom(...SIDES),
  from: day,
  until: fc.option(day, { nil: null }),
});
const holds = (h: HeldFor, at: number) =>
  h.from.getTime() <= at && (h.until === null || at < h.until.getTime());

describe('the three administrators', () => {
  it('are apart exactly where no moment from now on finds somebody on two sides', () => {
    fc.assert(
      fc.property(fc.array(held, { maxLength: 5 }), (all) => {
        let mixed = false;
        for (let at = 1_000; at <= 3_001 && !mixed; at++)
          mixed = new Set(all.filter((h) => holds(h, at)).map((h) => h.side)).size > 1;
        expect(standsOnTwoSides(all, NOW)).toBe(mixed);
      }),
      { numRuns: 300 },
    );
  });

  it('do not depend on the order roles were given in', () => {
    fc.assert(
      fc.property(fc.array(held, { maxLength: 6 }), (all) => {
        expect(standsOnTwoSides([...all].reverse(), NOW)).toBe(standsOnTwoSides(all, NOW));
      }),
    );
  });

  it('allow one role to follow another on the same day', () => {
    const at = new Date(2_000);
    expect(
      standsOnTwoSides(
        [
          { side: 'content', from: new Date(0), until: at },
          { side: 'audit', from: at, until: null },
        ],
        NOW,
      ),
    ).toBe(false);
  });
});

describe('a role', () => {
  it('never joins capabilities of two sides', () => {
    fc.assert(
      fc.property(fc.subarray([...CAPABILITIES]), (some) => {
        const side = sideOfRole(some);
        if (side === undefined) expect(sidesOf(some).size).toBeGreaterThan(1);
        else for (const s of sidesOf(some)) expect(s).toBe(side);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '#kernel/errors';
import { checkDelegation, LONGEST_DAYS, type OwnRole, type WantedDelegation } from './delegation.ts';

const DAY = 86_400_000;
const NOW = new Date(100 * DAY);
const day = fc.integer({ min: 0, max: 700 }).map((n) => new Date(n * DAY));
const role = fc.constantFrom('director', 'approver', 'clerk');
const own: fc.Arbitrary<OwnRole[]> = fc.array(
  fc.record({ role, from: day, until: fc.option(day, { nil: null }) }),
  { maxLength: 4 },
);
const wanted: fc.Arbitrary<WantedDelegation> = fc.record({
  fromPerson: fc.constant('a'),
  toPerson: fc.constantFrom('a', 'b', 'c'),
  roles: fc.uniqueArray(role, { maxLength: 3 }),
  from: day,
  until: day,
});
const refusal = (d: WantedDelegation, held: OwnRole[]): string | undefined => {
  try {
    checkDelegation(d, held, NOW);
    return undefined;
  } catch (e) {
    return isRefusal(e) ? e.code : 'fault';
  }
};

describe('a delegation', () => {
  it('never gives a role on a day on which who delegates does not hold it', () => {
    fc.assert(
      fc.property(wanted, own, (d, held) => {
        if (refusal(d, held) !== undefined) return;
        expect(d.roles.length).toBeGreaterThan(0);
        for (const r of d.roles)
          for (let at = d.from.getTime(); at < d.until.getTime(); at += DAY)
            expect(
              held.some(
                (o) => o.role === r && o.from.getTime() <= at && (!o.until || at < o.until.getTime()),
              ),
            ).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('is refused in words of its own, never by a fault', () => {
    fc.assert(
      fc.property(wanted, own, (d, held) => {
        expect([undefined, 'delegation.self', 'delegation.span', 'delegation.notYours']).toContain(
          refusal(d, held),
        );
      }),
    );
  });

  it('ends, and within a year', () => {
    fc.assert(
      fc.property(wanted, (d) => {
        const all = d.roles.map((r) => ({ role: r, from: new Date(0), until: null }));
        const days = (d.until.getTime() - d.from.getTime()) / DAY;
        const fits = days > 0 && days <= LONGEST_DAYS && d.until > NOW;
        if (d.toPerson !== 'a' && d.roles.length > 0)
          expect(refusal(d, all)).toBe(fits ? undefined : 'delegation.span');
      }),
    );
  });
});

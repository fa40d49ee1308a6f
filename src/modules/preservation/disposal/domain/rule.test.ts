import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, DISPOSAL_RULES, expiryOf, obstacleTo } from './rule.ts';

const expired: Candidate = {
  retention: 'D10',
  year: 2001,
  dateTo: null,
  held: true,
  destroyed: false,
  listed: false,
  legalHold: false,
  certifying: false,
  onLeave: false,
};
const judge = (c: Partial<Candidate>, approval = false) =>
  obstacleTo({ ...expired, ...c }, DISPOSAL_RULES, '2026-03-01', approval);

describe('what may be destroyed', () => {
  it('is content whose retention period is over', () => {
    expect(judge({})).toBeNull();
    expect(judge({ retention: 'D30' })).toBe('notExpired');
  });
  it('counts the period to the end of the year it ends in', () => {
    expect(expiryOf({ retention: 'D10', year: 2015, dateTo: null }, DISPOSAL_RULES)).toBe('2025-12-31');
    expect(judge({ year: 2015 })).toBeNull();
    expect(judge({ year: 2016 })).toBe('notExpired');
  });
  it('is never what is kept permanently, nor what has no term', () => {
    expect(judge({ retention: 'Y', year: 1801 }, true)).toBe('permanent');
    expect(judge({ retention: '永久' })).toBe('permanent');
    expect(judge({ retention: null })).toBe('noRetention');
    expect(judge({ retention: 'whatever' })).toBe('noRetention');
  });
  it('takes the longest reading of terms from before Order 8', () => {
    expect(judge({ retention: 'CQ', year: 1980 })).toBe('notExpired');
    expect(judge({ retention: '长期', year: 1970 })).toBeNull();
    expect(judge({ retention: 'DQ', year: 2012 })).toBe('notExpired');
  });
  it('needs a year to count from', () => {
    expect(judge({ year: null })).toBe('noYear');
    expect(judge({ year: null, dateTo: '2001-05-01' })).toBeNull();
  });
  it('needs the authority above for what is older than the republic', () => {
    expect(judge({ year: 1948 })).toBe('needsApproval');
    expect(judge({ year: 1948 }, true)).toBeNull();
    expect(judge({ year: 1949, dateTo: '1949-09-30' })).toBe('needsApproval');
    expect(judge({ year: 1949, dateTo: '1949-10-01' })).toBeNull();
  });
  it('is nothing somebody still needs', () => {
    expect(judge({ legalHold: true })).toBe('legalHold');
    expect(judge({ certifying: true })).toBe('certifying');
    expect(judge({ onLeave: true })).toBe('onLeave');
    expect(judge({ listed: true })).toBe('listed');
  });
  it('has content to be destroyed, once', () => {
    expect(judge({ held: false })).toBe('noContent');
    expect(judge({ destroyed: true, held: false })).toBe('destroyed');
  });
  it('never lets anything through before its last day is over', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1950, max: 2100 }), fc.integer({ min: 1, max: 100 }), (year, term) => {
        const found = judge({ year, retention: `D${term}` });
        expect(found === null).toBe(year + term < 2026);
      }),
    );
  });
});

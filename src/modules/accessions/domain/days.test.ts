import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysBetween, nextExpected, plusDays, plusMonths, readDay, readPart } from './days.ts';

const days = fc.integer({ min: 0, max: 60_000 }).map((n) => plusDays('1900-01-01', n));

describe('days', () => {
  it('are days of the calendar', () => {
    expect(readDay('2024-02-29', 'x')).toBe('2024-02-29');
    expect(readDay(' ', 'x')).toBeNull();
    for (const wrong of ['2023-02-29', '2024-13-01', '24-1-1', 'tomorrow'])
      expect(() => readDay(wrong, 'x')).toThrow(expect.objectContaining({ code: 'accession.day' }));
    expect(readPart('1938', 'x')).toBe('1938');
    expect(() => readPart('1938-02-30', 'x')).toThrow(expect.objectContaining({ code: 'accession.day' }));
  });

  it('tell how late something is', () => {
    expect(daysBetween('2026-03-01', '2026-03-31')).toBe(30);
    expect(daysBetween('2026-03-31', '2026-03-01')).toBe(-30);
    fc.assert(fc.property(days, fc.integer({ min: -4_000, max: 4_000 }), (d, n) => {
      expect(daysBetween(d, plusDays(d, n))).toBe(n);
    })); // biome-ignore format: one property
  });

  it('months on stay in their month', () => {
    expect(plusMonths('2024-01-31', 1)).toBe('2024-02-29');
    expect(plusMonths('2024-03-15', 12)).toBe('2025-03-15');
    expect(plusMonths('2023-12-31', 2)).toBe('2024-02-29');
  });
});

describe('what comes in a rhythm', () => {
  it('is expected a year after it was due, however late it came', () => {
    expect(nextExpected('2026-06-30', 12, '2026-09-02')).toBe('2027-06-30');
    expect(nextExpected('2026-06-30', 12, '2026-05-20')).toBe('2027-06-30');
    expect(nextExpected('2022-06-30', 12, '2026-09-02')).toBe('2027-06-30');
  });

  it('is always expected behind the day it came, within one rhythm, or the first time as planned', () => {
    fc.assert(
      fc.property(days, days, fc.integer({ min: 1, max: 60 }), (planned, came, months) => {
        const next = nextExpected(planned, months, came);
        expect(next > came).toBe(true);
        expect(next > planned).toBe(true);
        const first = plusMonths(planned, months);
        expect(next === first || daysBetween(came, next) <= months * 31).toBe(true);
      }),
    );
  });
});

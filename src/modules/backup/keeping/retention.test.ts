import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readKeepRule } from '#kernel/keepRule';
import { kept } from './retention.ts';

const dayOf = (at: Date) => at.toISOString().slice(0, 10);
const at = (text: string) => ({ takenAt: new Date(text) });
const days = (...all: string[]) => all.map((d) => at(`${d}T02:00:00Z`));
const stay = (backups: { takenAt: Date }[], rule: string) =>
  [...kept(backups, readKeepRule(rule)!, dayOf)].map((b) => dayOf(b.takenAt)).sort();

describe('the rule of keeping', () => {
  it('is read in any order, and refused where it says something else', () => {
    expect(readKeepRule('14d 8w 12m')).toEqual({ days: 14, weeks: 8, months: 12 });
    expect(readKeepRule('12m,3d')).toEqual({ days: 3, weeks: 0, months: 12 });
    for (const wrong of ['', 'd', '3d 4d', '3y', '0d', '-1d', '3 d'])
      expect(readKeepRule(wrong)).toBeUndefined();
  });

  it('keeps the newest of so many days, weeks and months', () => {
    const all = days(
      '2026-01-05',
      '2026-01-31',
      '2026-02-10',
      '2026-02-27',
      '2026-02-28',
      '2026-03-01',
      '2026-03-02',
    );
    expect(stay(all, '2d')).toEqual(['2026-03-01', '2026-03-02']);
    expect(stay(all, '1d 2w')).toEqual(['2026-03-01', '2026-03-02']);
    expect(stay(all, '3m')).toEqual(['2026-01-31', '2026-02-28', '2026-03-02']);
  });

  it('keeps all of the last day, so that a backup made to be sure outlives the next', () => {
    const all = [
      at('2026-03-01T01:00:00Z'),
      at('2026-03-02T00:00:00Z'),
      at('2026-03-02T08:00:00Z'),
      at('2026-03-02T09:00:00Z'),
    ];
    expect(kept(all, readKeepRule('1d')!, dayOf).size).toBe(3);
  });

  it('always keeps the newest, and never fewer than a shorter rule', () => {
    fc.assert(
      fc.property(
        fc.array(fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }), {
          minLength: 1,
        }),
        fc.integer({ min: 1, max: 30 }),
        (dates, n) => {
          const all = dates.map((takenAt) => ({ takenAt }));
          const less = kept(all, { days: n, weeks: 0, months: 0 }, dayOf);
          const more = kept(all, { days: n + 1, weeks: 1, months: 1 }, dayOf);
          const newest = Math.max(...dates.map((d) => d.getTime()));
          expect([...less].some((b) => b.takenAt.getTime() === newest)).toBe(true);
          for (const b of less) expect(more.has(b)).toBe(true);
        },
      ),
    );
  });
});

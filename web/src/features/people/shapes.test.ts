import { describe, expect, it } from 'vitest';
import { dayAndTime } from '../../lib/format.ts';
import { endOfDay, lastDay, startOfDay, tenseOf } from './shapes.ts';

describe('days of a role', () => {
  it('begin with their first day and end with the end of their last, also where a month or a year ends', () => {
    for (const day of ['2026-02-28', '2026-12-31', '2028-02-29', '2026-05-01']) {
      expect(dayAndTime(startOfDay(day)).day).toBe(day);
      expect(dayAndTime(lastDay(endOfDay(day))).day).toBe(day);
      expect(new Date(endOfDay(day)).getTime()).toBeGreaterThan(new Date(startOfDay(day)).getTime());
    }
  });

  it('tell what is held from what was and what will be', () => {
    const now = new Date('2026-03-01T00:00:00Z');
    const at = (from: string, until: string | null) => tenseOf({ from, until }, now);
    expect(at('2026-01-01T00:00:00Z', null)).toBe('now');
    expect(at('2026-01-01T00:00:00Z', '2026-03-01T00:00:00Z')).toBe('over');
    expect(at('2026-03-02T00:00:00Z', null)).toBe('later');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayIn, endOfDay } from './calendar.ts';

describe('days in a time zone', () => {
  it('begin and end by the clock of the place', () => {
    expect(dayIn(new Date('2026-03-01T17:00:00Z'), 'Asia/Shanghai')).toBe('2026-03-02');
    expect(dayIn(new Date('2026-03-01T17:00:00Z'), 'UTC')).toBe('2026-03-01');
    expect(endOfDay('2026-03-02', 'Asia/Shanghai').toISOString()).toBe('2026-03-02T15:59:59.999Z');
    expect(endOfDay('2026-12-31', 'UTC').toISOString()).toBe('2026-12-31T23:59:59.999Z');
  });

  it('have an end where clocks are set forward or back, at midnight too', () => {
    const zones = [
      'Asia/Shanghai',
      'Asia/Taipei',
      'Europe/Berlin',
      'America/Havana',
      'Pacific/Apia',
      'Asia/Kathmandu',
    ];
    const days = fc.date({ min: new Date('1985-01-01'), max: new Date('2035-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(fc.constantFrom(...zones), days, (zone, at) => {
        const day = dayIn(at, zone);
        const end = endOfDay(day, zone);
        expect(dayIn(end, zone)).toBe(day);
        expect(dayIn(new Date(end.getTime() + 1), zone) > day).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

import { expect, it } from 'vitest';
import { drillDue, dueLast, dueNext } from './timetable.ts';

const at = (text: string) => new Date(text);
const said = (d: Date | undefined) => d?.toISOString();

it('a backup is due by the clock of the place, the last and the next time', () => {
  const now = at('2026-03-01T20:30:00Z'); // half past four in the morning of the second in Shanghai
  expect(said(dueLast(now, ['02:00'], 'Asia/Shanghai'))).toBe('2026-03-01T18:00:00.000Z');
  expect(said(dueNext(now, ['02:00'], 'Asia/Shanghai'))).toBe('2026-03-02T18:00:00.000Z');
  expect(said(dueNext(now, ['12:30', '02:00'], 'Asia/Shanghai'))).toBe('2026-03-02T04:30:00.000Z');
  expect(said(dueLast(at('2026-03-01T17:59:59Z'), ['02:00'], 'Asia/Shanghai'))).toBe(
    '2026-02-28T18:00:00.000Z',
  );
  expect(dueLast(now, [], 'Asia/Shanghai')).toBeUndefined();
});

it('always is due within a day', () => {
  for (let h = 0; h < 72; h++) {
    const now = new Date(Date.parse('2026-03-28T00:30:00Z') + h * 3_600_000);
    for (const zone of ['Asia/Shanghai', 'Europe/Berlin', 'Pacific/Kiritimati', 'Etc/GMT+12']) {
      const last = dueLast(now, ['03:15'], zone)!.getTime();
      const next = dueNext(now, ['03:15'], zone)!.getTime();
      expect(last).toBeLessThanOrEqual(now.getTime());
      expect(next).toBeGreaterThan(now.getTime());
      expect(next - last).toBeLessThanOrEqual(25 * 3_600_000);
    }
  }
});

it('a drill is due so many days after the last, and at once where there was none', () => {
  const now = at('2026-03-01T00:00:00Z');
  expect(said(drillDue(now, 30, at('2026-02-15T00:00:00Z')))).toBe('2026-03-17T00:00:00.000Z');
  expect(drillDue(now, 30, undefined)).toEqual(now);
  expect(drillDue(now, undefined, undefined)).toBeUndefined();
});

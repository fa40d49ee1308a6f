import { expect, it } from 'vitest';
import { everyMonth } from './months.ts';

const month = (name: string, objects: number, totalObjects: number) => {
  return { month: name, objects, bytes: objects * 10, totalObjects, totalBytes: totalObjects * 10 };
};

it('months in which nothing came stand between the others, with what was held by then', () => {
  const all = everyMonth([month('2025-11', 3, 3), month('2026-02', 2, 5)]);
  expect(all.map((m) => [m.month, m.objects, m.totalObjects])).toEqual([
    ['2025-11', 3, 3],
    ['2025-12', 0, 3],
    ['2026-01', 0, 3],
    ['2026-02', 2, 5],
  ]);
  expect(everyMonth([])).toEqual([]);
});

it('shows the newest three years', () => {
  const all = everyMonth([month('2020-01', 1, 1), month('2026-01', 1, 2)]);
  expect([all.length, all.at(-1)?.month]).toEqual([36, '2026-01']);
});

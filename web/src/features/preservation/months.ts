import type { GrowthMonth } from './shapes.ts';

const MOST = 36;

/** Months without growth between those with it, so that time runs evenly; the newest three years of it. */
export function everyMonth(months: readonly GrowthMonth[]): GrowthMonth[] {
  const all: GrowthMonth[] = [];
  for (const month of months) {
    for (let last = all.at(-1); last && next(last.month) < month.month; last = all.at(-1))
      all.push({ ...last, month: next(last.month), objects: 0, bytes: 0 });
    all.push(month);
  }
  return all.slice(-MOST);
}

/** `2026-12` -> `2027-01`. */
function next(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}

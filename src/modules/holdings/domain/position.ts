import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing';

/** The order key for a unit between two siblings; null stands for the end of the row on that side. */
export function positionBetween(before: string | null, after: string | null): string {
  return generateKeyBetween(before, after);
}

/** `n` order keys in a row behind a sibling (null: an empty row). */
export function positionsAfter(last: string | null, n: number): string[] {
  return generateNKeysBetween(last, null, n);
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fullTrail, tryAlterations } from '../../../test/support/alteringTrail.ts';
import type { Trail } from '../../../test/support/trail.ts';

let trail: Trail;
beforeAll(async () => {
  trail = await fullTrail();
});
afterAll(() => trail.close());

/** The slow suite tries ten thousand. */
const EVERY_DAY = 96;

describe('a trail with the database owner against it', () => {
  it('is whole before anything is altered', async () => {
    const verdict = await trail.verify();
    expect(verdict).toMatchObject({ valid: true, findings: [], checkpoints: 7, countersignatures: 7 });
    expect(verdict.pruned).toBeGreaterThan(5);
  });

  it('shows that two entries that were taken out are told for each other', async () => {
    const missed = [1156, 1720, 1864, 2452, 3124, 3160];
    expect((await tryAlterations(trail, missed)).undetected).toEqual([]);
  });

  it('shows every alteration', async () => {
    const { tried, undetected } = await tryAlterations(
      trail,
      Array.from({ length: EVERY_DAY }, (_, n) => n),
    );
    expect(undetected).toEqual([]);
    expect(Object.values(tried).reduce((a, b) => a + b)).toBe(EVERY_DAY);
    expect((await trail.verify()).findings).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fullTrail, tryAlterations } from '../support/alteringTrail.ts';
import type { Trail } from '../support/trail.ts';

const ALTERATIONS = 10_000;

let trail: Trail;
beforeAll(async () => {
  trail = await fullTrail();
});
afterAll(() => trail.close());

describe('ten thousand alterations of the stored trail', () => {
  it(
    'are all detected',
    async () => {
      const seeds = Array.from({ length: ALTERATIONS }, (_, n) => 1_000 + n);
      const { tried, undetected } = await tryAlterations(trail, seeds);
      process.stdout.write(`alterations: ${JSON.stringify(tried)}, undetected: ${undetected.length}\n`);
      expect(undetected).toEqual([]);
      expect(Object.values(tried).reduce((a, b) => a + b)).toBe(ALTERATIONS);
    },
    60 * 60_000,
  );
});

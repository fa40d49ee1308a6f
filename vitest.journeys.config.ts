import { defineConfig } from 'vitest/config';

/** Journeys start a whole Lantai each and drive a browser: one at a time. */
export default defineConfig({
  test: {
    include: ['test/journeys/**/*.test.ts'],
    testTimeout: 900_000,
    hookTimeout: 900_000,
    expect: { poll: { timeout: 120_000 } },
    maxWorkers: 1,
    fileParallelism: false,
  },
});

import { defineConfig } from 'vitest/config';

/** Journeys start a whole Lantai each and drive a browser: one at a time. */
export default defineConfig({
  test: {
    include: ['test/journeys/**/*.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 300_000,
    maxWorkers: 1,
    fileParallelism: false,
  },
});

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Tests of every day that are run longer here stand beside their code.
    include: [
      'test/slow/**/*.test.ts',
      'test/faults/*Kill*.test.ts',
      'test/faults/*ullDisk*.test.ts',
      'test/faults/bucketCopies.db.test.ts',
      'test/corpus/ocr.test.ts',
      'test/corpus/transfer.db.test.ts',
      'test/contracts/injection.db.test.ts',
      'test/faults/transferLarge.db.test.ts',
      'src/modules/holdings/visibility.db.test.ts',
      'src/modules/holdings/searchLeaks.db.test.ts',
    ],
    env: { LANTAI_WORLDS: '10000', LANTAI_CORPUS_STEP: '1', LANTAI_UPLOAD_MB: process.env.LANTAI_UPLOAD_MB ?? '3000', LANTAI_HOSTILE_STEP: '1',
      LANTAI_TRANSFER_FILES: process.env.LANTAI_TRANSFER_FILES ?? '100000', LANTAI_FAULT_ROUNDS: process.env.LANTAI_FAULT_ROUNDS ?? '100' },
    globalSetup: ['test/support/compiledCode.ts', 'test/support/postgres.ts'],
    testTimeout: 1_800_000,
    hookTimeout: 300_000,
    maxWorkers: 1,
  },
});

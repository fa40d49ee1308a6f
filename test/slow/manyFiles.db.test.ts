import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
// Says that this file wants a database; the process below has it from the environment.
import '../support/database.ts';

const CHILD = join(import.meta.dirname, '..', 'support', 'hold-many.ts');
const MANY = Number(process.env.LANTAI_MANY_FILES ?? 100_000);

async function held(files: number, ...more: string[]) {
  const args = ['--max-old-space-size=320', '--max-semi-space-size=8', CHILD, String(files), ...more];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  process.stdout.write(stdout);
  return JSON.parse(stdout) as { records: number; steps: Record<string, number> };
}

describe('an object of very many files', () => {
  it(`is written, added to and read in under 512 MiB (${MANY} files)`, async () => {
    const { records, steps } = await held(MANY);
    expect(records).toBe(MANY + 1);
    expect(steps['read MiB']).toBeLessThan(512);
  });

  // Three times as many files as pages: the heap stays within the same 320 MiB, and what lies outside of it grows with them.
  it(`takes the texts of all of its pages with the same heap (${3 * MANY} files)`, {
    timeout: 3_600_000,
  }, async () => {
    const { records, steps } = await held(MANY, 'texts');
    expect(records).toBe(MANY + 1);
    expect(steps['texts MiB']).toBeLessThan(896);
  });

  it(`takes the texts of a fifth as many pages in under 512 MiB (${MANY / 5} pages)`, async () => {
    const { steps } = await held(MANY / 5, 'texts');
    expect(steps['texts MiB']).toBeLessThan(512);
  });
});

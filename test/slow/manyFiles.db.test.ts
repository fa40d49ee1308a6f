import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
// Says that this file wants a database; the process below has it from the environment.
import '../support/database.ts';

const CHILD = join(import.meta.dirname, '..', 'support', 'hold-many.ts');
const MANY = Number(process.env.LANTAI_MANY_FILES ?? 100_000);

describe('an object of very many files', () => {
  it(`is written, added to and read in under 512 MiB (${MANY} files)`, async () => {
    const args = ['--max-old-space-size=320', '--max-semi-space-size=8', CHILD, String(MANY)];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    const { records, steps } = JSON.parse(stdout) as { records: number; steps: Record<string, number> };
    process.stdout.write(`${JSON.stringify(steps)}\n`);
    expect(records).toBe(MANY + 1);
    expect(steps['read MiB']).toBeLessThan(512);
  });
});

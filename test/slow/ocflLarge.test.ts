import { execFile } from 'node:child_process';
import { mkdtemp, open, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStorageRoot, filesystemStore } from '#formats/ocfl';
import { createDigestPool } from '#kernel/checksums';

const run = promisify(execFile);
const LIMIT_MB = 512;
/** As large as is asked for, and no larger than leaves the disk room. */
const WANTED = Number(process.env.LANTAI_LARGE_BYTES ?? 50e9);
const ROOM = 10e9;
const pool = createDigestPool(1);
let home = '';
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'lantai-large-'));
  await createStorageRoot(
    filesystemStore({ root: join(home, 'root'), staging: join(home, 'staging'), pool }),
  );
});
afterAll(async () => {
  await pool.close();
  await rm(home, { recursive: true, force: true });
});

/** One step in a process of its own; its memory is measured and must stay under the limit. */
async function step(name: string, id: string, amount = 0, source = ''): Promise<void> {
  const program = fileURLToPath(new URL('./ocflLargeWriter.ts', import.meta.url));
  const { stdout } = await run(process.execPath, [program, name, home, id, String(amount), source]);
  process.stdout.write(`  ${stdout}`);
  const said: { peakMegabytes: number } = JSON.parse(stdout);
  expect(said.peakMegabytes, stdout).toBeLessThan(LIMIT_MB);
}

describe('an object of the store', () => {
  it('takes 100,000 files, and is read, added to and checked, in less than 512 MB', {
    timeout: 3_600_000,
  }, async () => {
    const id = 'urn:test:many';
    await step('files', id, 100_000);
    await step('more', id, 500);
    await step('read', id);
    await step('check', id);
  });

  it('takes 400 versions in less than 512 MB', { timeout: 3_600_000 }, async () => {
    const id = 'urn:test:versions';
    await step('versions', id, 400);
    await step('check', id);
  });

  it('takes one file of 50 GB, or of what the disk has room for, in less than 512 MB', {
    timeout: 7_200_000,
  }, async () => {
    const { bavail, bsize } = await statfs(home);
    const size = Math.min(WANTED, Math.floor((bavail * bsize - ROOM) / 1e9) * 1e9);
    expect(size, 'the disk has room for no large file').toBeGreaterThan(1e9);
    // Sparse: it takes no room itself, and its copy in the object takes all of it.
    const source = join(home, 'source.mkv');
    const file = await open(source, 'w');
    await file.truncate(size);
    await file.close();
    await step('large', 'urn:test:large', size, source);
    await step('check', 'urn:test:large', size);
  });
});

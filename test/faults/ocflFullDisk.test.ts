import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const ROUNDS = Number(process.env.LANTAI_FAULT_ROUNDS ?? 8);
const home = await mkdtemp(join(tmpdir(), 'lantai-full-'));
afterAll(() => rm(home, { recursive: true, force: true }));

/** A small file system in memory, seen by this one process and gone with it; needs no root where user namespaces work. */
const inSmallDisk = (disk: string, words: readonly string[]) =>
  run('unshare', [
    '-rm',
    'sh',
    '-c',
    'mount -t tmpfs -o size=12m,nr_inodes=20000 none "$0" && exec "$@"',
    disk,
    ...words,
  ]);
const possible = await inSmallDisk(home, ['true']).then(
  () => true,
  () => false,
);

describe.skipIf(!possible)(
  'a disk that fills up (not performed where a small one can not be mounted)',
  () => {
    it('leaves the old head or the new one, and nothing half there', { timeout: 7_200_000 }, async () => {
      const [disk, sources] = [join(home, 'disk'), join(home, 'sources')];
      for (const folder of [disk, sources]) await mkdir(folder);
      const program = fileURLToPath(new URL('./ocflFullDisk.ts', import.meta.url));
      const { stdout } = await inSmallDisk(disk, [process.execPath, program, disk, sources, String(ROUNDS)]);
      const said: { failures: number; acknowledgements: number; codes: string[]; faults: string[] } =
        JSON.parse(stdout);
      expect(said.faults).toEqual([]);
      expect(said.codes).toEqual(['ENOSPC']);
      expect(said.failures).toBeGreaterThan(0);
      expect(said.acknowledgements).toBeGreaterThan(0);
    });
  },
);

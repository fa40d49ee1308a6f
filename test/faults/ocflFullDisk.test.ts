import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { canMount, inSmallDisk } from '../support/smallDisk.ts';

const ROUNDS = Number(process.env.LANTAI_FAULT_ROUNDS ?? 8);
const home = await mkdtemp(join(tmpdir(), 'lantai-full-'));
afterAll(() => rm(home, { recursive: true, force: true }));

const possible = await canMount(home);

describe.skipIf(!possible)(
  'a disk that fills up (not performed where a small one can not be mounted)',
  () => {
    it('leaves the old head or the new one, and nothing half there', { timeout: 7_200_000 }, async () => {
      const [disk, sources] = [join(home, 'disk'), join(home, 'sources')];
      for (const folder of [disk, sources]) await mkdir(folder);
      const program = fileURLToPath(new URL('./ocflFullDisk.ts', import.meta.url));
      const { stdout } = await inSmallDisk(disk, 12, [
        process.execPath,
        program,
        disk,
        sources,
        String(ROUNDS),
      ]);
      const said: { failures: number; acknowledgements: number; codes: string[]; faults: string[] } =
        JSON.parse(stdout);
      expect(said.faults).toEqual([]);
      expect(said.codes).toEqual(['ENOSPC']);
      expect(said.failures).toBeGreaterThan(0);
      expect(said.acknowledgements).toBeGreaterThan(0);
    });
  },
);

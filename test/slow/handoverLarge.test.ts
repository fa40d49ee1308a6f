import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { HANDOVER_2012, HANDOVER_2022, handoverFiles } from '#formats/handover';
import { createTreeWriter } from '#formats/tree';
import { NOTE, REGISTER, testItem, valuesFor } from '../../src/formats/handover/testing.ts';

const ITEMS = Number(process.env.LANTAI_HANDOVER_ITEMS ?? 100_000);
const JUDGE = fileURLToPath(new URL('./handoverJudge.ts', import.meta.url));

interface Judged {
  readonly items: number;
  readonly findings: readonly unknown[];
  readonly peak: number;
}

describe('a handover of a hundred thousand items', () => {
  it.each([HANDOVER_2022, HANDOVER_2012])(
    'of the layout of $id is judged in less than 800 MB',
    { timeout: 30 * 60_000 },
    async (profile) => {
      const folder = await mkdtemp(join(tmpdir(), 'lantai-handover-'));
      try {
        const path = join(folder, 'handover.zip');
        const items = function* () {
          for (let n = 1; n <= ITEMS; n++)
            yield valuesFor(profile, testItem(n, [['正文.txt', Buffer.from(`text ${n}`)]]));
        };
        const writer = await createTreeWriter(path, { wrapper: 'zip' });
        for await (const file of handoverFiles({ profile, note: NOTE, register: REGISTER, items }))
          await writer.add(file);
        await writer.finish();
        const { stdout } = await promisify(execFile)(process.execPath, [JUDGE, path]);
        const { items: judged, findings, peak } = JSON.parse(stdout) as Judged;
        process.stdout.write(
          `handover ${profile.id} of ${ITEMS} items: ${Math.round(peak / 1e6)} MB at most\n`,
        );
        expect(findings).toEqual([]);
        expect(judged).toBe(ITEMS);
        expect(peak).toBeLessThan(800e6);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  );
});

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
const LANTAI = fileURLToPath(new URL('../../lantai', import.meta.url));
const run = promisify(execFile);
/** Bytes of memory the judgement may hold, what Node.js needs for itself included. */
const MOST = 256e6;

/** Judges as a person has it judged, and says how much memory that took at most, as the system counts it. */
async function check(path: string): Promise<{ stdout: string; peak: number }> {
  let peak = 0;
  const judging = run('sh', [LANTAI, 'check', path]);
  // The launcher becomes the command: its number stays.
  const look = async () => {
    const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(judging.child.pid)]);
    peak = Math.max(peak, Number(stdout) * 1024);
  };
  const looking = setInterval(() => void look().catch(() => undefined), 200);
  const { stdout } = await judging
    .catch((e: unknown) => e as { stdout: string })
    .finally(() => clearInterval(looking));
  return { stdout, peak };
}

describe('a handover of a hundred thousand items', () => {
  it.each([HANDOVER_2022, HANDOVER_2012])(
    'of the layout of $id is judged in less than 256 MB',
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
        const { stdout, peak } = await check(path);
        process.stdout.write(
          `handover ${profile.id} of ${ITEMS} items: ${Math.round(peak / 1e6)} MB at most\n`,
        );
        expect(stdout.split('\n').filter((line) => line !== '')).toEqual([
          expect.stringMatching(new RegExp(`^VALID .*, ${ITEMS} items, `)),
        ]);
        expect(peak).toBeLessThan(MOST);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  );
});

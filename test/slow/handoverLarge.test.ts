import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HANDOVER_2012, HANDOVER_2022, handoverFiles, validateHandover } from '#formats/handover';
import { createTreeWriter, openTree, packageRoot } from '#formats/tree';
import { NOTE, REGISTER, testItem, valuesFor } from '../../src/formats/handover/testing.ts';

const ITEMS = 100_000;

describe('a handover of a hundred thousand items', () => {
  it.each([HANDOVER_2022, HANDOVER_2012])(
    'of the layout of $id is judged in less than 256 MB more than before',
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
        globalThis.gc?.();
        const before = process.memoryUsage().rss;
        let peak = before;
        const looking = setInterval(() => {
          peak = Math.max(peak, process.memoryUsage().rss);
        }, 100);
        const tree = await openTree(path);
        const report = await validateHandover(await packageRoot(tree));
        clearInterval(looking);
        await tree.close();
        process.stdout.write(`handover ${profile.id} of ${ITEMS} items: ${(peak - before) >> 20} MB more\n`);
        expect(report.findings).toEqual([]);
        expect(report.items).toBe(ITEMS);
        expect(peak - before).toBeLessThan(256 << 20);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  );
});

import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createFolderDigest } from './folderDigest.ts';

const digestOf = (path: string) => createHash('sm3').update(path).digest('hex');

it('is over lines in the order of the paths’ bytes, whether they were sorted in memory or in parts on the disk', async () => {
  const scratch = await mkdtemp(join(tmpdir(), 'lantai-folder-digest-'));
  const paths = fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1 }), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(paths, fc.constantFrom(2000, 3000, 1 << 20), async (all, bytes) => {
      const plain = createHash('sha256');
      const sorted = all.map((p) => Buffer.from(p)).sort(Buffer.compare);
      for (const path of sorted) plain.update(`${digestOf(path.toString())}  ${path.toString()}\n`);
      await using folder = createFolderDigest('sha256', { scratch, bytes });
      for (const path of all) await folder.add(path, digestOf(path));
      expect(await folder.done()).toBe(plain.digest('hex'));
    }),
    { numRuns: 60 },
  );
  expect(await readdir(scratch)).toEqual([]);
  await rm(scratch, { recursive: true });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeBag } from '#formats/bagit';
import { createDigestPool } from '#kernel/checksums';
import { depsOf, holdingsOf, inEmptyHouse, system } from '../../../test/support/furnishedHouse.ts';
import { createPackages } from './index.ts';

const pool = createDigestPool(1);
let out: string;
beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'lantai-foreign-'));
});
afterAll(async () => {
  await rm(out, { recursive: true });
  await pool.close();
});

describe('a bag of another product', () => {
  it('comes in as an entry with one for each folder; equal files in two folders are two', {
    timeout: 60_000,
  }, async () => {
    const path = join(out, 'foreign.tar');
    await writeBag(path, {
      ...{ wrapper: 'tar', name: 'foreign', date: new Date(0) },
      info: [
        ['External-Description', '移交材料'],
        ['Contact-Name', '某'],
      ],
      files: [
        { path: 'a/1.txt', content: '同', bytes: 3 },
        { path: 'b/1.txt', content: '同', bytes: 3 },
        { path: 'b/2.bin', content: Buffer.from([0, 1, 2]), bytes: 3 },
      ],
    });
    await inEmptyHouse(async (to) => {
      const order = { path, archive: '990111' };
      expect(await to.house.packages.ingest(system, order)).toMatchObject({
        ...{ accepted: false, findings: [{ code: 'ingest.fondsWanted' }] },
      });
      const done = await to.house.packages.ingest(system, { ...order, fonds: 'J077' });
      expect(done).toMatchObject({ accepted: true, entries: 3, files: 3, newFiles: 3 });
      const { rows } = await holdingsOf(to);
      expect(
        rows.map((r) => [r.level, r.title, (r.content as unknown[] | null)?.length ?? 0]).sort(),
      ).toEqual([
        ['file', '移交材料', 0],
        ['item', 'a', 1],
        ['item', 'b', 2],
      ]);
      expect(await to.house.packages.ingest(system, { ...order, fonds: 'J077' })).toMatchObject({
        ...{ accepted: true, newEntries: 0, newFiles: 0 },
      });
    });
  });

  it('changed after it was judged is not taken for what its manifest says', {
    timeout: 60_000,
  }, async () => {
    const path = join(out, 'changing');
    await writeBag(path, {
      ...{ wrapper: 'folder', name: 'changing', date: new Date(0), algorithms: ['md5'] },
      files: [{ path: 'a/1.txt', content: '真' }],
    });
    await inEmptyHouse(async (to) => {
      const deps = depsOf(to, pool);
      const changing = createPackages({
        ...deps,
        holdings: {
          ...deps.holdings,
          takeUnits: async (...asked) => {
            await writeFile(join(path, 'data/a/1.txt'), '假');
            return deps.holdings.takeUnits(...asked);
          },
        },
      });
      const order = { path, archive: '990111', fonds: 'J077' };
      await expect(changing.ingest(system, order)).rejects.toMatchObject({ code: 'ingest.contentDiffers' });
      expect(Object.keys((await holdingsOf(to)).bytes)).toEqual([]);
    });
  });
});

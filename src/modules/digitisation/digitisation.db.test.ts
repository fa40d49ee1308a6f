import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesystemReader, validateRoot } from '#formats/ocfl';
import { createDigestPool } from '#kernel/checksums';
import { archivesScope } from '#kernel/db';
import { find } from '#modules/search';
import { ALL } from '../../../test/support/house.ts';
import { readsAllWorksOn } from '../../../test/support/limited.ts';
import { type ScanningHouse, scanningHouse } from '../../../test/support/scanning.ts';

let scanning: ScanningHouse;
const ids: Record<string, string> = {};

beforeAll(async () => {
  scanning = await scanningHouse();
  for (const code of ['J019-WS·2003·D30-0012', 'J019-WS·2003·D30-0013', 'J019-WS·2003·D30-0014'])
    ids[code.slice(-4)] = await scanning.addUnit(code);
});
afterAll(() => scanning.close());

async function scans(): Promise<string> {
  const dir = join(scanning.folder, 'disc');
  await mkdir(join(dir, 'J019-WS.2003.D30-0013'), { recursive: true });
  const page = (shade: number) =>
    sharp({ create: { width: 400, height: 560, channels: 3, background: { r: shade, g: shade, b: shade } } })
      .jpeg()
      .toBuffer();
  await writeFile(join(dir, 'J019-WS_2003_D30-0012_002.jpg'), await page(240));
  await writeFile(join(dir, 'J019-WS_2003_D30-0012_001.jpg'), await page(250));
  await writeFile(join(dir, 'J019-WS.2003.D30-0013', '1.txt'), '关于發放救濟糧的通知\n全县各公社');
  await writeFile(
    join(dir, 'J019-WS·2003·D30-0014_001.jpg'),
    'not a picture at all, whatever its name says\x00',
  );
  await writeFile(join(dir, '未知-999.jpg'), await page(200));
  await writeFile(join(dir, 'Thumbs.db'), 'junk');
  return dir;
}

describe('taking scans in', () => {
  it('matches names to entries, holds what is good, lists what is not, and does so once', async () => {
    const dir = await scans();
    const first = await scanning.importFolder(dir);
    expect(first.matched.counts).toMatchObject({ files: 5, matched: 4, unmatched: 1, units: 3 });
    expect(first.done).toMatchObject({ state: 'done', counts: { held: 3, rejected: 1, unmatched: 1 } });

    const pages = await scanning.preservation.pages(scanning.archivist, ids['0012']!);
    expect(pages.map((p) => [p.pageNo, p.width, p.height])).toEqual([
      [1, 400, 560],
      [2, 400, 560],
    ]);
    const held = await scanning.preservation.contents(scanning.archivist, ids['0012']!);
    expect(held.map((c) => c.originalName)).toEqual([
      'J019-WS_2003_D30-0012_001.jpg',
      'J019-WS_2003_D30-0012_002.jpg',
    ]);
    const { file } = await scanning.preservation.pageFile(scanning.archivist, ids['0012']!, 1);
    expect(
      (await readFile(await file.localPath())).equals(
        await readFile(join(dir, 'J019-WS_2003_D30-0012_001.jpg')),
      ),
    ).toBe(true);

    const again = await scanning.importFolder(dir);
    expect(again.done.counts).toMatchObject({ held: 0, known: 3, rejected: 1, unmatched: 1 });
    expect(await scanning.preservation.repository.listVersions(`urn:uuid:${ids['0012']}`)).toHaveLength(1);
  });

  it('takes a post for the whole archive, since files find their entries by name', async () => {
    const { house, digitisation, archivist, folder } = scanning;
    const documents = readsAllWorksOn(house, 'WS');
    const disc = { archiveId: house.county, from: { folder } };
    const forbidden = { code: 'actor.forbidden' };
    await expect(digitisation.begin(documents, disc)).rejects.toMatchObject(forbidden);
    const id = await digitisation.begin(archivist, disc);
    await expect(digitisation.run(documents, id)).rejects.toMatchObject(forbidden);
  });

  it('leaves a storage root that is valid OCFL', async () => {
    const report = await validateRoot(
      filesystemReader(join(scanning.folder, 'storage'), createDigestPool(1)),
    );
    expect(report.findings.filter((f) => f.severity === 'error')).toEqual([]);
  });

  it('finds the text of a page in either script, for those who may see it', async () => {
    await scanning.run('read-text', { unitId: ids['0013'] });
    for (const q of ['发放救济粮', '發放救濟糧']) {
      const staff = await scanning.house.db.as(archivesScope([scanning.house.county]), (tx) =>
        find(tx, { q }),
      );
      expect(staff.hits.map((h) => h.id)).toEqual([ids['0013']]);
      expect(staff.hits[0]!.snippets[0]).toMatchObject({ page: 1 });
      expect(
        (await scanning.house.db.as(archivesScope([scanning.house.neighbour]), (tx) => find(tx, { q })))
          .total,
      ).toBe(0);
    }
  });

  it('shows another archive neither pages nor text', async () => {
    const stranger = scanning.house.person(ALL, scanning.house.neighbour);
    expect(await scanning.preservation.pages(stranger, ids['0012']!)).toEqual([]);
    expect(await scanning.digitisation.pageText(stranger, ids['0013']!, 1)).toBeUndefined();
    await expect(scanning.preservation.pageFile(stranger, ids['0012']!, 1)).rejects.toMatchObject({
      code: 'page.notFound',
    });
  });
});

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ScanningHouse, scanningHouse } from '../../../test/support/scanning.ts';

let scans: ScanningHouse;
const ids: Record<string, string> = {};

beforeAll(async () => {
  scans = await scanningHouse();
  for (const code of [
    'J019-WS·2018-0003-001',
    'J019-WS·2018-0004',
    'J019-WS·2018-0005',
    'J019-WS·2018-005',
    'J019-WS·2018-0006',
    'J019-WS·2018-0006-002',
    'J019-WS·2018-7',
    'J019-WS·2018-0007',
  ])
    ids[code] = await scans.addUnit(code);
});
afterAll(() => scans.close());

let discs = 0;
async function disc(...names: string[]): Promise<string> {
  const dir = join(scans.folder, `disc-${discs++}`);
  await mkdir(dir, { recursive: true });
  for (const [i, name] of names.entries()) {
    const background = { r: 40 * i, g: 200, b: 200 };
    await writeFile(
      join(dir, name),
      await sharp({ create: { width: 60, height: 80, channels: 3, background } })
        .jpeg()
        .toBuffer(),
    );
  }
  return dir;
}

const outcome = (files: Awaited<ReturnType<ScanningHouse['importFolder']>>['files']) =>
  Object.fromEntries(files.map((f) => [f.path, [f.state, f.code, f.unitId, f.pageNo]]));

describe('names of scans without leading zeros', () => {
  it('match the one entry that fits, said so in the preview and afterwards', async () => {
    const dir = await disc('J019-WS-2018-3-1.jpg', 'J19-WS-2018-4_02.jpg');
    const { matched, preview, done, files } = await scans.importFolder(dir);
    expect(matched.counts).toMatchObject({ matched: 2, loose: 2 });
    expect(outcome(preview)).toEqual({
      'J019-WS-2018-3-1.jpg': ['matched', 'scan.loose', ids['J019-WS·2018-0003-001'], null],
      'J19-WS-2018-4_02.jpg': ['matched', 'scan.loose', ids['J019-WS·2018-0004'], 2],
    });
    expect(done.counts).toMatchObject({ held: 2, loose: 2 });
    expect(files.map((f) => [f.state, f.code])).toEqual([
      ['held', 'scan.loose'],
      ['held', 'scan.loose'],
    ]);
  });

  it('are listed, not guessed, when several entries fit', async () => {
    const { preview } = await scans.importFolder(
      // Two entries that differ in zeros alone; an item, or a page of the file above it.
      await disc('J019-WS-2018-5.jpg', 'J019-WS-2018-6-2.jpg'),
    );
    expect(outcome(preview)).toEqual({
      'J019-WS-2018-5.jpg': ['unmatched', 'scan.ambiguous', null, null],
      'J019-WS-2018-6-2.jpg': ['unmatched', 'scan.ambiguous', null, null],
    });
    expect(preview[0]!.message).toContain('J019-WS·2018-005');
  });

  it('belong where a rule leaves one reading', async () => {
    const { preview } = await scans.importFolder(await disc('J019-WS-2018-6-2.jpg'), '{refcode}.{ext}');
    expect(outcome(preview)).toEqual({
      'J019-WS-2018-6-2.jpg': ['matched', 'scan.loose', ids['J019-WS·2018-0006-002'], null],
    });
  });

  it('give way to the entry whose code is written as in the name', async () => {
    const { matched, preview } = await scans.importFolder(await disc('J019-WS-2018-7_1.jpg'));
    expect(outcome(preview)).toEqual({
      'J019-WS-2018-7_1.jpg': ['matched', null, ids['J019-WS·2018-7'], 1],
    });
    expect(matched.counts.loose).toBe(0);
  });
});

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ScanningHouse, scanningHouse } from '../../../test/support/scanning.ts';

let scans: ScanningHouse;
beforeAll(async () => {
  scans = await scanningHouse();
  await scans.addUnit('J019-WS·2018-0001');
  await scans.addUnit('J019-WS·2018-0002');
});
afterAll(() => scans.close());

describe('a folder with files that break off', () => {
  it('has them refused with the reason, and the others taken in', async () => {
    const dir = join(scans.folder, 'cut');
    await mkdir(dir);
    const page = sharp({ create: { width: 600, height: 800, channels: 3, background: '#eeeeee' } });
    const [jpeg, png, tiff] = await Promise.all([
      page.clone().jpeg().toBuffer(),
      page.clone().png().toBuffer(),
      page.clone().tiff().toBuffer(),
    ]);
    const pdf = Buffer.from(`%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\n${'%'.repeat(500)}`);
    await writeFile(join(dir, 'J019-WS-2018-0001_001.jpg'), jpeg);
    await writeFile(join(dir, 'J019-WS-2018-0001_002.jpg'), jpeg.subarray(0, jpeg.length * 0.8));
    await writeFile(join(dir, 'J019-WS-2018-0001_003.png'), png.subarray(0, png.length * 0.8));
    await writeFile(join(dir, 'J019-WS-2018-0001_004.tif'), tiff.subarray(0, tiff.length * 0.8));
    await writeFile(join(dir, 'J019-WS-2018-0001_005.pdf'), pdf);
    await writeFile(join(dir, 'J019-WS-2018-0002_001.png'), png);
    const { done, files } = await scans.importFolder(dir);
    expect(done).toMatchObject({ state: 'done', counts: { held: 2, rejected: 4 } });
    expect(Object.fromEntries(files.map((f) => [f.path.slice(-7), [f.state, f.code]]))).toEqual({
      '001.jpg': ['held', null],
      '002.jpg': ['rejected', 'image.truncated'],
      '003.png': ['rejected', 'image.truncated'],
      '004.tif': ['rejected', 'image.truncated'],
      '005.pdf': ['rejected', 'pdf.truncated'],
      '001.png': ['held', null],
    });
  });
});

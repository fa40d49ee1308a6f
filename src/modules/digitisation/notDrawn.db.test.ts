import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ofdDocument } from '#formats/ofd/testing';
import { systemActor } from '#kernel/actor';
import { sql } from '#kernel/db';
import { createRenditions, pageViewer } from '#modules/preservation';
import { type ScanningHouse, scanningHouse } from '../../../test/support/scanning.ts';

let scanning: ScanningHouse;
let unit: string;

const words =
  '<TextObject ID="5" Font="1" Size="10" Boundary="0 0 100 100"><TextCode X="10" Y="30">发文稿纸一页文字十字以上</TextCode></TextObject>';
const glyph = `<TextObject ID="6" Font="1" Size="10" Boundary="0 0 100 100"><CGTransform CodePosition="0" CodeCount="1"
  GlyphCount="1"><Glyphs>7</Glyphs></CGTransform><TextCode X="10" Y="60"></TextCode></TextObject>`;
const picture = '<ImageObject ID="7" ResourceID="70" Boundary="0 0 10 10"/>';

beforeAll(async () => {
  scanning = await scanningHouse();
  unit = await scanning.addUnit('J019-WS·2003·D30-0031');
  const dir = join(scanning.folder, 'documents');
  await mkdir(dir);
  await writeFile(
    join(dir, 'J019-WS·2003·D30-0031.ofd'),
    ofdDocument([words, words + glyph + picture], { 1: null }),
  );
  await scanning.importFolder(dir);
  await scanning.run('read-text', { unitId: unit });
});
afterAll(() => scanning.close());

const pages = () => scanning.preservation.pages(scanning.archivist, unit);
const LACKS = [
  { kind: 'image.missing', count: 1 },
  { kind: 'letter.noGlyph', count: 1 },
];

describe('what the picture of a page does not show', () => {
  it('is kept with the page when its text is read, and letters without characters with its text', async () => {
    expect((await pages()).map((p) => p.notDrawn)).toEqual([[], LACKS]);
    const text = (n: number) => scanning.digitisation.pageText(scanning.archivist, unit, n);
    expect([(await text(1))?.nameless, (await text(2))?.nameless]).toEqual([0, 1]);
  });

  it('of a page read before it was asked for is found when the page is first shown', async () => {
    await sql`update preservation.page set not_drawn = null where unit_id = ${unit}`.execute(
      scanning.house.db.owner,
    );
    const viewer = pageViewer(scanning.preservation, createRenditions(join(scanning.folder, 'renditions')));
    await Promise.all([1, 2].map(() => viewer.pyramid(systemActor('lantai'), unit, 2)));
    expect((await pages()).map((p) => p.notDrawn)).toEqual([null, LACKS]);
  });
});

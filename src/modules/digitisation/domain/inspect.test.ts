import { rmSync } from 'node:fs';
import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../test/support/temporaryFolder.ts';
import { inspectFile, pdfTime } from './inspect.ts';
import { openPages } from './pageSource.ts';

const folder = temporaryFolder('lantai-inspect-');
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);
const picture = () => sharp({ create: { width: 40, height: 30, channels: 3, background: '#fff' } });

/** A PDF of one empty page with a word about itself. */
function pdf(): Buffer {
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 200]>>',
    "<</Producer(Scan Station 2)/CreationDate(D:20260301101112+08'00')>>",
  ];
  let text = '%PDF-1.5\n';
  const offsets = objects.map((object, i) => {
    const offset = text.length;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = text.length;
  text += `xref\n0 5\n0000000000 65535 f \n${offsets.map((o) => `${String(o).padStart(10, '0')} 00000 n \n`).join('')}`;
  return Buffer.from(`${text}trailer<</Size 5/Root 1 0 R/Info 4 0 R>>\nstartxref\n${table}\n%%EOF`, 'latin1');
}

describe('what a file says of itself', () => {
  it('of a TIFF is size, resolution, depth and compression', async () => {
    // 11.811 dots a millimetre.
    const tiff = picture().toColourspace('b-w').tiff({ compression: 'deflate', xres: 11.811, yres: 23.622 });
    await tiff.toFile(at('a.tif'));
    expect((await inspectFile(at('a.tif'))).technical).toEqual({
      format: 'TIFF',
      width: 40,
      height: 30,
      bitDepth: 8,
      samples: 1,
      colourSpace: 'b-w',
      pages: 1,
      xDpi: 300,
      yDpi: 600,
      compression: 'Deflate',
    });
    await picture()
      .threshold()
      .toColourspace('b-w')
      .tiff({ compression: 'ccittfax4', bitdepth: 1 })
      .toFile(at('b.tif'));
    expect((await inspectFile(at('b.tif'))).technical).toMatchObject({
      bitDepth: 1,
      compression: 'CCITT Group 4',
    });
  });

  it('of a JPEG is that, how it is turned, and whether it has a profile', async () => {
    await picture().withMetadata({ density: 300, orientation: 6 }).jpeg().toFile(at('a.jpg'));
    const { technical, pages } = await inspectFile(at('a.jpg'));
    expect(technical).toMatchObject({ format: 'JPEG', width: 40, height: 30, orientation: 6, xDpi: 300 });
    expect(technical).toMatchObject({ iccProfile: true, compression: 'JPEG', colourSpace: 'srgb' });
    expect(pages).toEqual([{ width: 30, height: 40 }]);
  });

  it('of a PDF is its version, the program and the time', async () => {
    await writeFile(at('a.pdf'), pdf());
    const { technical } = await inspectFile(at('a.pdf'));
    const made = '2026-03-01T10:11:12+08:00';
    expect(technical).toEqual({
      format: 'PDF',
      formatVersion: '1.5',
      pages: 1,
      software: 'Scan Station 2',
      made,
    });
  });

  it('says of every file what was looked at, and what was not', async () => {
    await writeFile(at('a.txt'), '石桥县');
    const { checks } = await inspectFile(at('a.txt'));
    expect(checks.filter((c) => c.outcome === 'not performed')).toMatchObject([
      { check: 'scanned for viruses' },
    ]);
    expect(checks.filter((c) => c.outcome === 'passed').map((c) => c.check)).toEqual([
      'format identified',
      'opened and whole',
      'pages counted',
      'digests calculated',
      'technical metadata read',
    ]);
  });

  it.each([
    ["D:20260301101112+08'00'", '2026-03-01T10:11:12+08:00'],
    ['D:20260301101112Z', '2026-03-01T10:11:12Z'],
    ['D:20260301101112', '2026-03-01T10:11:12'],
    ['last spring', undefined],
    [undefined, undefined],
  ])('reads the time %s of a PDF as %s', (text, expected) => {
    expect(pdfTime(text)).toBe(expected);
  });
});

describe('a text file', () => {
  const content = async (name: string) => {
    const file = { mediaType: 'text/plain', localPath: async () => at(name), path: at(name) };
    return (await openPages(file as never)).content({} as never);
  };
  it('with zero characters in it is read without them', async () => {
    await writeFile(at('zero.txt'), `${'a'.repeat(5000)}\0b`);
    expect(await content('zero.txt')).toMatchObject({ text: `${'a'.repeat(5000)}b` });
  });
  it('too long for any memory is refused, not read', async () => {
    await writeFile(at('long.txt'), 'a');
    await truncate(at('long.txt'), 40 * 2 ** 30);
    await expect(content('long.txt')).rejects.toMatchObject({ code: 'text.tooLong' });
  });
});

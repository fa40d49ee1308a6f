import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPdf, pdfPageCount, readPdfText, renderPdfPage } from './index.ts';
import { joinRuns } from './layout.ts';

async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const page of pages) list.push(page);
  return list;
}

/** A PDF of numbered objects, the first of them the catalogue. */
function pdf(objects: readonly string[]): Buffer {
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const at = text.length;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  for (const at of offsets) text += `${String(at).padStart(10, '0')} 00000 n \n`;
  text += `trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${table}\n%%EOF`;
  return Buffer.from(text, 'latin1');
}

const stream = (body: string, entries = '') =>
  `<<${entries}/Length ${body.length}>>\nstream\n${body}\nendstream`;
const page = (resources: string) => [
  '<</Type/Catalog/Pages 2 0 R>>',
  '<</Type/Pages/Kids[3 0 R]/Count 1>>',
  `<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 200]/Resources<<${resources}>>/Contents 4 0 R>>`,
];

/** A Chinese font that is named but not embedded. */
function chinese(text: string): Buffer {
  const hex = [...text].map((c) => c.charCodeAt(0).toString(16).padStart(4, '0')).join('');
  return pdf([
    ...page('/Font<</F1 5 0 R>>'),
    stream(`BT /F1 36 Tf 40 100 Td <${hex}> Tj ET`),
    '<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[6 0 R]>>',
    '<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/FontDescriptor 7 0 R' +
      '/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>',
    '<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0' +
      '/Ascent 880/Descent -120/CapHeight 880/StemV 93>>',
  ]);
}

describe('reading a PDF', () => {
  let folder: string;
  const at = (name: string) => join(folder, name);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pdf-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('gives the text and its places, also of a Chinese font that is not embedded, and draws it', async () => {
    await writeFile(at('han.pdf'), chinese('档案馆出具证明'));
    const pages = await all(readPdfText(at('han.pdf'), { words: true }));
    expect(pages).toHaveLength(1);
    expect(pages[0]).toMatchObject({
      text: '档案馆出具证明',
      width: 400,
      height: 200,
      hasText: true,
      scanned: false,
    });
    expect(pages[0]?.words?.[0]).toMatchObject({ x: 0.1 });
    const { data, width, height, mime } = await renderPdfPage(at('han.pdf'), 1, { dpi: 72, format: 'png' });
    expect([width, height, mime]).toEqual([400, 200, 'image/png']);
    const { channels } = await sharp(data).greyscale().stats();
    expect(channels[0]?.min).toBeLessThan(80);
  });

  it('tells a scanned page from one with text', async () => {
    const image = stream(
      '\0'.repeat(100),
      '/Type/XObject/Subtype/Image/Width 10/Height 10/ColorSpace/DeviceGray/BitsPerComponent 8',
    );
    await writeFile(
      at('scan.pdf'),
      pdf([...page('/XObject<</I 5 0 R>>'), stream('q 400 0 0 200 0 0 cm /I Do Q'), image]),
    );
    const pages = await all(readPdfText(at('scan.pdf')));
    expect(pages[0]).toMatchObject({ text: '', hasText: false, scanned: true });
  });

  it('refuses what is no PDF, and a page that is not there', async () => {
    await writeFile(at('no.pdf'), 'This is no PDF.');
    await expect(pdfPageCount(at('no.pdf'))).rejects.toMatchObject({ code: 'pdf.broken' });
    await writeFile(at('one.pdf'), chinese('一'));
    const opened = await openPdf(at('one.pdf'));
    await expect(opened.text(2)).rejects.toMatchObject({ code: 'pdf.noSuchPage' });
    expect((await opened.text(1)).text).toBe('一');
    await opened.close();
  });
});

describe('joining the runs of a page', () => {
  const run = (str: string, x: number, y: number, width: number, hasEOL = false) => ({
    str,
    transform: [10, 0, 0, 10, x, y],
    width,
    height: 10,
    hasEOL,
  });

  it('puts spaces between Latin words, none between Han characters', () => {
    expect(
      joinRuns([
        run('Form', 0, 0, 20),
        run('A', 30, 0, 5, true),
        run('档', 0, -12, 10),
        run('案', 14, -12, 10),
      ]),
    ).toBe('Form A\n档案');
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openOfd } from './index.ts';
import { lettersOf } from './letters.ts';
import { ofdDocument } from './testing/document.ts';
import { rectangleFont } from './testing/font.ts';
import { parseXml } from './xml.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ofd-glyphs-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Glyph 0 is the box that stands for what is missing; 1 is the left half of the square, 2 the right. */
const HALVES = rectangleFont([
  [400, 400, 600, 600],
  [0, 0, 500, 1000],
  [500, 0, 1000, 1000],
]);
const UPPER = rectangleFont([
  [400, 400, 600, 600],
  [0, 500, 1000, 1000],
]);

/** Text of size 40 that stands in the square from (30, 30) to (70, 70). */
const text = (inner: string, font = 1) =>
  `<TextObject ID="5" Font="${font}" Size="40" Boundary="0 0 100 100">${inner}</TextObject>`;
const glyphs = (list: string, code = '', at = 'X="30" Y="70"') =>
  `<CGTransform CodePosition="0" CodeCount="1" GlyphCount="1"><Glyphs>${list}</Glyphs></CGTransform>` +
  `<TextCode ${at}>${code}</TextCode>`;

/** Whether the page is dark in its quarters of the square: upper left, upper right, lower left, lower right. */
async function drawn(pages: string[], fonts: Record<string, Buffer | null>, page = 1) {
  const path = join(folder, 'a.ofd');
  await writeFile(path, ofdDocument(pages, fonts));
  const ofd = await openOfd(path);
  try {
    const { data, notDrawn } = await ofd.render(page, { maxSide: 100 });
    const { data: pixels, info } = await sharp(data).greyscale().raw().toBuffer({ resolveWithObject: true });
    const dark = (x: number, y: number) => pixels[y * info.width * info.channels + x * info.channels]! < 128;
    const quarters = [dark(40, 40), dark(60, 40), dark(40, 60), dark(60, 60)];
    return { quarters: quarters.map(Number).join(''), notDrawn, text: await ofd.text(page) };
  } finally {
    await ofd.close();
  }
}

describe('text of an OFD given by numbers of glyphs', () => {
  it('is drawn with the glyphs of the embedded font, whatever its characters are', async () => {
    expect(await drawn([text(glyphs('1', '甲'))], { 1: HALVES })).toMatchObject({
      quarters: '1010',
      notDrawn: [],
      text: { text: '甲', nameless: 0 },
    });
    expect(await drawn([text(glyphs('2'))], { 1: HALVES })).toMatchObject({
      quarters: '0101',
      notDrawn: [],
      text: { hasText: false, nameless: 1 },
    });
  });

  it('is told as not drawn where the font is not there', async () => {
    const { quarters, notDrawn } = await drawn([text(glyphs('2'))], { 1: null });
    expect(quarters).toBe('0000');
    expect(notDrawn).toEqual([{ kind: 'letter.noGlyph', count: 1 }]);
    expect((await drawn([text(glyphs('1', '田'))], { 1: null })).notDrawn).toEqual([]);
  });

  it('is told as not drawn where no font has the character', async () => {
    const missing = `<TextCode X="30" Y="70">\u0e24</TextCode>`;
    expect((await drawn([text(missing)], { 1: null })).notDrawn).toEqual([
      { kind: 'letter.noFont', count: 1 },
    ]);
  });

  it('is counted where it is not drawn, as are objects and pictures that are not there', async () => {
    const page = [
      text(glyphs('1')),
      text(glyphs('2')),
      '<ImageObject ID="7" ResourceID="70" Boundary="0 0 10 10"/>',
      '<CompositeObject ID="8" ResourceID="80" Boundary="0 0 10 10"/>',
    ];
    expect((await drawn([page.join('')], { 1: null })).notDrawn).toEqual([
      { kind: 'image.missing', count: 1 },
      { kind: 'letter.noGlyph', count: 2 },
      { kind: 'object.missing', count: 1 },
    ]);
  });

  it('is drawn with each document’s own font, one after the other and side by side', async () => {
    const left = () => drawn([text(glyphs('1'))], { 1: HALVES });
    const upper = () => drawn([text(glyphs('1'))], { 1: UPPER });
    expect((await left()).quarters).toBe('1010');
    expect((await upper()).quarters).toBe('1100');
    const two = [text(glyphs('1')), text(glyphs('1'), 2)];
    expect((await drawn(two, { 1: HALVES, 2: UPPER }, 1)).quarters).toBe('1010');
    expect((await drawn(two, { 1: HALVES, 2: UPPER }, 2)).quarters).toBe('1100');
  });
});

describe('the letters of a text object', () => {
  const letters = (inner: string) =>
    lettersOf(parseXml(Buffer.from(`<TextObject Size="10">${inner}</TextObject>`), 'x')).map(
      ({ letter, glyph, x }) => [letter, glyph, x],
    );
  const transform = (position: number, codes: number, list: string) =>
    `<CGTransform CodePosition="${position}" CodeCount="${codes}" GlyphCount="9"><Glyphs>${list}</Glyphs></CGTransform>`;

  it('are counted by what is drawn: a ligature moves on once', () => {
    expect(letters(`${transform(1, 2, '7')}<TextCode X="0" DeltaX="4 5">afib</TextCode>`)).toEqual([
      ['a', undefined, 0],
      ['fi', 7, 4],
      ['b', undefined, 9],
    ]);
  });

  it('are given once for a character drawn by several glyphs', () => {
    expect(letters(`${transform(0, 1, '7 8')}<TextCode X="0" DeltaX="4 5">ab</TextCode>`)).toEqual([
      ['a', 7, 0],
      ['', 8, 4],
      ['b', undefined, 9],
    ]);
  });

  it('keep their places where one list serves several pieces of text', () => {
    const two = `${transform(0, 1, '5')}${transform(3, 1, '6')}<TextCode X="0">ab</TextCode><TextCode X="50">cd</TextCode>`;
    expect(letters(two).map(([letter, glyph]) => [letter, glyph])).toEqual([
      ['a', 5],
      ['b', undefined],
      ['c', undefined],
      ['d', 6],
    ]);
  });
});

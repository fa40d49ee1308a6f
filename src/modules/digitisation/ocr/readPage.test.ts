import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { LineBox, RawLine, Recogniser } from './reading.ts';
import { readPage } from './readPage.ts';

const WIDTH = 600;
const LINES = 6;
const box = (i: number): LineBox => ({ x0: 40, y0: 60 + i * 80, x1: 560, y1: 90 + i * 80 });

/** A sheet with six dark bars where lines would be, or none. */
async function sheet(lines = LINES): Promise<Buffer> {
  const bar = { create: { width: 520, height: 30, channels: 3 as const, background: '#202020' } };
  const input = await sharp(bar).png().toBuffer();
  return sharp({ create: { width: WIDTH, height: 620, channels: 3, background: '#f6f2e8' } })
    .composite(Array.from({ length: lines }, (_, i) => ({ input, left: 40, top: 60 + i * 80 })))
    .png()
    .toBuffer();
}

/** Reads ten characters a line, each as sure as told; finds the given number of lines. */
function reader(confidence: number | null, found = LINES): Recogniser {
  const word = (b: LineBox) => ({
    confidence: confidence ?? 0,
    symbols: Array.from({ length: 10 }, (_, i) => {
      const step = (b.x1 - b.x0) / 10;
      return {
        text: '档',
        confidence: confidence ?? 0,
        x0: b.x0 + i * step,
        y0: b.y0,
        x1: b.x0 + (i + 1) * step,
        y1: b.y1,
      };
    }),
  });
  const lines: RawLine[] =
    confidence === null ? [] : Array.from({ length: LINES }, (_, i) => ({ words: [word(box(i))] }));
  return {
    read: async () => lines,
    findLines: async () => Array.from({ length: found }, (_, i) => box(i)),
  };
}

const poor = async (recogniser: Recogniser, image: Buffer) =>
  (await readPage(recogniser, image, { languages: ['zh-Hans'] })).poor;

describe('whether a reading is poor', () => {
  it('is told by its confidence, as it was measured against errors', async () => {
    const image = await sheet();
    expect(await poor(reader(70), image)).toBe(true);
    expect(await poor(reader(74), image)).toBe(true);
    expect(await poor(reader(78), image)).toBe(false);
    expect(await poor(reader(93), image)).toBe(false);
  });

  it('is said of a page with writing on which nothing could be read', async () => {
    expect(await poor(reader(null), await sheet())).toBe(true);
  });

  it('is not said of a blank page', async () => {
    expect(await poor(reader(null, 0), await sheet(0))).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { blank, cut, darkOnLight, type Grey, parting, paste, turned } from './grey.ts';
import { takeOutRules } from './ruledLines.ts';
import { skewOf } from './skew.ts';
import { charactersOf, layOut } from './strips.ts';

const fill = (sheet: Grey, x: number, y: number, w: number, h: number) => paste(sheet, blank(w, h, 0), x, y);
const ink = (picture: Grey) => picture.data.reduce((n, v) => n + (v < 128 ? 1 : 0), 0);

/** Lines of little blocks, as writing looks from afar. */
function writing(width: number, height: number): Grey {
  const sheet = blank(width, height);
  for (let y = 40; y < height - 40; y += 30)
    for (let x = 40; x < width - 40; x += 18) fill(sheet, x, y, 11, 14);
  return sheet;
}

describe('preparing a page', () => {
  it('turns light writing on dark ground round', () => {
    const night = blank(50, 50, 10);
    paste(night, blank(10, 10, 240), 5, 5);
    const day = darkOnLight(night);
    expect(ink(day)).toBe(100);
    const { threshold } = parting(day);
    expect(threshold > 15 && threshold <= 245).toBe(true);
  });

  it('takes ruled lines out and leaves the strokes that cross them', () => {
    const sheet = blank(400, 200);
    fill(sheet, 0, 100, 400, 2);
    fill(sheet, 200, 90, 4, 24);
    fill(sheet, 50, 30, 12, 2);
    const { picture, across, down } = takeOutRules(sheet, 60, 3);
    expect([across, down]).toEqual([1, 0]);
    expect(ink(cut(picture, 0, 95, 190, 12))).toBe(0);
    expect(ink(cut(picture, 195, 88, 12, 30))).toBeGreaterThan(80);
    expect(ink(cut(picture, 45, 25, 20, 10))).toBe(24);
  });

  it('measures the lean of the lines', async () => {
    const page = writing(800, 600);
    expect(skewOf(page)).toBe(0);
    for (const lean of [-2, 1.5]) expect(skewOf(await turned(page, lean))).toBeCloseTo(lean, 0);
  });
});

describe('vertical writing', () => {
  it('is cut into its characters, which are laid side by side', async () => {
    const page = blank(60, 400);
    for (let i = 0; i < 8; i++) fill(page, 12, 20 + i * 40, 28, 28);
    const column = { x0: 10, y0: 15, x1: 42, y1: 335 };
    const cells = charactersOf(page, column);
    expect(cells).toHaveLength(8);
    const sheet = await layOut(page, [column], 28);
    expect(sheet.picture.width).toBeGreaterThan(sheet.picture.height);
    const third = sheet.origin({ text: '三', confidence: 90, x0: 95, x1: 110, y0: 30, y1: 50 });
    expect(third?.box.y0).toBeGreaterThan(column.y0);
    expect(third?.box.y1).toBeLessThan(column.y1);
  });
});

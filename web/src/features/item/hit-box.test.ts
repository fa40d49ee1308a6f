import { describe, expect, it } from 'vitest';
import { hitBox } from './hit-box.ts';

const page = { width: 1000, height: 2000 };
const read = { ...page, rotation: 0 };

describe('marks on the page image', () => {
  it('stand on the found part of a horizontal line, scaled to the page', () => {
    const small = { width: 500, height: 1000, rotation: 0 };
    expect(hitBox([10, 20, 400, 30], '结婚登记', [2, 4], small, page)).toEqual([420, 40, 400, 60]);
  });
  it('stand on the found part of a vertical line', () => {
    expect(hitBox([10, 0, 20, 400], '结婚登记', [0, 2], read, page)).toEqual([10, 0, 20, 200]);
  });
  it('count wide characters twice as wide as figures', () => {
    expect(hitBox([0, 0, 80, 10], '2003年', [4, 5], read, page)?.[0]).toBeCloseTo((80 * 4) / 6);
  });
  it('find their place on a page that lies on its side', () => {
    // Stored 1000 x 2000, read after a quarter turn clockwise as 2000 x 1000: the upright top left is the stored bottom left.
    const turned = { width: 2000, height: 1000, rotation: 90 };
    expect(hitBox([0, 0, 100, 20], '登记', [0, 2], turned, page)).toEqual([0, 1900, 20, 100]);
    expect(hitBox([0, 0, 100, 20], '登记', [0, 2], { ...turned, rotation: 270 }, page)).toEqual([
      980, 0, 20, 100,
    ]);
    expect(hitBox([0, 0, 100, 20], '登记', [0, 2], { ...read, rotation: 180 }, page)).toEqual([
      900, 1980, 100, 20,
    ]);
  });
  it('are left out when sizes are not known', () => {
    expect(hitBox([0, 0, 1, 1], 'a', [0, 1], { width: null, height: null, rotation: 0 }, page)).toBeNull();
  });
});

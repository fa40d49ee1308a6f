import { describe, expect, it } from 'vitest';
import { hitBox } from './hit-box.ts';

const page = { width: 1000, height: 2000 };
describe('marks on the page image', () => {
  it('stand on the found part of a horizontal line, scaled to the page', () => {
    expect(hitBox([10, 20, 400, 30], '结婚登记', [2, 4], { width: 500, height: 1000 }, page)).toEqual([
      420, 40, 400, 60,
    ]);
  });
  it('stand on the found part of a vertical line', () => {
    expect(hitBox([10, 0, 20, 400], '结婚登记', [0, 2], page, page)).toEqual([10, 0, 20, 200]);
  });
  it('count wide characters twice as wide as figures', () => {
    expect(hitBox([0, 0, 80, 10], '2003年', [4, 5], page, page)[0]).toBeCloseTo((80 * 4) / 6);
  });
});

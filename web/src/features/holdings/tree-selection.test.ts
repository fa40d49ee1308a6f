import { describe, expect, it } from 'vitest';
import {
  countOf,
  drawnTo,
  fits,
  isChosen,
  NOTHING,
  only,
  type Picked,
  selectionOf,
  toggled,
} from './tree-selection.ts';

const at = (index: number, level = 'file', place = 'series'): Picked => ({
  id: `u${index}`,
  fondsId: 'f',
  place,
  index,
  level,
});

describe('choosing in the tree', () => {
  it('takes one, one more, and one away again', () => {
    const two = toggled(only(at(1)), at(4));
    expect(selectionOf(two).ids).toEqual(['u1', 'u4']);
    expect(countOf(toggled(two, at(1)))).toBe(1);
  });

  it('draws rows with Shift, both ways, as long as they like', () => {
    const row = drawnTo(only(at(9)), at(500_008));
    expect(countOf(row)).toBe(500_000);
    expect(isChosen(row, at(77))).toBe(true);
    expect(selectionOf(drawnTo(row, at(3)))).toEqual({ ids: [], ranges: [{ from: 'u3', to: 'u9' }] });
    expect(countOf(drawnTo(row, at(3, 'file', 'other')))).toBe(1);
    expect(countOf(toggled(row, at(77)))).toBe(0);
  });

  it('knows what may stand under what', () => {
    expect(fits(only(at(1, 'file')), 'series')).toBe(true);
    expect(fits(only(at(1, 'series')), 'file')).toBe(false);
    expect(fits(only(at(1, 'item')), 'item')).toBe(false);
    expect(fits(NOTHING, 'series')).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { findRanges, loadFoldHan, termsOf } from './fold.ts';

describe('finding the words of a query in a page', () => {
  it('finds every place', () => {
    expect(findRanges('登记与登记', '登记')).toEqual([
      [0, 2],
      [3, 5],
    ]);
  });
  it('folds width and case', () => {
    expect(findRanges('第ＡＢ１２号 ab12', 'aB12')).toEqual([
      [1, 5],
      [7, 11],
    ]);
  });
  it('folds traditional and simplified into each other', async () => {
    const han = await loadFoldHan();
    expect(findRanges('關於結婚登記的辦法', '结婚登记', han)).toEqual([[2, 6]]);
    expect(findRanges('关于结婚登记的办法', '結婚登記', han)).toEqual([[2, 6]]);
  });
  it('keeps places right beside characters outside the basic plane', () => {
    expect(findRanges('𠮷田登记', '登记')).toEqual([[3, 5]]);
  });
  it('takes quotation marks off', () => {
    expect(termsOf('“结婚 登记” "x"')).toEqual(['结婚', '登记', 'x']);
  });
});

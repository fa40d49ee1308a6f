import { describe, expect, it } from 'vitest';
import { searchedParts } from './indexed.ts';

describe('what is searched of a description', () => {
  it('is its words, free elements included, but not the numbers that count the rows of a list', () => {
    const parts = searchedParts({
      note: '原件破损',
      extra: { 序号: '771', '序 号': '12', 旧档号: '民字5号', No: '9' },
    });
    expect(parts).toEqual(['原件破损', '民字5号']);
  });
});

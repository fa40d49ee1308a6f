import { describe, expect, it } from 'vitest';
import { searchedParts } from './searched.ts';

describe('what is searched of a description', () => {
  it('is its words, free elements included, but not the numbers that count the rows of a list nor what a list calls open', () => {
    const parts = searchedParts({
      note: '原件破损',
      extra: {
        序号: '771',
        '序 号': '12',
        旧档号: '民字5号',
        No: '9',
        开放状态: '延期开放',
        'Access status': 'closed',
      },
    });
    expect(parts).toEqual(['原件破损', '民字5号']);
  });
});

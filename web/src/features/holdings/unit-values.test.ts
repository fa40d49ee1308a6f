import { describe, expect, it } from 'vitest';
import { changedFields, writeFields, wrongFields } from './unit-values.ts';

describe('what a form sends', () => {
  it('sends only what changed, columns flat and the rest as description', () => {
    const before = { title: '旧题名', year: '2003', persons: '张三', note: 'x' };
    const after = { title: '新题名 ', year: '2003', persons: '张三；李四', note: '' };
    const fields = changedFields(before, after);
    expect(fields.sort()).toEqual(['note', 'persons', 'title']);
    expect(writeFields(after, fields)).toEqual({
      title: '新题名',
      description: { persons: '张三；李四', note: null },
    });
  });
  it('sends numbers as numbers and emptied columns as null', () => {
    expect(
      writeFields({ year: '2003', pages: '', docNo: '县政发〔2003〕1号' }, ['year', 'pages', 'docNo']),
    ).toEqual({
      year: 2003,
      pages: null,
      docNo: '县政发〔2003〕1号',
    });
  });
  it('sees a missing title, a date nobody can read and a year that is none', () => {
    expect(wrongFields({ title: ' ', date: '20031301', year: '二〇〇三' })).toEqual({
      title: 'title',
      date: 'date',
      year: 'number',
    });
    expect(wrongFields({ title: 'x', date: '[19500000]-19531231', year: '1950' })).toEqual({});
    expect(wrongFields({ title: 'x', date: '2003-5-1' })).toEqual({});
  });
  it('lets stand what an old catalogue said and nobody changed', () => {
    const kept = { title: '旧题名', date: '某年春', pages: '若干' };
    expect(wrongFields({ ...kept, title: '新题名' }, kept)).toEqual({});
    expect(wrongFields({ ...kept, date: '某年秋' }, kept)).toEqual({ date: 'date' });
  });
});

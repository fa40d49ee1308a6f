import { describe, expect, it } from 'vitest';
import { EMPTY_FIELDS, type UnitFields } from '../domain/unitInput.ts';
import { type Act, inputOf, readActs, replacementOf } from './acts.ts';

const unit: UnitFields = {
  ...EMPTY_FIELDS,
  title: '关于水库的通知 (A+B)',
  referenceCode: 'J019-1',
  year: 1958,
  description: { note: '原件破损', persons: '李华' },
};
const written = (act: Act, nth = 0) => inputOf(unit, readActs([act]), nth);

describe('what is done to many entries', () => {
  it('sets, clears, puts before and behind, replaces, copies and numbers', () => {
    expect(written({ do: 'set', field: 'creator', value: '县水利局' })).toEqual({ creator: '县水利局' });
    expect(written({ do: 'clear', field: 'note' })).toEqual({ description: { note: null } });
    expect(written({ do: 'append', field: 'title', value: '。' })).toEqual({
      title: '关于水库的通知 (A+B)。',
    });
    expect(written({ do: 'prepend', field: 'dept', value: '水利' })).toEqual({
      description: { dept: '水利' },
    });
    expect(written({ do: 'copy', field: 'originalLocation', from: 'referenceCode' })).toEqual({
      description: { originalLocation: 'J019-1' },
    });
    expect(
      written({ do: 'number', field: 'itemNo', start: 7, step: 2, width: 4, before: '', after: '号' }, 3),
    ).toEqual({
      description: { itemNo: '0013号' },
    });
    expect(written({ do: 'set', field: 'own:lake', value: '镜湖' })).toEqual({
      description: { 'own:lake': '镜湖' },
    });
    expect(written({ do: 'set', field: 'year', value: '1960' })).toEqual({ year: 1960 });
  });

  it('takes every character that is sought for itself, and of the replacement too', () => {
    const find = (find: string, matchCase: boolean, to = '$&') =>
      written({ do: 'replace', field: 'title', find, with: to, matchCase });
    expect(find('(A+B)', true)).toEqual({ title: '关于水库的通知 $&' });
    expect(find('(a+b)', false)).toEqual({ title: '关于水库的通知 $&' });
    expect(find('(a+b)', true)).toEqual({});
  });

  it('leaves out what stays as it is', () => {
    expect(written({ do: 'set', field: 'note', value: '原件破损' })).toEqual({});
    expect(written({ do: 'clear', field: 'creator' })).toEqual({});
    expect(written({ do: 'replace', field: 'creator', find: 'x', with: 'y', matchCase: true })).toEqual({});
  });

  it('refuses codes, fields that are not written, one field twice, and patterns that look back', () => {
    const code = (...acts: Act[]) => {
      try {
        readActs(acts);
        return 'taken';
      } catch (e) {
        return (e as { code: string }).code;
      }
    };
    expect(code()).toBe('bulk.nothing');
    expect(code({ do: 'set', field: 'referenceCode', value: 'x' })).toBe('bulk.field');
    expect(code({ do: 'set', field: 'accessStatus', value: 'open' })).toBe('bulk.field');
    expect(code({ do: 'clear', field: 'note' }, { do: 'set', field: 'note', value: 'x' })).toBe('bulk.twice');
    expect(code({ do: 'replace', field: 'note', find: '', with: 'x', matchCase: true })).toBe('bulk.find');
    expect(code({ do: 'match', field: 'note', find: '(a)\\1', with: 'x', matchCase: true })).toBe(
      'bulk.pattern',
    );
  });

  it('writes replacements of patterns as PostgreSQL does', () => {
    expect(replacementOf('$1年\\$$ $& $x')).toBe('\\1年\\\\$ \\& $x');
  });
});

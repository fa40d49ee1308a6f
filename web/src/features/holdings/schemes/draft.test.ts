import { describe, expect, it } from 'vitest';
import {
  addElement,
  EMPTY,
  freeKey,
  isHalfWritten,
  ownKey,
  putChange,
  putElement,
  removeElement,
  reorder,
} from './draft.ts';

describe('a scheme that is being written', () => {
  it('gives a new element a free key, and its place follows it when the key changes', () => {
    const { body, key } = addElement(EMPTY, '坝型');
    expect(key).toBe(freeKey('element', []));
    const ordered = { ...body, order: [ownKey(key), 'title'] };
    expect(putElement(ordered, key, { key: 'dam' }).order).toEqual(['own:dam', 'title']);
    expect(removeElement(ordered, key)).toEqual({ ...EMPTY, order: ['title'] });
  });

  it('forgets what is said of a standard’s element when nothing of it is left', () => {
    const said = putChange(EMPTY, 'docNo', { obligations: { item: 'required' } });
    expect(said.changes).toEqual({ docNo: { obligations: { item: 'required' } } });
    expect(putChange(said, 'docNo', { obligations: {} }).changes).toEqual({});
  });

  it('is half written while a vocabulary has no terms, or an element does not say which it takes', () => {
    const { body, key } = addElement(EMPTY, '坝型');
    expect(isHalfWritten(body)).toBe(false);
    expect(isHalfWritten(putElement(body, key, { type: 'one' }))).toBe(true);
    const names = { 'zh-CN': '坝', 'zh-TW': '', en: '' };
    expect(isHalfWritten({ ...EMPTY, vocabularies: [{ key: 'dam', names, terms: [] }] })).toBe(true);
    const terms = [{ code: 'earth', names }];
    expect(isHalfWritten({ ...EMPTY, vocabularies: [{ key: 'dam', names, terms }] })).toBe(false);
  });

  it('moves an element before another, or behind all', () => {
    expect(reorder(['a', 'b', 'c'], 'c', 'a')).toEqual(['c', 'a', 'b']);
    expect(reorder(['a', 'b', 'c'], 'a', null)).toEqual(['b', 'c', 'a']);
    expect(reorder(['a', 'b'], 'a', 'z')).toEqual(['a', 'b']);
  });
});

import { describe, expect, it } from 'vitest';
import { changeState, looksLikeReferenceCode, pageSpan, readState } from './url-state.ts';

describe('state in the address', () => {
  it('reads only what it knows and leaves empty values out', () => {
    const params = new URLSearchParams('year=2003&q=&other=1');
    expect(readState(params, ['year', 'q'])).toEqual({ year: '2003' });
  });
  it('starts a list anew when a filter changes, and keeps unknown keys', () => {
    const next = changeState(new URLSearchParams('archive=A&cursor=x&from_row=51'), { year: '2003' });
    expect(next.toString()).toBe('archive=A&year=2003');
  });
  it('keeps the page when only the looked-at row changes', () => {
    const next = changeState(
      new URLSearchParams('cursor=x&from_row=51&row=a'),
      { row: 'b' },
      { keepPage: true },
    );
    expect(next.toString()).toBe('cursor=x&from_row=51&row=b');
  });
  it('takes a key away when its value is empty', () => {
    expect(changeState(new URLSearchParams('year=2003'), { year: '' }).toString()).toBe('');
  });
  it('counts the rows of a page', () => {
    expect(pageSpan(undefined, 50)).toEqual({ first: 1, last: 50 });
    expect(pageSpan('51', 4)).toEqual({ first: 51, last: 54 });
    expect(pageSpan('51', 0)).toEqual({ first: 0, last: 0 });
    expect(pageSpan('nonsense', 2)).toEqual({ first: 1, last: 2 });
  });
});

describe('pasted reference codes', () => {
  it.each([
    'J019-WS·2003·D30-0001',
    'Z109-WS·2011·Y·办公室-0001',
    'C038-001-002-003',
    ' a439—WS•2015•D30•003—005 ',
  ])('knows %s', (code) => expect(looksLikeReferenceCode(code)).toBe(true));
  it.each(['民政局', '婚姻登记 2003', '1979', 'well-known', '县政办发〔2003〕12号'])(
    'does not take %s for one',
    (text) => expect(looksLikeReferenceCode(text)).toBe(false),
  );
});

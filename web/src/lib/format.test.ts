import { describe, expect, it } from 'vitest';
import { archivalDate, bytes, listOf, percent, secondsLeft, span, whenOf } from './format.ts';

describe('archival dates on screen', () => {
  it.each([
    ['20030517', '2003-05-17'],
    ['20030500', '2003-05'],
    ['19790000', '1979'],
    ['[19500000]', '[1950]'],
    ['19500000-19530000', '1950 – 1953'],
    ['20030517-20030601', '2003-05-17 – 2003-06-01'],
    ['[19500000]-19531201', '[1950] – 1953-12-01'],
    ['民国二十三年', '民国二十三年'],
    ['', ''],
  ])('shows %s as %s', (stored, shown) => {
    expect(archivalDate(stored)).toBe(shown);
  });
});

describe('words on screen', () => {
  it('names things one after another as each language does', () => {
    expect(listOf('zh-CN', ['题名', '日期', '文号'])).toBe('题名、日期和文号');
    expect(listOf('en', ['title'])).toBe('title');
  });
});

describe('numbers on screen', () => {
  it('shows sizes with their unit', () => {
    expect([0, 999, 1536, 1_000_000, 123_456_789].map(bytes)).toEqual([
      '0 B',
      '999 B',
      '1.5 kB',
      '1 MB',
      '123 MB',
    ]);
  });
  it('never says all is done before it is, nor that nothing is', () => {
    expect(percent(999_999, 1_000_000)).toBe(99);
    expect(percent(1, 1_000_000)).toBe(1);
    expect(percent(0, 10)).toBe(0);
    expect(percent(10, 10)).toBe(100);
    expect(percent(0, 0)).toBe(0);
  });
  it('says how long is left only when it can know', () => {
    expect(secondsLeft({ done: 50, total: 100, rate: 10 })).toBe(5);
    expect(secondsLeft({ done: 50, rate: 10 })).toBeNull();
    expect(secondsLeft({ done: 50, total: 100 })).toBeNull();
  });
  it('chooses a unit of time a person thinks in', () => {
    expect([span(0.2), span(45), span(200), span(5400), span(400_000)]).toEqual([
      { n: 1, unit: 's' },
      { n: 45, unit: 's' },
      { n: 3, unit: 'min' },
      { n: 1.5, unit: 'h' },
      { n: 5, unit: 'd' },
    ]);
  });
  it('knows today and yesterday', () => {
    const now = new Date(2026, 10, 22, 9, 0);
    expect(whenOf(new Date(2026, 10, 22, 0, 5).toISOString(), now)).toMatchObject({
      near: 'today',
      time: '00:05',
    });
    expect(whenOf(new Date(2026, 10, 21, 23, 59).toISOString(), now).near).toBe('yesterday');
    expect(whenOf(new Date(2026, 10, 1, 12, 0).toISOString(), now)).toMatchObject({
      near: null,
      day: '2026-11-01',
    });
  });
});

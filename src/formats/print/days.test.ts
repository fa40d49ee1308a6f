import { expect, it } from 'vitest';
import { dayInWords } from './days.ts';

it('a day stands on covers in words, with blanks for what is not known', () => {
  expect(dayInWords('zh-CN', '20260301')).toBe('2026年3月1日');
  expect(dayInWords('zh-TW', '19620100')).toBe('1962年1月　　日');
  expect(dayInWords('zh-CN', '')).toBe('　　　　年　　月　　日');
  expect(dayInWords('en', '20260301')).toBe('2026-03-01');
  expect(dayInWords('en', '19620000')).toBe('1962-__-__');
  expect(dayInWords('en', 'about 1962')).toBe('____-__-__');
});

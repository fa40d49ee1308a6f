import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eraSpellings, eraYear } from './eras.ts';
import { formsOf } from './forms.ts';
import { digitsOfNumerals, inTens, withDigits } from './numerals.ts';

describe('Chinese numerals', () => {
  it.each([
    ['一九五八', '1958'],
    ['二〇〇三', '2003'],
    ['十', '10'],
    ['十二', '12'],
    ['三十八', '38'],
    ['一百〇三', '103'],
    ['一百一十', '110'],
    ['一千九百五十八', '1958'],
    ['元', '1'],
  ])('%s says %s', (run, digits) => {
    expect(digitsOfNumerals(run)).toBe(digits);
  });

  it('that say no number are left as they are', () => {
    for (const run of ['百', '十百', '一二十', '五〇十', '']) expect(digitsOfNumerals(run)).toBeNull();
    expect(withDigits('统一战线')).toBe('统一战线');
    expect(withDigits('第一中学')).toBe('第1中学');
  });

  it('come back from whatever number they were written for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999 }), (n) => {
        expect(digitsOfNumerals(inTens(n))).toBe(String(n));
      }),
    );
  });
});

describe('years of reigns and of the Republic', () => {
  it.each([
    ['光绪三十四年', 1908],
    ['光绪34年', 1908],
    ['宣统元年', 1909],
    ['中华民国三十八年', 1949],
    ['民国元年', 1912],
    ['昭和十六年', 1941],
  ])('%s is %i', (text, year) => {
    expect(eraYear(text)?.year).toBe(year);
  });

  it('end with their reign', () => {
    expect(eraYear('宣统九年')).toBeNull();
    expect(eraYear('光绪〇年')).toBeNull();
  });

  it('are read as they are written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1368, max: 1949 }), (year) => {
        for (const spelling of eraSpellings(year)) expect(eraYear(spelling)?.year).toBe(year);
      }),
    );
  });
});

describe('the forms of a word', () => {
  it.each([
    ['1958年', ['一九五八年']],
    ['一九五八', ['1958']],
    ['1908年', ['光绪三十四年', '光绪34年', '一九〇八年']],
    ['民国三十八年', ['1949年']],
    ['1949', ['民国三十八年', '一九四九']],
    ['一九五八年五月十二日', ['1958年5月12日', '1958 05 12', '19580512']],
    ['1958-05-12', ['一九五八年五月十二日']],
    ['民国三十八年五月一日', ['1949年5月1日', '19490501']],
    ['第18届', ['第十八届']],
    ['第十八届', ['第18届']],
    ['一九五八年工作总结', ['1958年工作总结']],
  ])('%s may stand as %s', (text, forms) => {
    expect(formsOf(text).folded).toEqual(expect.arrayContaining(forms));
  });

  it('are few, and none for words without numbers', () => {
    expect(formsOf('结婚登记').folded).toEqual(['结婚登记']);
    expect(formsOf('统一战线').folded).toEqual(['统一战线']);
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9年月日一二十民国光绪-]{0,16}$/), (text) => {
        const { folded } = formsOf(text);
        expect(folded.length).toBeLessThanOrEqual(10);
        for (const form of folded) expect(form).not.toBe('');
      }),
    );
  });
});

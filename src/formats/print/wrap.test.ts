import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wrapText } from './wrap.ts';

/** Chinese characters are two wide, others one. */
const measure = (text: string) =>
  [...text].reduce((n, c) => n + (/\p{Script=Han}|[，。（）《》]/u.test(c) ? 2 : 1), 0);

describe('the breaking of lines', () => {
  it('puts no closing mark at the beginning of a line and no opening one at its end', () => {
    expect(wrapText('关于救灾（春荒）工作。', 10, measure)).toEqual(['关于救灾', '（春荒）工', '作。']);
    for (let width = 6; width < 30; width++)
      for (const line of wrapText('请示、批复《办法》（附名册），共三件。'.repeat(3), width, measure))
        expect(line).not.toMatch(/^[、，。》）]|[《（]$/u);
  });

  it('keeps words and numbers whole, and breaks a long code behind its joints', () => {
    expect(wrapText('ref. ICRC relief supplies', 12, measure)).toEqual(['ref. ICRC', 'relief', 'supplies']);
    expect(wrapText('日期19620110止', 10, measure)).toEqual(['日期', '19620110止']);
    expect(wrapText('J019-WS·2011·D30·BGS-0001', 14, measure)).toEqual(['J019-WS·2011·', 'D30·BGS-0001']);
    expect(wrapText('abcdefghij', 4, measure)).toEqual(['abcd', 'efgh', 'ij']);
  });

  it('loses nothing but spaces, and no line is wider than may be', () => {
    const text = fc.string({
      unit: fc.constantFrom('关', '于', 'a', '1', ' ', '（', '）', '，', '-', '\n', '𠮷'),
    });
    fc.assert(
      fc.property(text, fc.integer({ min: 4, max: 20 }), (words, width) => {
        const lines = wrapText(words, width, measure);
        expect(lines.join('').replaceAll(' ', '')).toBe(words.replaceAll(/[\n ]/g, ''));
        for (const line of lines) expect(measure(line.trim())).toBeLessThanOrEqual(width);
      }),
    );
  });
});

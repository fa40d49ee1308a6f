const DIGITS: Readonly<Record<string, number>> = {
  〇: 0, 零: 0, 一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9,
}; // biome-ignore format: one row of numerals

/** Characters numbers are written with in dates and document numbers. */
export const NUMERAL = '[〇零一二三四五六七八九十百廿卅元\\d]';

/**
 * A number as it stands in a date or a document number: 12, 十二, 廿三, 一百二十, 一九九〇, 元 (the first).
 *
 * @returns null where it is none
 */
export function readNumeral(text: string): number | null {
  if (/^\d+$/.test(text)) return Number(text);
  if (text === '元') return 1;
  const spelt = text.replaceAll('廿', '二十').replaceAll('卅', '三十');
  if (/^[〇零一二三四五六七八九]+$/.test(spelt)) return Number([...spelt].map((c) => DIGITS[c]).join(''));
  const m =
    /^(?:([一二三四五六七八九])?百)?(?:零?([一二三四五六七八九])?(十))?零?([一二三四五六七八九])?$/.exec(
      spelt,
    );
  if (!m || spelt === '') return null;
  const digit = (c: string | undefined, otherwise: number) =>
    c === undefined ? otherwise : (DIGITS[c] ?? 0);
  const hundreds = spelt.includes('百') ? digit(m[1], 1) * 100 : 0;
  const tens = m[3] ? digit(m[2], 1) * 10 : 0;
  return hundreds + tens + digit(m[4], 0);
}

/** The circles people type for 〇 between numerals, as 〇. */
export const roundZeros = (text: string): string =>
  text.replace(/(?<=[〇零一二三四五六七八九])[○Оo0OＯ◯](?=[〇零一二三四五六七八九○Оo0OＯ◯年])/gu, '〇');

/** A year in Chinese numerals: 1990 as 一九九〇. */
export const spelledYear = (year: number): string =>
  [...String(year)].map((d) => '〇一二三四五六七八九'[Number(d)]).join('');

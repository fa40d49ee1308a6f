/**
 * Chinese numerals in folded text, both ways: digit by digit as years are written (一九五八), and in tens and hundreds
 * (三十八, 一百〇三). 零 and ○ are 〇 there.
 */
const DIGITS = '〇一二三四五六七八九';
const UNITS: Record<string, number> = { 十: 10, 百: 100, 千: 1000 };

/** 1958 as 一九五八. */
export function digitByDigit(number: string): string {
  return number.replace(/\d/g, (d) => DIGITS[Number(d)]!);
}

/** 38 as 三十八, 103 as 一百〇三; numbers from 1 to 9999. */
export function inTens(n: number): string {
  if (n < 10) return DIGITS[n]!;
  if (n < 20) return `十${n % 10 === 0 ? '' : DIGITS[n % 10]}`;
  const unit = n >= 1000 ? 1000 : n >= 100 ? 100 : 10;
  const sign = unit === 1000 ? '千' : unit === 100 ? '百' : '十';
  const rest = n % unit;
  if (rest === 0) return `${DIGITS[Math.floor(n / unit)]}${sign}`;
  const gap = rest < unit / 10 ? '〇' : '';
  const tail = rest >= 10 && rest < 20 ? `一${inTens(rest)}` : inTens(rest);
  return `${DIGITS[Math.floor(n / unit)]}${sign}${gap}${tail}`;
}

/** What a run of Chinese numerals says, in digits; null where it is none in either way of writing. */
export function digitsOfNumerals(run: string): string | null {
  if (run === '元') return '1';
  const characters = [...run];
  if (characters.length === 0) return null;
  if (characters.every((c) => DIGITS.includes(c))) return characters.map((c) => DIGITS.indexOf(c)).join('');
  let total = 0;
  let digit: number | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const [i, c] of characters.entries()) {
    const unit = UNITS[c];
    if (unit === undefined) {
      const value = DIGITS.indexOf(c);
      if (value < 0 || (digit !== null && digit !== 0)) return null;
      digit = value;
    } else {
      // Only ten may stand without a digit before it, and units only fall.
      if (unit >= least || digit === 0 || (digit === null && !(unit === 10 && i === 0))) return null;
      total += (digit ?? 1) * unit;
      least = unit;
      digit = null;
    }
  }
  return String(total + (digit ?? 0));
}

const NUMERALS = /[〇一二三四五六七八九十百千]+/gu;
/** Before or after one numeral alone: it is a number there, not part of a word. */
const COUNTED = /^[年月日号届卷册期条章]/u;

/** A folded text with its Chinese numbers in digits. One numeral alone is a number only where it counts something. */
export function withDigits(folded: string): string {
  return folded.replace(NUMERALS, (run, at: number) => {
    const alone = [...run].length === 1;
    const counts = COUNTED.test(folded.slice(at + run.length)) || folded[at - 1] === '第';
    if (alone && !counts) return run;
    return digitsOfNumerals(run) ?? run;
  });
}

/** A folded text with its digits as Chinese writes them: years digit by digit, small numbers in tens. */
export function withNumerals(folded: string): string {
  return folded.replace(/\d+/g, (number, at: number) => {
    if (number.length === 4 && /^[12]/.test(number)) return digitByDigit(number);
    const touchesWord = /[a-z]/.test(folded[at - 1] ?? '') || /[a-z]/.test(folded[at + number.length] ?? '');
    if (number.length > 3 || number.startsWith('0') || touchesWord) return number;
    return inTens(Number(number));
  });
}

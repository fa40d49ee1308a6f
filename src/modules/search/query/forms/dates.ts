import { digitByDigit, inTens } from './numerals.ts';

/** A date as people type it: 2003年5月, 2003-05-12, 20030512. A bare year is a word like any other. */
export interface TypedDate {
  year: number;
  month: number;
  /** 0 where only the month is given. */
  day: number;
}

const WRITTEN = /^(\d{4})年(\d{1,2})月(?:(\d{1,2})[日号])?$/;
const PARTED = /^(\d{4})[-./](\d{1,2})(?:[-./](\d{1,2}))?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})?$/;

/** Reads a whole word as a date of at least year and month; null when it is none. */
export function readTypedDate(word: string): TypedDate | null {
  const plain = word.normalize('NFKC');
  const match = WRITTEN.exec(plain) ?? PARTED.exec(plain) ?? COMPACT.exec(plain);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  if (year < 1000 || month < 1 || month > 12 || day > 31 || (match[3] !== undefined && day < 1)) return null;
  return { year, month, day };
}

/** The digits the index keeps of the day or month. */
export function digitsOf({ year, month, day }: TypedDate): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${year}${two(month)}${day ? two(day) : ''}`;
}

/** The ways the date is written in running text. */
export function spellingsOf({ year, month, day }: TypedDate): string[] {
  const two = (n: number): string => String(n).padStart(2, '0');
  const written = (m: string | number, d: string | number): string => `${year}年${m}月${day ? `${d}日` : ''}`;
  const parted = (m: string | number, d: string | number): string => `${year}-${m}${day ? `-${d}` : ''}`;
  const inNumerals = `${digitByDigit(String(year))}年${inTens(month)}月${day ? `${inTens(day)}日` : ''}`;
  return [
    ...new Set([
      inNumerals,
      written(month, day),
      written(two(month), two(day)),
      parted(month, day),
      parted(two(month), two(day)),
    ]),
  ];
}

import { eraYear } from '../forms/eras.ts';
import { withDigits } from '../forms/numerals.ts';

/** Days from and to as numbers YYYYMMDD, both within. */
export interface DayRange {
  from: number;
  to: number;
}

const OPEN_BEGINNING = 0;
const OPEN_END = 99_991_231;
const PARTS = /^(\d{1,4})(?:[年\-./](\d{1,2})(?:[月\-./](\d{1,2})[日号]?)?)?[年月]?$/u;
const COMPACT = /^(\d{4})(\d{2})(\d{2})?$/;
const BETWEEN = /\.\.+|…|~|～|〜|至|—|–/u;
const COMPARED = /^(>=|<=|>|<|≥|≤)(.+)$/u;

/**
 * A stretch of time as it is typed: 1958, 1958..1965, 1958-05..1958-12-31, ..1949, >=1958, 1958-1965, 光绪三十四年至民国元年.
 *
 * @returns null where it is none, or ends before it begins
 */
export function readRange(text: string): DayRange | null {
  const plain = text.normalize('NFKC').replace(/\s/g, '');
  const compared = COMPARED.exec(plain);
  if (compared) {
    const span = spanOf(compared[2]!);
    if (!span) return null;
    const after = compared[1]!.startsWith('>') || compared[1] === '≥';
    const within = compared[1] !== '>' && compared[1] !== '<';
    if (after) return { from: within ? span.from : span.to + 1, to: OPEN_END };
    return { from: OPEN_BEGINNING, to: within ? span.to : span.from - 1 };
  }
  const years = /^(\d{4})-(\d{4})$/.exec(plain);
  const ends = years ? [years[1]!, years[2]!] : plain.split(BETWEEN);
  if (ends.length === 1) return spanOf(plain);
  if (ends.length !== 2 || (ends[0] === '' && ends[1] === '')) return null;
  const first = ends[0] === '' ? { from: OPEN_BEGINNING } : spanOf(ends[0]!);
  const last = ends[1] === '' ? { to: OPEN_END } : spanOf(ends[1]!);
  return first && last && first.from <= last.to ? { from: first.from, to: last.to } : null;
}

/** One year, month or day. */
function spanOf(text: string): DayRange | null {
  const inDigits = withDigits(text.replaceAll(/[零○]/g, '〇'));
  const era = eraYear(inDigits);
  const gregorian = era && era.start === 0 ? `${era.year}年${inDigits.slice(era.end)}` : inDigits;
  const match = COMPACT.exec(gregorian) ?? PARTS.exec(gregorian);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2] ?? 0), Number(match[3] ?? 0)];
  if (month > 12 || day > 31 || year === 0) return null;
  const number = (m: number, d: number) => year * 10_000 + m * 100 + d;
  if (month === 0) return { from: number(0, 0), to: number(12, 31) };
  return day === 0
    ? { from: number(month, 0), to: number(month, 31) }
    : { from: number(month, day), to: number(month, day) };
}

import { type DatePoint, daysInMonth, whyNoDate } from './point.ts';

export interface Trouble {
  readonly code: string;
  readonly message: string;
}
/** A stretch of time: one point, or a first and a last; `lossless` false when the source said more than this can. */
export interface Stretch {
  readonly start: DatePoint;
  readonly end: DatePoint;
  readonly lossless: boolean;
}
export type Reading<T> = { readonly ok: T } | { readonly trouble: Trouble };

export const unreadable: { readonly trouble: Trouble } = {
  trouble: {
    code: 'date.unreadable',
    message: 'This is not a date. Write YYYYMMDD, with 0 for unknown parts.',
  },
};

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
const DAY = '(\\d{1,2})(?:st|nd|rd|th)?';
const SEASON = '(?:spring|summer|autumn|fall|winter)';
const EN_DMY = new RegExp(`^${DAY}[ -]${MONTH},?[ -](\\d{4})$`, 'i');
const EN_MDY = new RegExp(`^${MONTH} ${DAY},? (\\d{4})$`, 'i');
const EN_MY = new RegExp(`^${MONTH},?[ -]?(\\d{4})$`, 'i');
const EN_YMD = new RegExp(`^(\\d{4}),? ${MONTH}(?: ${DAY})?$`, 'i');
const EN_SEASON = new RegExp(`^(?:${SEASON},? (\\d{4})|(\\d{4}),? ${SEASON})$`, 'i');
const CIRCA = /^(?:circa|ca|c|about|approximately|approx|probably|est|大?[约約])(?:\.\s*|\s+|(?=[\d约約]))/i;
const TIME = /(?:[T ]|(?<=\d) )\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2}|[AaPp][Mm])?$/;

const monthNumber = (name: string) => MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;

function point(
  y: string | number,
  m: string | number,
  d: string | number,
  inferred: boolean,
): Reading<Stretch> {
  const [year, month, day] = [Number(y), Number(m), Number(d)];
  const trouble = whyNoDate(year, month, day);
  if (trouble) return { trouble };
  const p: DatePoint = { year, month, day, inferred };
  return { ok: { start: p, end: p, lossless: true } };
}

/** Years from a to b as one stretch, for decades and centuries: the canonical form has no word for them. */
function years(a: number, b: number, inferred: boolean): Reading<Stretch> {
  if (a < 1) return unreadable;
  const at = (year: number): DatePoint => ({ year, month: 0, day: 0, inferred });
  return { ok: { start: at(a), end: at(b), lossless: false } };
}

/** `5/6/2003` is two different days in two countries: only read when it can be one day alone. */
function dayMonthYear(a: number, b: number, year: string, inferred: boolean): Reading<Stretch> {
  if (a === b || b > 12) return point(year, a, b, inferred);
  if (a > 12) return point(year, b, a, inferred);
  return {
    trouble: {
      code: 'date.ambiguous',
      message: `It is not clear which of ${a} and ${b} is the month. Write the year first: ${year}-MM-DD.`,
    },
  };
}

function plain(t: string, inferred: boolean): Reading<Stretch> | null {
  let m = /^(\d{4})(\d{2})(\d{2})$/.exec(t) ?? /^(\d{4})([-./ ])(\d{1,2})\2(\d{1,2})$/.exec(t);
  if (m) return m.length === 5 ? point(m[1]!, m[3]!, m[4]!, inferred) : point(m[1]!, m[2]!, m[3]!, inferred);
  m = /^(\d{4})(?:(\d{2})|[-./](\d{1,2}))?$/.exec(t);
  if (m) return point(m[1]!, m[2] ?? m[3] ?? 0, 0, inferred);
  m = /^(\d{1,2})([-./])(\d{1,2})\2(\d{4})$/.exec(t);
  if (m) return dayMonthYear(Number(m[1]), Number(m[3]), m[4]!, inferred);
  return null;
}

function spelt(t: string, inferred: boolean): Reading<Stretch> | null {
  let m = EN_DMY.exec(t);
  if (m) return point(m[3]!, monthNumber(m[2]!), m[1]!, inferred);
  m = EN_MDY.exec(t);
  if (m) return point(m[3]!, monthNumber(m[1]!), m[2]!, inferred);
  m = EN_MY.exec(t);
  if (m) return point(m[2]!, monthNumber(m[1]!), 0, inferred);
  m = EN_YMD.exec(t);
  if (m) return point(m[1]!, monthNumber(m[2]!), m[3] ?? 0, inferred);
  m = EN_SEASON.exec(t);
  if (m) return years(Number(m[1] ?? m[2]), Number(m[1] ?? m[2]), inferred);
  return null;
}

/** `1920s`, `20世纪50年代` is not read; `192X`, `19XX` and `198-` style unknown digits are. */
function vague(t: string, inferred: boolean): Reading<Stretch> | null {
  let m = /^(?:(?:early|mid|middle|late)[ -])?(\d{3})0s$/i.exec(t);
  if (m) return years(Number(`${m[1]}0`), Number(`${m[1]}9`), inferred || /^[a-z]/i.test(t));
  m = /^(\d{1,2})(?:st|nd|rd|th) century$/i.exec(t);
  if (m) return years((Number(m[1]) - 1) * 100 + 1, Number(m[1]) * 100, inferred);
  m = /^(\d{3})[Xx?-]$/.exec(t);
  if (m) return years(Number(`${m[1]}0`), Number(`${m[1]}9`), inferred);
  m = /^(\d{2})(?:[Xx]{2}|\?\?|--)$/.exec(t);
  if (m) return years(Number(`${m[1]}00`), Number(`${m[1]}99`), inferred);
  return null;
}

/** 上旬, 中旬, 下旬: the first, second and last part of a month. */
function tenDays(t: string, inferred: boolean): Reading<Stretch> | null {
  const m = /^(\d{4})[-.](\d{1,2})\.?([上中下])旬$/.exec(t);
  if (!m) return null;
  const [year, month] = [Number(m[1]), Number(m[2])];
  const [first, last] = m[3] === '上' ? [1, 10] : m[3] === '中' ? [11, 20] : [21, daysInMonth(year, month)];
  const trouble = whyNoDate(year, month, first!);
  if (trouble) return { trouble };
  const day = (n: number): DatePoint => ({ year, month, day: n, inferred });
  return { ok: { start: day(first!), end: day(last!), lossless: true } };
}

function balanced(t: string): boolean {
  let depth = 0;
  for (const c of t) {
    if (c === '[') depth++;
    if (c === ']' && --depth < 0) return false;
  }
  return depth === 0;
}

/**
 * Reads one date (no range) out of normalised text. Brackets anywhere in it, a question mark, a tilde or a word like
 * *circa* make it inferred.
 */
export function readPoint(text: string): Reading<Stretch> {
  if (!balanced(text)) return unreadable;
  let t = text.replace(/[[\]]/g, '').trim();
  let inferred = t !== text.trim();
  const direct = plain(t, inferred) ?? vague(t, inferred);
  if (direct) return direct;
  for (;;) {
    const bare = t.replace(CIRCA, '').replace(/\s*(?:[?~]|\(\?\)|前后|前後|左右)$/, '');
    if (bare === t) break;
    t = bare;
    inferred = true;
  }
  t = t
    .replace(TIME, '')
    .replace(/[.,;]$/, '')
    .trim();
  return plain(t, inferred) ?? spelt(t, inferred) ?? vague(t, inferred) ?? tenDays(t, inferred) ?? unreadable;
}

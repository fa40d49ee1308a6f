import { type ArchivalDate, parseArchivalDate } from '#kernel/dates';
import { NUMERAL, readNumeral, roundZeros } from './numerals.ts';

/** A date or a year a title speaks of. */
export interface TitleDate {
  /** As it stands in the title. */
  readonly text: string;
  /** Where it begins. */
  readonly at: number;
  /**
   * `date`: a day or a month; `year`: a year, perhaps 年度; `range`: from year to year; `reign`: a year of an emperor, of which the
   * Gregorian one is only nearly known; `open`: since, before, until: no date of the record.
   */
  readonly kind: 'date' | 'year' | 'range' | 'reign' | 'open';
  readonly date: ArchivalDate;
  /** First and last year. */
  readonly years: readonly [number, number];
}

/** First years of the reigns of Qing and of states that counted by reigns since; the Gregorian year in which most of the first fell. */
const REIGNS: readonly [RegExp, number, number][] = [
  [/^顺治|^順治/, 1644, 18], [/^康熙/, 1662, 61], [/^雍正/, 1723, 13], [/^乾隆/, 1736, 60], [/^嘉庆|^嘉慶/, 1796, 25],
  [/^道光/, 1821, 30], [/^咸丰|^咸豐/, 1851, 11], [/^同治/, 1862, 13], [/^光绪|^光緒/, 1875, 34], [/^宣统|^宣統/, 1909, 3],
  [/^明治/, 1868, 45], [/^大正/, 1912, 15], [/^昭和/, 1926, 64], [/^康德/, 1934, 12],
]; // biome-ignore format: a table of reigns
const REIGN =
  '顺治|順治|康熙|雍正|乾隆|嘉庆|嘉慶|道光|咸丰|咸豐|同治|光绪|光緒|宣统|宣統|明治|大正|昭和|康德';

const YEAR =
  '(?:(?<!\\d)(?:1[6-9]|20)\\d{2}|[一二][〇零一二三四五六七八九]{3}|(?:中[华華])?民[国國]\\s*(?:\\d{1,3}|[一二三四五六七八九十廿卅元百]{1,5}))';
const MONTH_DAY = `\\s*(?:${NUMERAL}{1,3})\\s*月(?:\\s*份|\\s*(?:${NUMERAL}{1,3})\\s*[日号號]|[上中下]旬)?`;
const MONTH_NAME =
  '(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\\.?';
const TO = '\\s*[-~—–－～至到]+\\s*';
/** What follows a year and makes it something else: a decade, a stretch of years. */
const NOT_A_YEAR = '(?!代|级|級|制|期)';
const DATED = new RegExp(
  [
    // 1990年至1995年, 1990-1995年, 一九五一至一九五五年
    `(?<range>${YEAR}\\s*年?(?:度)?${TO}${YEAR}\\s*年(?:度)?)${NOT_A_YEAR}`,
    // 1990年3月12日, 民国二十三年五月, 1990年度, with what it runs to
    `(?<date>${YEAR}\\s*年(?:${MONTH_DAY}(?:${TO}(?:${YEAR}\\s*年)?(?:${MONTH_DAY}|\\s*${NUMERAL}{1,3}\\s*[日号號]))?|度?${NOT_A_YEAR}))`,
    // 光绪二十四年八月
    `(?<reign>(?:${REIGN})\\s*(?:${NUMERAL}{1,4})\\s*年)`,
    // 1990.3.12, 1990-03-12, 1990/3/12
    '(?<figures>(?<!\\d)(?:1[6-9]|20)\\d{2}(?<sign>[./-])\\d{1,2}\\k<sign>\\d{1,2}(?!\\d))',
    // 12 March 1990, March 12, 1990
    `(?<english>(?<![\\w-])(?:(?:\\d{1,2}(?: ?[-–] ?| to ))?\\d{1,2}(?:st|nd|rd|th)? ${MONTH_NAME}|${MONTH_NAME} \\d{1,2}),? (?:1[6-9]|20)\\d{2}(?!\\d))`,
    // (19900312)
    '(?<digits>(?<!\\d)(?:1[6-9]|20)\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])(?!\\d))',
  ].join('|'),
  'gu',
);
const SINCE =
  /^\s*(?:以来|以來|来(?=的|$)|以前|之前|以后|以後|之后|之後|前后|前後|左右|起|底?止|前(?![期后後])|后|後|年?规划|年?規劃|远景|遠景)/u;
const UNTIL = /(?:到|至|截至|截止|自|从|從|迄)\s*$/u;
/** A day of a life is none of the record. */
const OF_A_LIFE = /(?:birth|born|died|出生|生于|生於|卒于|卒於|逝世)[^,，;；。]{0,6}$/iu;
const MOST = 400;

/** All dates and years a title speaks of, in their order. A decade, a plan of five years, an anniversary is none. */
export function datesInTitle(title: string): TitleDate[] {
  const text = roundZeros(title.slice(0, MOST));
  const found: TitleDate[] = [];
  for (const m of text.matchAll(DATED)) {
    const one = understood(m[0], m.index, text, m.groups ?? {});
    if (one) found.push(one);
  }
  return found;
}

function understood(
  written: string,
  at: number,
  title: string,
  g: Record<string, string | undefined>,
): TitleDate | null {
  const said = { text: written.trim(), at };
  if (g.reign !== undefined) {
    const date = reignYear(written.trim());
    return date && { ...said, kind: 'reign', date, years: yearsOf(date) };
  }
  const read = parseArchivalDate(written.trim().replace(/度$/, '').replace(/年度/g, '年').replace(/份$/, ''));
  const { date } = read;
  if (!date || OF_A_LIFE.test(title.slice(0, at))) return null;
  const open =
    SINCE.test(title.slice(at + written.length)) || (g.range === undefined && UNTIL.test(title.slice(0, at)));
  const kind = open ? 'open' : g.range !== undefined ? 'range' : date.precision === 'year' ? 'year' : 'date';
  return { ...said, kind, date, years: yearsOf(date) };
}

const yearsOf = (date: ArchivalDate): [number, number] => [
  Number(date.from.slice(0, 4)),
  Number(date.to.slice(0, 4)),
];

/** 光绪二十四年 as [18980000]: worked out, for a lunar year ends in the next Gregorian one. */
function reignYear(text: string): ArchivalDate | null {
  const reign = REIGNS.find(([name]) => name.test(text));
  const n = readNumeral(/([〇零一二三四五六七八九十百廿卅元\d]+)\s*年$/u.exec(text)?.[1] ?? '');
  if (!reign || n === null || n < 1 || n > reign[2]) return null;
  return parseArchivalDate(`[${reign[1] + n - 1}0000]`).date;
}

/** What of a title's dates may be the record's own. */
export interface OwnDate {
  date: ArchivalDate;
  /** `high`: a day that stands alone; `fair`: a month; `low`: a year of a reign. */
  confidence: 'high' | 'fair' | 'low';
  text: string;
}

/**
 * The date a record without one may be given after its title: a day or a month, where the title speaks of one alone; a year alone
 * is what the record is about more often than when it was made, and is left to the element for the year.
 */
export function ownDateOf(title: string): OwnDate | null {
  const dates = datesInTitle(title);
  const days = dates.filter((d) => d.kind === 'date');
  const [one, ...more] = days;
  if (one && more.every((d) => d.date.text === one.date.text))
    return { date: one.date, confidence: one.date.precision === 'day' ? 'high' : 'fair', text: one.text };
  const [reign, ...others] = dates.filter((d) => d.kind !== 'open');
  if (reign?.kind === 'reign' && others.length === 0)
    return { date: reign.date, confidence: 'low', text: reign.text };
  return null;
}

/** The one year a title speaks of as its own; null where it speaks of none or of several. */
export function ownYearOf(title: string): { year: number; text: string } | null {
  const said = datesInTitle(title).filter((d) => d.kind === 'date' || d.kind === 'year');
  const [one] = said;
  if (!one || datesInTitle(title).some((d) => d.kind === 'range')) return null;
  return said.every((d) => d.years[0] === one.years[0] && d.years[1] === one.years[0])
    ? { year: one.years[0], text: one.text }
    : null;
}

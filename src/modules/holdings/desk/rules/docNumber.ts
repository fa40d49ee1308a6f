import { NUMERAL, readNumeral, roundZeros } from './numerals.ts';

/**
 * A document number 发文字号, understood: the issuer's mark 机关代字, year and running number (GB/T 9704-2012, 7.2.5), orders and
 * announcements by number, and the older ways of writing it.
 */
export interface DocNumber {
  /** 望水, 望水字, 财政部令; empty where the number has none. */
  readonly mark: string;
  readonly year: number | null;
  /** Whether the year was written with two digits, the century being worked out. */
  readonly shortYear: boolean;
  /** The running number as written, half width: `12`, `12-15`. */
  readonly number: string;
  readonly kind: 'letter' | 'order' | 'announcement';
  /** The same number in the form of the standard, in the words it was given: brackets 〔〕, no blanks, Arabic figures half width. */
  readonly canonical: string;
}

const MOST = 60;
const OPEN = '([{〔【［（﹝〈《<＜⟨「';
const CLOSE = ')]}〕】］）﹞〉》>＞⟩」';
const YEAR = '(?:\\d{4}|\\d{2}|[〇零一二三四五六七八九]{4}|[〇零一二三四五六七八九]{2})';
const REPUBLIC = `(?:中[华華])?民[国國](?:${NUMERAL}{1,4})`;
const NUM =
  '(?:\\d{1,6}|[〇零一二三四五六七八九十百]{1,6})(?:(?:[-~至、,]|之)(?:\\d{1,6}|[〇零一二三四五六七八九十]{1,4})){0,8}';
/** An issuer's mark: Han letters mostly, perhaps a bracketed part; no figures. */
const MARK = '[\\p{Script=Han}A-Za-z][\\p{Script=Han}A-Za-z·()\\-]{0,23}?';
const END = '(?:[号號](?:文件?|函)?)';
const re = (pattern: string) => new RegExp(`^${pattern}$`, 'u');

// Brackets around a year have become 〔〕 before these are tried; the surest form stands first.
const FORMS: readonly { pattern: RegExp; order: 'markFirst' | 'yearFirst' | 'numberFirst' }[] = [
  // 望水〔1990〕12号, 望水字〔90〕第12号, 〔1990〕12号, 财政部令〔2010〕第59号
  { pattern: re(`(?<mark>${MARK})?〔(?<year>${YEAR}|${REPUBLIC})年?〕(?<mark2>字)?(?<th>第)?(?<num>${NUM})(?<end>${END})?`), order: 'markFirst' },
  // 〔90〕望水字第12号, (1964)农字第3号
  { pattern: re(`〔(?<year>${YEAR}|${REPUBLIC})年?〕(?<mark>${MARK})(?<th>第)?(?<num>${NUM})(?<end>${END})?`), order: 'yearFirst' },
  // 1964年农字第3号, 民国二十三年教字第12号
  { pattern: re(`(?<year>\\d{4}|[〇零一二三四五六七八九]{4}|${REPUBLIC})年度?(?<mark>${MARK})?(?<th>第)(?<num>${NUM})(?<end>${END})(?<after>令|公告|通告)?`), order: 'yearFirst' },
  // 望水字一九九〇第十二号, 望水发1990第12号
  { pattern: re(`(?<mark>${MARK})(?<year>(?:19|20)\\d{2}|[一二][〇零一二三四五六七八九]{3})年?(?<th>第)(?<num>${NUM})(?<end>${END})`), order: 'markFirst' },
  // 财政部公告2010年第3号, 国务院令第591号, 府社字第0950012345號
  { pattern: re(`(?<mark>${MARK})(?:(?<year>\\d{4}|${REPUBLIC})年)?(?<th>第)(?<num>\\d{1,12}|${NUM})(?<end>${END})(?<after>令|公告|通告)?`), order: 'markFirst' },
  // 第591号令
  { pattern: re(`(?<th>第)(?<num>${NUM})(?<end>${END})(?<after>令|公告|通告)`), order: 'numberFirst' },
  // 望水发1990-12号, 望水发1990年12号
  { pattern: re(`(?<mark>${MARK})(?<year>(?:19|20)\\d{2})[年\\-](?<num>${NUM})(?<end>${END})`), order: 'markFirst' },
  // 望水字12号
  { pattern: re(`(?<mark>${MARK}[字函办发])(?<num>${NUM})(?<end>${END})`), order: 'markFirst' },
]; // biome-ignore format: a table

/** What a year is written with, half width, brackets around years alike, no blanks. */
function plain(text: string): string {
  const half = roundZeros(text.normalize('NFKC').replace(/[\s\u200b]+/gu, ''))
    .replace(/[\u2010-\u2015\u2212\uff0d]/g, '-')
    .replace(/[～∼〜]/g, '~');
  const bracketed = new RegExp(`[${escaped(OPEN)}](${YEAR}|${REPUBLIC})年?[${escaped(CLOSE)}]`, 'gu');
  return half.replace(bracketed, '〔$1〕');
}

const escaped = (characters: string) => characters.replace(/[\\\]^[-]/g, '\\$&');

/**
 * Reads a document number in any of the ways people type it.
 *
 * @param near a year the document is of, by which a year of two digits finds its century
 * @returns null where the text is no document number
 */
export function parseDocNumber(text: string, near?: number | null): DocNumber | null {
  const given = text.trim();
  if (given === '' || given.length > MOST) return null;
  const t = plain(given);
  for (const { pattern, order } of FORMS) {
    const found = pattern.exec(t)?.groups;
    if (found) return understood(found, order, t, near ?? null);
  }
  return null;
}

type Groups = Record<string, string | undefined>;

function understood(
  g: Groups,
  order: 'markFirst' | 'yearFirst' | 'numberFirst',
  t: string,
  near: number | null,
): DocNumber | null {
  const mark = `${g.mark ?? ''}${g.mark2 ?? ''}`;
  const number = (g.num ?? '').replace(/^0+(?=\d)/, '');
  if (readNumeral(number.split(/[-~至、,之]/)[0] ?? '') === 0) return null;
  const written = yearOf(g.year, near);
  const year = written ?? republicanIn(mark, g.num ?? '');
  if (g.year !== undefined && year === null && !/^\d{2}$|^.{2}$/u.test(g.year)) return null;
  const kind =
    /令/.test(g.after ?? '') || /令$/.test(mark)
      ? 'order'
      : /公告|通告/.test(g.after ?? mark)
        ? 'announcement'
        : 'letter';
  // The standard's own form has no 第 and no leading zeros; 字第 and orders are kept as the document has them.
  const modern =
    order === 'markFirst' && kind === 'letter' && mark !== '' && !mark.endsWith('字') && t.includes('〔');
  const canonical = modern
    ? `${mark}〔${g.year}〕${number}${g.end ?? '号'}`
    : g.end === undefined
      ? `${t}号`
      : t;
  return { mark, year, shortYear: g.year !== undefined && g.year.length === 2, number, kind, canonical };
}

function yearOf(written: string | undefined, near: number | null): number | null {
  if (written === undefined) return null;
  const republic = /^(?:中[华華])?民[国國](.+)$/u.exec(written);
  const n = readNumeral(republic?.[1] ?? written);
  if (n === null) return null;
  if (republic) return n >= 1 && n <= 199 ? 1911 + n : null;
  if (written.length === 2) return century(n, near);
  return n >= 1800 && n <= 2099 ? n : null;
}

/** Of two digits: the year nearest to one that is known; else what they meant since 1949. */
function century(n: number, near: number | null): number | null {
  if (near !== null) {
    const [old, young] = [1900 + n, 2000 + n];
    return Math.abs(old - near) <= Math.abs(young - near) ? old : young;
  }
  return n >= 49 ? 1900 + n : n <= 26 ? 2000 + n : null;
}

/** Offices in Taiwan begin their running numbers with the year of the Republic: 字第0950012345號 is of 2006. */
function republicanIn(mark: string, number: string): number | null {
  const m = /^(0[5-9]\d|1[0-4]\d)\d{7}$/.exec(number);
  return m && mark.endsWith('字') ? 1911 + Number(m[1]) : null;
}

/** Letters at the end of a mark that tell the sort of paper, not the office. */
const SORTS = /(?:办?(?:字|发|發|函|呈|批|请|請|报|報|复|復|任|议|議|电|電|传|傳|密|通|令|纪|規|规))+$/u;

/** What of a mark names the office: 望水 of 望水发, 望水办函 and 望水字; at least one letter stays. */
export function stemOf(mark: string): string {
  const stem = mark.replace(/\(.*?\)/gu, '').replace(SORTS, '');
  return stem === '' ? mark : stem;
}

/**
 * Whether a mark may be an agency's: its letters stand in the name in their order, the first at its beginning, the last not in the
 * same word of place: 望水 in 望江县水利局.
 */
export function mayBeMarkOf(mark: string, name: string): boolean {
  const stem = [...stemOf(mark)];
  const letters = [...name];
  if (stem.length < 2 || stem[0] !== letters[0]) return false;
  let at = 0;
  for (const letter of stem) {
    const found = letters.indexOf(letter, at);
    if (found < 0) return false;
    at = found + 1;
  }
  return true;
}

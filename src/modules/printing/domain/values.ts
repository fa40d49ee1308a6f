import { parseArchivalDate } from '#kernel/dates';
import { isMessageKey, type Language, retentionIn, t } from '#kernel/wording';
import type { UnitRecord } from '#modules/holdings';

/** How values of an entry stand on a form. What is not known is empty, to be written by hand. */

/** `YYYYMMDD` [M], ranges with a hyphen; what could not be understood as it was written. */
export function dateOnForm(text: string | null): string {
  if (!text) return '';
  const { date } = parseArchivalDate(text);
  return date?.lossless ? date.text : text;
}

/** First and last day of an entry, `YYYYMMDD` each. */
export function spanOf(u: Pick<UnitRecord, 'dateFrom' | 'dateTo'>): { from: string; to: string } {
  const digits = (day: string | null) => day?.replaceAll('-', '') ?? '';
  return { from: digits(u.dateFrom), to: digits(u.dateTo) };
}

/** The number of an item or a volume: as described, else the last part of its code. */
export function numberOf(u: Pick<UnitRecord, 'level' | 'description' | 'referenceCode'>): string {
  const { volumeNo, itemNo, archiveItemNo, officeItemNo } = u.description;
  const own = u.level === 'file' ? volumeNo : (archiveItemNo ?? itemNo ?? officeItemNo);
  return own ?? u.referenceCode?.split('-').at(-1) ?? '';
}

/** 目录号 of a volume, as described or as its code of three numbers has it: `C038-001-002` [S:WEN]. */
export function catalogueNoOf(u: Pick<UnitRecord, 'description' | 'referenceCode'>): string {
  return u.description.catalogueNo ?? /^[^-]+-(\d{1,4})-[^-]+$/.exec(u.referenceCode ?? '')?.[1] ?? '';
}

/** In words; the legacy terms as old holdings have them. */
export function retentionOnForm(language: Language, code: string | null): string {
  const key = `printForm.retention.${code}`;
  return isMessageKey(key) ? t(language, key) : code ? retentionIn(language, code) : '';
}

/** Words closed as a sentence. */
export const sentence = (language: Language, words: string): string =>
  `${words}${language === 'en' ? '.' : '。'}`;

/** Dates of a whole: of what is known to the year alone, the years. */
export const datesOfWhole = (text: string | null): string =>
  dateOnForm(text)
    .replace(/(\d{4})0000/g, '$1')
    .replace(/(\d{6})00(?!\d)/g, '$1');

export function categoryOnForm(language: Language, code: string | null): string {
  const key = `category.${code}`;
  return isMessageKey(key) ? t(language, key) : (code ?? '');
}

/** What is not secret bears no mark (standards 7.5 [S:SEC]). */
export const classificationOnForm = (language: Language, u: Pick<UnitRecord, 'classification'>): string =>
  u.classification === 'public' ? '' : t(language, `classification.${u.classification}`);

/** For the order of retention periods, the longest first: permanent, terms of old holdings, years, unknown. */
export function retentionRank(code: string | null): string {
  const years = /^D(\d{1,4})$/.exec(code ?? '')?.[1];
  const rank = code === 'Y' ? 9999 : code === 'CQ' ? 60 : code === 'DQ' ? 15 : Number(years ?? 0);
  return `${String(10_000 - rank).padStart(5, '0')} ${code ?? ''}`;
}

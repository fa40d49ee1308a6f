import type { ArchivalDate } from './parse.ts';
import type { DatePoint } from './point.ts';

export type DateLocale = 'zh-CN' | 'zh-TW' | 'en';

const EN_MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']; // biome-ignore format: one row

function pointInWords(p: DatePoint, locale: DateLocale): string {
  if (locale !== 'en') return `${p.year}年${p.month ? `${p.month}月` : ''}${p.day ? `${p.day}日` : ''}`;
  return [p.day || '', p.month ? EN_MONTHS[p.month - 1] : '', p.year].filter((x) => x !== '').join(' ');
}

/** The date as a person reads it: 2003年5月1日, 1 May 2003, [1923年], [1923–1925]. */
export function displayArchivalDate(date: ArchivalDate, locale: DateLocale): string {
  const mark = (s: string, inferred: boolean) => (inferred ? `[${s}]` : s);
  const start = pointInWords(date.start, locale);
  const end = pointInWords(date.end, locale);
  if (start === end) return mark(start, date.inferred);
  const dash = locale === 'en' ? '–' : '至';
  if (date.start.inferred && date.end.inferred) return `[${start}${dash}${end}]`;
  return `${mark(start, date.start.inferred)}${dash}${mark(end, date.end.inferred)}`;
}

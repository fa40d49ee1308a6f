import type { Language } from '#kernel/wording';

/**
 * A day as covers have it, 2026年3月1日; blanks to write in where it, or a part of it, is not known.
 *
 * @param date `YYYYMMDD`, `00` for a month or a day that is not known
 */
export function dayInWords(language: Language, date: string): string {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(date) ?? [];
  const known = (digits: string | undefined) =>
    digits === undefined || digits === '00' ? undefined : digits;
  if (language === 'en') return [year ?? '____', known(month) ?? '__', known(day) ?? '__'].join('-');
  const part = (digits: string | undefined) => (digits === undefined ? '　　' : String(Number(digits)));
  return `${year ?? '　　　　'}年${part(known(month))}月${part(known(day))}日`;
}

import { MEASURES } from '#kernel/accessionWords';
import { type Language, t } from '#kernel/wording';
import type { Extent } from '../domain/extent.ts';

/** An extent as people say it: 3 卷 120 件 4.5 米; '' for none. */
export function extentWords(language: Language, extent: Partial<Extent>): string {
  return MEASURES.flatMap((m) => {
    const n = extent[m] ?? 0;
    return n === 0 ? [] : [t(language, `accession.measured.${m}`, { n })];
  }).join(language === 'en' ? ', ' : ' ');
}

/** A span of dates; '' for none. */
export const spanWords = ({
  dateFrom,
  dateTo,
}: {
  dateFrom: string | null;
  dateTo: string | null;
}): string => (dateFrom === dateTo ? (dateFrom ?? '') : [dateFrom ?? '', dateTo ?? ''].join('—'));

/** A day as it stands on a paper. */
export function dayWords(language: Language, day: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  // As text: a number of four digits would be grouped.
  const plain = (part: string) => (language === 'en' ? part : part.replace(/^0/, ''));
  return t(language, 'accession.paper.day', { year, month: plain(month), date: plain(date) });
}

/** The name of an archive in a language. */
export function nameOf(
  a: { name: string; nameHant: string | null; nameEn: string | null },
  language: Language,
): string {
  if (language === 'zh-TW') return a.nameHant ?? a.name;
  return language === 'en' ? (a.nameEn ?? a.name) : a.name;
}

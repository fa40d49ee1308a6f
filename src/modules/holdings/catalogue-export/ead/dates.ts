import { parseArchivalDate } from '#kernel/dates';
import { readDateLine } from '../../catalogue-import/reading/ead/dates.ts';
import { normalOf, shownDate } from '../../catalogue-import/reading/ead/shown.ts';
import type { DescribedUnit } from '../types.ts';

export interface LeavingDate {
  text: string;
  normal?: string;
  bulk?: boolean;
}

/** What the import made of a date's words. */
const canonical = (text: string): string => {
  const { date } = parseArchivalDate(text);
  return date?.lossless ? date.text : text;
};

const compact = (text: string) => text.replace(/\s+/g, '');

/**
 * The dates of an entry as they leave: those of the finding aid it came from, while nobody has changed the date since; else its date.
 *
 * @param lines what `dateLines` kept of the finding aid; '' for none
 */
export function leavingDates(
  u: Pick<DescribedUnit, 'date' | 'dateFrom' | 'dateTo'>,
  lines: string,
): LeavingDate[] {
  if (lines !== '') {
    const given = lines.split('\n').map(readDateLine);
    const usual = given.some((d) => !d.bulk) ? given.filter((d) => !d.bulk) : given;
    const words = new Map<string, string>();
    for (const d of usual) {
      const shown = d.text || d.normal;
      if (!words.has(compact(shown))) words.set(compact(shown), shown);
    }
    const told = [...words.values()].join(', ');
    if (u.date === null || canonical(told) === u.date || compact(told) === compact(u.date)) return given;
  }
  if (u.date === null) return [];
  return [{ text: shownDate(u.date), normal: normalOf(u.dateFrom, u.dateTo) }];
}

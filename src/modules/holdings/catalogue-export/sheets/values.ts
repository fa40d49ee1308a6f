import type { CellInput } from '#formats/sheets';
import type { Language } from '#kernel/actor';
import { parseArchivalDate } from '#kernel/dates';
import { isMessageKey, t } from '#kernel/wording';
import type { ImportField } from '../../catalogue-import/headings/fields.ts';
import { remember } from '../../catalogue-import/rows/remember.ts';
import { EXTRA } from '../../domain/unit.ts';
import type { WalkedUnit } from '../types.ts';

/** An entry with the number of its fonds. */
export interface Leaving extends WalkedUnit {
  fondsNo: string;
}

export type Value = (l: Leaving, language: Language) => CellInput;

/** The word of a code, where there is one. */
export function word(language: Language, group: string, code: string): string {
  const key = `${group}.${code}`;
  return isMessageKey(key) ? t(language, key) : code;
}

const days = remember((text) => parseArchivalDate(text).date, 40_000);

/** A day that the words of the date do not tell by themselves. */
const untold =
  (end: 'from' | 'to'): Value =>
  ({ unit: u }) => {
    const day = end === 'from' ? u.dateFrom : u.dateTo;
    const read = u.date === null ? null : days(u.date);
    return day === null || (read && read.from === u.dateFrom && read.to === u.dateTo) ? null : day;
  };

/** What an entry says in each field, as the import reads it again. */
export const VALUES: Readonly<Partial<Record<ImportField, Value>>> = {
  sourceId: ({ unit }) => unit.id,
  parentSourceId: ({ above }) => above?.id,
  fondsNo: ({ fondsNo }) => fondsNo,
  level: ({ unit }, language) => word(language, 'level', unit.level),
  referenceCode: ({ unit }) => unit.referenceCode,
  formerCodes: ({ unit }) => unit.formerCodes.join('\n'),
  title: ({ unit }) => unit.title,
  creator: ({ unit }) => unit.creator,
  docNo: ({ unit }) => unit.docNo,
  date: ({ unit }) => unit.date,
  dateFrom: untold('from'),
  dateTo: untold('to'),
  category: ({ unit }) => unit.category,
  year: ({ unit }) => unit.year,
  retention: ({ unit }) => unit.retention,
  classification: ({ unit }, language) => word(language, 'classification', unit.classification),
  accessStatus: ({ unit }, language) =>
    unit.accessStatus === 'unreviewed' ? null : word(language, 'access', unit.accessStatus),
  opensOn: ({ unit }) => unit.opensOn,
  embargoUntil: ({ unit }) => unit.embargoUntil,
  pages: ({ unit }) => unit.pages,
  pageCount: ({ unit }) => unit.pageCount || null,
};

/** An element of the description, by its name. */
export const element =
  (name: string): Value =>
  ({ unit }) => {
    const all: Readonly<Record<string, unknown>> = unit.description;
    const value = all[name];
    return typeof value === 'string' ? value : null;
  };

/** A free element, by its heading. */
export const free =
  (heading: string): Value =>
  ({ unit }) =>
    unit.description[EXTRA]?.[heading];

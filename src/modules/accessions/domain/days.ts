import { Refusal } from '#kernel/errors';

const DAY_MS = 86_400_000;
const DAY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const PART = /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/;

const at = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const isDay = (text: string): boolean =>
  DAY.test(text) && !Number.isNaN(at(text)) && new Date(at(text)).toISOString().startsWith(text);

/** A day of the calendar, `YYYY-MM-DD`; null: none. @throws Refusal accession.day */
export function readDay(given: string | null | undefined, field: string): string | null {
  const day = given?.trim() ?? '';
  if (day === '') return null;
  if (!isDay(day)) throw new Refusal('accession.day', 'A day is written as 2026-03-18.', { field });
  return day;
}

/** Dates of records: a year, a month or a day. @throws Refusal accession.day */
export function readPart(given: string | null | undefined, field: string): string | null {
  const part = given?.trim() ?? '';
  if (part === '') return null;
  if (!PART.test(part) || (part.length === 10 && !isDay(part)))
    throw new Refusal('accession.day', 'A date is a year, a month or a day: 1938, 1938-07, 1938-07-07.', {
      field,
    });
  return part;
}

/** Days from one to another; below zero: it is before. */
export const daysBetween = (from: string, to: string): number => Math.round((at(to) - at(from)) / DAY_MS);

export const plusDays = (day: string, days: number): string =>
  new Date(at(day) + days * DAY_MS).toISOString().slice(0, 10);

/** The same day so many months on; of a month that is shorter, its last. */
export function plusMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0));
  const wanted = new Date(last);
  wanted.setUTCDate(Math.min(date, last.getUTCDate()));
  return wanted.toISOString().slice(0, 10);
}

/**
 * When something that comes in a rhythm is expected next, after it came: the first day of its rhythm behind the day it came, so
 * that what came late moves nothing, and years it was missed in are not asked for again.
 */
export function nextExpected(planned: string, months: number, came: string): string {
  let n = 1;
  while (plusMonths(planned, n * months) <= came) n++;
  return plusMonths(planned, n * months);
}

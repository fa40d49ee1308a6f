/**
 * One calendar date as archives write it: a year, and a month and day that may be unknown (0).
 * `inferred` marks a date that is not on the document but was worked out (考证), written in `[ ]` [S:WEN].
 */
export interface DatePoint {
  readonly year: number;
  /** 1–12, 0 when unknown. */
  readonly month: number;
  /** 1–31, 0 when unknown; always 0 when the month is. */
  readonly day: number;
  readonly inferred: boolean;
}

export type DatePrecision = 'day' | 'month' | 'year';

/** Days in a month of the (proleptic) Gregorian calendar. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Why these numbers are no date, as a code and a sentence; null when they are one. */
export function whyNoDate(
  year: number,
  month: number,
  day: number,
): { code: string; message: string } | null {
  if (year === 0)
    return month === 0 && day === 0
      ? { code: 'date.unknown', message: 'The date is given as unknown (all zeros).' }
      : { code: 'date.unknownYear', message: 'The year is missing; a date needs at least its year.' };
  if (year < 1 || year > 9999) return { code: 'date.noSuchYear', message: `There is no year ${year}.` };
  if (month < 0 || month > 12) return { code: 'date.noSuchMonth', message: `There is no month ${month}.` };
  if (month === 0)
    return day === 0
      ? null
      : { code: 'date.dayWithoutMonth', message: 'A day is given but the month is unknown.' };
  if (day < 0 || day > daysInMonth(year, month))
    return { code: 'date.noSuchDay', message: `Month ${month} of ${year} has no day ${day}.` };
  return null;
}

export function precisionOf(p: DatePoint): DatePrecision {
  return p.day > 0 ? 'day' : p.month > 0 ? 'month' : 'year';
}

const pad = (n: number, width: number) => String(n).padStart(width, '0');

/** First day the point can mean, `YYYY-MM-DD`. */
export function firstDay(p: DatePoint): string {
  return `${pad(p.year, 4)}-${pad(p.month || 1, 2)}-${pad(p.day || 1, 2)}`;
}

/** Last day the point can mean, `YYYY-MM-DD`. */
export function lastDay(p: DatePoint): string {
  const month = p.month || 12;
  return `${pad(p.year, 4)}-${pad(month, 2)}-${pad(p.day || daysInMonth(p.year, month), 2)}`;
}

/** `YYYYMMDD` with zeros for what is unknown, without brackets. */
export function digitsOf(p: DatePoint): string {
  return pad(p.year, 4) + pad(p.month, 2) + pad(p.day, 2);
}

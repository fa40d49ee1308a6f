import type { Finding } from '../errors.ts';
import { namesOtherCalendar, normaliseDateText } from './normalise.ts';
import { type DatePoint, type DatePrecision, digitsOf, firstDay, lastDay, precisionOf } from './point.ts';
import { isList, readList } from './readList.ts';
import { type Reading, unreadable } from './readPoint.ts';
import { readStretch } from './readStretch.ts';
import { UNDATED } from './undated.ts';

/** An archival date or range of dates, understood. */
export interface ArchivalDate {
  /** Canonical form: `20030501`, `20030000`, `[19230000]`, `19230000-[19251231]` [S:WEN]. */
  readonly text: string;
  /** First day it can mean, `YYYY-MM-DD`. */
  readonly from: string;
  /** Last day it can mean, `YYYY-MM-DD`; never before `from`. */
  readonly to: string;
  /** Whether either end was worked out rather than read on the document. */
  readonly inferred: boolean;
  /** The coarser of its two ends. */
  readonly precision: DatePrecision;
  readonly start: DatePoint;
  /** Equal to `start` when this is one date. */
  readonly end: DatePoint;
  /** False when the source said something the canonical form can not (a list with gaps, a decade, a season). Keep the source text then. */
  readonly lossless: boolean;
}

export type DateReading =
  | { readonly date: ArchivalDate; readonly finding: null }
  | { readonly date: null; readonly finding: Finding };

const OPEN =
  /^(?:(?:not )?(?:before|after)|since|until|from|pre|post)[ -]|^by ?(?=\d)|(?:-| )(?:open|present|ongoing|current)$|(?:以前|之前|以后|以後|之后|之後|至今|前|后|後)$|(?:^[-/]|[-/]$|\.\.$|^\.\.)/i;
const MAX_LENGTH = 120;

/** Builds the date of two points, or says why not (the end lies before the start). */
export function dateOf(start: DatePoint, end: DatePoint, lossless = true): Reading<ArchivalDate> {
  const from = firstDay(start);
  const to = lastDay(end);
  if (from > to || firstDay(end) < from)
    return { trouble: { code: 'date.rangeBackwards', message: 'The range ends before it begins.' } };
  const coarse = [precisionOf(start), precisionOf(end)];
  const precision = coarse.includes('year') ? 'year' : coarse.includes('month') ? 'month' : 'day';
  return {
    ok: {
      text: canonical(start, end),
      from,
      to,
      inferred: start.inferred || end.inferred,
      precision,
      start,
      end,
      lossless,
    },
  };
}

function canonical(start: DatePoint, end: DatePoint): string {
  const [a, b] = [digitsOf(start), digitsOf(end)];
  const mark = (s: string, inferred: boolean) => (inferred ? `[${s}]` : s);
  if (a === b) return mark(a, start.inferred || end.inferred);
  if (start.inferred && end.inferred) return `[${a}-${b}]`;
  return `${mark(a, start.inferred)}-${mark(b, end.inferred)}`;
}

function understand(source: string): Reading<ArchivalDate> {
  if (source.length > MAX_LENGTH) return unreadable;
  if (namesOtherCalendar(source))
    return {
      trouble: {
        code: 'date.otherCalendar',
        message: 'This is a reign or lunar date. Give the Gregorian date, in [ ] where it was worked out.',
      },
    };
  const t = normaliseDateText(source);
  if (t === '') return { trouble: { code: 'date.empty', message: 'No date is given.' } };
  if (UNDATED.test(t.replace(/[[\]]/g, '')) || UNDATED.test(source.trim()))
    return { trouble: { code: 'date.unknown', message: 'The date is given as unknown.' } };
  const read = withoutRemark(t) ?? readWhole(t);
  if ('ok' in read || read.trouble.code !== 'date.unreadable' || !OPEN.test(t)) return read;
  return { trouble: { code: 'date.openRange', message: 'The range is open at one end; give both ends.' } };
}

function readWhole(t: string): Reading<ArchivalDate> {
  const read = readStretch(t);
  const whole = 'ok' in read ? dateOf(read.ok.start, read.ok.end, read.ok.lossless) : read;
  if ('ok' in whole || !isList(t)) return whole;
  const list = readList(t);
  if ('ok' in list) return dateOf(list.ok.start, list.ok.end, list.ok.lossless);
  return whole.trouble.code === unreadable.trouble.code ? list : whole;
}

/** `1998 (incomplete)`, `1923-1925 (bulk 1924)`: what is said beside the date is no part of it. */
function withoutRemark(t: string): Reading<ArchivalDate> | null {
  const m = /^(.+?)\s*\((?:bulk\b[^()]*|[^\d()?]*\p{L}[^\d()?]*)\)$/iu.exec(t);
  const read = m ? readWhole(m[1]!.trim()) : unreadable;
  return 'ok' in read ? { ok: { ...read.ok, lossless: false } } : null;
}

/**
 * Reads a date as archivists write and people type it: `YYYYMMDD` with unknown parts 0, ranges `YYYYMMDD-YYYYMMDD`,
 * inferred dates in `[ ]` [S:WEN]; also 2003-05-01, 2003.5.1, 2003年5月1日, 民国 years, ISO intervals, `c.1923`,
 * `1920s`, `5 May 1923`, lists (`10, 11 July 1945`), 20世纪50年代, 3月上旬. `2003-04` is April 2003, `1923-25` is 1923 to 1925.
 *
 * @returns the date, or one finding (`date.*`, severity error) that says why it can not be one. Never throws.
 */
export function parseArchivalDate(source: string): DateReading {
  const read = understand(source);
  if ('ok' in read) return { date: read.ok, finding: null };
  return {
    date: null,
    finding: { code: read.trouble.code, severity: 'error', path: '', message: read.trouble.message },
  };
}

import type { Finding } from '../errors.ts';
import { namesOtherCalendar, normaliseDateText } from './normalise.ts';
import { type DatePoint, type DatePrecision, digitsOf, firstDay, lastDay, precisionOf } from './point.ts';
import { type Reading, readPoint, type Stretch, type Trouble, unreadable } from './readPoint.ts';

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

const UNDATED =
  /^(?:undated|no date|n\.? ?d\.?|s\.? ?d\.?|unknown|不[详詳]|无日期|無日期|未知|日期不[详詳]|无|無)$/i;
const OPEN =
  /^(?:before|after|since|until|from|pre|post)[ -]|(?:以前|之前|以后|以後|之后|之後|至今|前|后|後)$|(?:^[-/]|[-/]$|\.\.$|^\.\.)/i;
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

/** `5.3` after `2003.4.1` means 2003.5.3; `25` after `1923` means 1925, `7` after `1992 March 1` the 7th. Null when nothing is missing. */
function completeRight(left: string, right: string): string | null {
  const l = left.replace(/[[\]]/g, '');
  if (/^\d{4}$/.test(l) && /^\d{2}$/.test(right)) return l.slice(0, 2) + right;
  const spelt = /^(\d{4}) ([a-z]+\.?)(?: \d{1,2})?$/i.exec(l);
  if (spelt && /^[a-z]+\.?(?: \d{1,2})?$/i.test(right)) return `${spelt[1]} ${right}`;
  if (spelt && /^\d{1,2}$/.test(right)) return `${spelt[1]} ${spelt[2]} ${right}`;
  const parts = l.split(/[./]/);
  const given = right.split(/[./]/);
  if (!/^\d{4}$/.test(parts[0] ?? '') || parts.length < 2 || given.length >= parts.length) return null;
  if (!given.every((g) => /^\d{1,2}$/.test(g))) return null;
  return [...parts.slice(0, parts.length - given.length), ...given].join('.');
}

/** `Jan` before `Mar 1923`, `3` before `5 May 1923`: the left end borrows what it lacks. Null when it can not. */
function completeLeft(left: string, right: string): string | null {
  if (/^[a-z]+\.?(?: \d{1,2})?$/i.test(left) && /\d{4}$/.test(right)) return `${left} ${right.slice(-4)}`;
  if (/^\d{1,2}(?: [a-z]+\.?)?$/i.test(left)) {
    const tail = /^\d{1,2} ([a-z]+\.?,? \d{4})$/i.exec(right)?.[1];
    if (tail) return `${left} ${/[a-z]/i.test(left) ? tail.slice(-4) : tail}`;
  }
  return null;
}

function readEnds(left: string, right: string): Reading<Stretch> {
  const a = left.trim();
  const b = right.trim();
  if (a === '' || b === '') return unreadable;
  let first = readPoint(a);
  let last = readPoint(b);
  const fuller = 'ok' in first && !/\d{4}/.test(b) ? completeRight(a, b) : null;
  if (fuller !== null) last = readPoint(fuller);
  const borrowed = 'ok' in last && !('ok' in first) ? completeLeft(a, b) : null;
  if (borrowed !== null) first = readPoint(borrowed);
  if (!('ok' in first)) return first;
  if (!('ok' in last)) return last;
  return {
    ok: { start: first.ok.start, end: last.ok.end, lossless: first.ok.lossless && last.ok.lossless },
  };
}

/** The places where a text may be cut into two ends, surest sign first. */
function cuts(t: string): [string, string][] {
  const strong = /^(.+?)(?:\s*(?:至|到|\.\.|--|(?<=.)~(?=.))\s*| (?:to|and|until|-) )(.+)$/i.exec(t);
  const found: [string, string][] = strong ? [[strong[1]!, strong[2]!]] : [];
  for (const sign of ['/', '-'])
    for (let i = t.indexOf(sign); i >= 0; i = t.indexOf(sign, i + 1))
      found.push([t.slice(0, i), t.slice(i + 1)]);
  return found;
}

function readStretch(t: string): Reading<Stretch> {
  const outer = /^\[([^[\]]*)\]$/.exec(t);
  if (outer) {
    const inside = readStretch(outer[1]!.trim());
    if (!('ok' in inside)) return inside;
    const mark = (p: DatePoint): DatePoint => ({ ...p, inferred: true });
    return { ok: { ...inside.ok, start: mark(inside.ok.start), end: mark(inside.ok.end) } };
  }
  const circa = /^(?:circa|ca\.?|c\.)\s*(?=\d)/i.exec(t);
  const single = readPoint(t);
  if ('ok' in single) return single;
  let trouble: Trouble = single.trouble;
  for (const [left, right] of cuts(circa ? t.slice(circa[0].length) : t)) {
    const both = readEnds(left, right);
    if (!('ok' in both)) {
      if (trouble.code === 'date.unreadable') trouble = both.trouble;
      continue;
    }
    if (!circa) return both;
    return {
      ok: {
        ...both.ok,
        start: { ...both.ok.start, inferred: true },
        end: { ...both.ok.end, inferred: true },
      },
    };
  }
  return { trouble };
}

/** `1923, 1925-1930, undated`: covers the first to the last; the gaps are lost. */
function readList(t: string): Reading<ArchivalDate> {
  const parts = t
    .split(/[,;|]|\band\b/i)
    .map((p) => p.trim())
    .filter((p) => p !== '' && !UNDATED.test(p));
  if (parts.length === 0 || parts.length > 50) return unreadable;
  let start: DatePoint | null = null;
  let end: DatePoint | null = null;
  for (const part of parts) {
    const read = readStretch(part);
    if (!('ok' in read)) return read;
    if (start === null || firstDay(read.ok.start) < firstDay(start)) start = read.ok.start;
    if (end === null || lastDay(read.ok.end) > lastDay(end)) end = read.ok.end;
  }
  return start !== null && end !== null ? dateOf(start, end, false) : unreadable;
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
  if (UNDATED.test(t.replace(/[[\]]/g, '')))
    return { trouble: { code: 'date.unknown', message: 'The date is given as unknown.' } };
  const read = readStretch(t);
  if ('ok' in read) return dateOf(read.ok.start, read.ok.end, read.ok.lossless);
  if (/[,;|]|\band\b/i.test(t)) {
    const list = readList(t);
    if ('ok' in list) return list;
  }
  if (OPEN.test(t) && read.trouble.code === 'date.unreadable')
    return { trouble: { code: 'date.openRange', message: 'The range is open at one end; give both ends.' } };
  return read;
}

/**
 * Reads a date as archivists write and people type it: `YYYYMMDD` with unknown parts 0, ranges `YYYYMMDD-YYYYMMDD`,
 * inferred dates in `[ ]` [S:WEN]; also 2003-05-01, 2003.5.1, 2003年5月1日, 民国 years, ISO intervals, `c.1923`,
 * `1920s`, `5 May 1923`, lists. `2003-04` is April 2003, `1923-25` is 1923 to 1925.
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

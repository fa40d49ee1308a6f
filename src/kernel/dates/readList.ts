import { type DatePoint, firstDay, lastDay, precisionOf } from './point.ts';
import { type Reading, type Stretch, unreadable } from './readPoint.ts';
import { completeLeft, completeRight, readStretch } from './readStretch.ts';
import { UNDATED } from './undated.ts';

const MOST = 50;
const SEPARATOR = /\s*(?:[,;|&]|\band\b)\s*/i;
/** Parts of a list that give no further dates. */
const BESIDE = /^bulk\b/i;

export function isList(t: string): boolean {
  return SEPARATOR.test(daysFirst(t));
}

/** `May 5, 6 1923` as `5, 6 May 1923`; `16 29 July 1946`, where the comma was forgotten, as `16, 29 July 1946`. */
function daysFirst(t: string): string {
  return t
    .replace(/^([a-z]{3,}\.?) (\d{1,2}(?:(?:, ?| & | and )\d{1,2})+),? (\d{4})$/i, '$2 $1 $3')
    .replace(/^(\d{1,2}) (\d{1,2} [a-z]{3,}\.?,? \d{4})$/i, '$1, $2');
}

/** The parts of a list; a year that stands alone belongs to the day and month before it. */
function partsOf(t: string): string[] {
  const parts: string[] = [];
  for (const part of daysFirst(t).split(SEPARATOR)) {
    const last = parts.at(-1);
    const lacking = last !== undefined && /[a-z]/i.test(last) && !/\d{4}|\d0s/.test(last) && !isBeside(last);
    if (/^\d{4}$/.test(part) && lacking) parts[parts.length - 1] = `${last} ${part}`;
    else if (part !== '') parts.push(part);
  }
  return parts;
}

const isBeside = (part: string) => UNDATED.test(part) || BESIDE.test(part);

/** Gives parts that lack month or year those of the part after them, or before them. */
function completed(parts: readonly string[]): (string | null)[] {
  const says = (text: string) => {
    const read = readStretch(text);
    return 'ok' in read || read.trouble.code !== unreadable.trouble.code;
  };
  const whole: (string | null)[] = parts.map((p) => (says(p) ? p : null));
  const complete = (
    i: number,
    neighbour: string | null | undefined,
    by: typeof completeLeft,
    before: boolean,
  ) => {
    const own = parts[i]!;
    if (whole[i] !== null || !neighbour) return;
    const text = before ? by(neighbour, own) : by(own, neighbour);
    if (text !== null && says(text)) whole[i] = text;
  };
  for (let i = parts.length - 2; i >= 0; i--) complete(i, whole[i + 1], completeLeft, false);
  for (let i = 1; i < parts.length; i++) complete(i, whole[i - 1], completeRight, true);
  return whole;
}

/** Whether one begins on the day after the other ends, both being days, months or years. */
function follows(a: Stretch, b: Stretch): boolean {
  const points: DatePoint[] = [a.start, a.end, b.start, b.end];
  if (!a.lossless || !b.lossless || new Set(points.map(precisionOf)).size > 1) return false;
  const next = new Date(`${lastDay(a.end)}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.toISOString().slice(0, 10) === firstDay(b.start);
}

/**
 * Reads a list, `1923, 1925-1930, undated` or `10, 11 July 1945`: it covers the first to the last. Nothing is lost of it
 * only where each follows upon the other.
 */
export function readList(t: string): Reading<Stretch> {
  const all = partsOf(t);
  const parts = all.filter((p) => !isBeside(p));
  if (parts.length === 0 || parts.length > MOST) return unreadable;
  const read: Stretch[] = [];
  for (const text of completed(parts)) {
    const one = text === null ? unreadable : readStretch(text);
    if (!('ok' in one)) return one;
    read.push(one.ok);
  }
  const lossless = parts.length === all.length && read.every((s, i) => i === 0 || follows(read[i - 1]!, s));
  const start = read.map((s) => s.start).reduce((a, b) => (firstDay(b) < firstDay(a) ? b : a));
  const end = read.map((s) => s.end).reduce((a, b) => (lastDay(b) > lastDay(a) ? b : a));
  return { ok: { start, end, lossless } };
}

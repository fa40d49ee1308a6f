import type { DatePoint } from './point.ts';
import { type Reading, readPoint, type Stretch, type Trouble, unreadable } from './readPoint.ts';

/** `5.3` after `2003.4.1` means 2003.5.3, `6m` (6月) the June of that year; `25` after `1923` means 1925, `7` after `1992 March 1` the 7th. Null when nothing is missing. */
export function completeRight(left: string, right: string): string | null {
  const l = left.replace(/[[\]]/g, '');
  if (/^\d{4}$/.test(l) && /^\d{2}$/.test(right)) return l.slice(0, 2) + right;
  const spelt = /^(\d{4}) ([a-z]+\.?)(?: \d{1,2})?$/i.exec(l);
  if (spelt && /^[a-z]+\.?(?: \d{1,2})?$/i.test(right)) return `${spelt[1]} ${right}`;
  if (spelt && /^\d{1,2}$/.test(right)) return `${spelt[1]} ${spelt[2]} ${right}`;
  const month = /^(\d{1,2})m$/.exec(right);
  if (month && /^\d{4}\b/.test(l)) return `${l.slice(0, 4)}.${month[1]}`;
  const parts = l.replace(/[./]?[上中下]旬$/, '').split(/[./]/);
  const given = right.split(/[./]/);
  if (!/^\d{4}$/.test(parts[0] ?? '') || parts.length < 2 || given.length >= parts.length) return null;
  if (!given.every((g) => /^\d{1,2}$/.test(g))) return null;
  return [...parts.slice(0, parts.length - given.length), ...given].join('.');
}

/** `Jan` before `Mar 1923`, `3` before `5 May 1923`: the left end borrows what it lacks. Null when it can not. */
export function completeLeft(left: string, right: string): string | null {
  if (/^[a-z]+\.?(?: \d{1,2})?$/i.test(left) && /\d{4}$/.test(right)) return `${left} ${right.slice(-4)}`;
  if (/^\d{1,2}(?:-\d{1,2})?(?: [a-z]+\.?)?$/i.test(left)) {
    const tail = /^(?:\d{1,2}-)?\d{1,2} ([a-z]+\.?,? \d{4})$/i.exec(right)?.[1];
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
  const strong = /^(.+?)(?:\s*(?:至|到|\.\.|--|(?<=.)~(?=.))\s*| (?:to|until|-) )(.+)$/i.exec(t);
  const found: [string, string][] = strong ? [[strong[1]!, strong[2]!]] : [];
  for (const sign of ['/', '-'])
    for (let i = t.indexOf(sign); i >= 0; i = t.indexOf(sign, i + 1))
      found.push([t.slice(0, i), t.slice(i + 1)]);
  return found;
}

/** Reads one date or one range of dates out of normalised text. */
export function readStretch(t: string): Reading<Stretch> {
  const between = /^between (.+?) and (.+)$/i.exec(t);
  if (between) {
    // Some day in between, not all of them.
    const both = readStretch(`[${between[1]} - ${between[2]}]`);
    return 'ok' in both ? { ok: { ...both.ok, lossless: false } } : both;
  }
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

import { parseArchivalDate } from '#kernel/dates';
import { remember } from './remember.ts';

export interface RowDate {
  /** Canonical where nothing of the source is lost by that, else the source text. */
  text: string | null;
  from: string | null;
  to: string | null;
  /** Set when the text is kept but no day could be made of it. */
  problem: 'date.unreadable' | 'date.backwards' | null;
}

const NONE: RowDate = { text: null, from: null, to: null, problem: null };
/** Catalogues repeat dates: the latest readings are kept. */
const CACHE = 40_000;

/**
 * Makes a reader of dates. A date no rule can read is no reason to turn an entry away: its text is kept as it stands,
 * the entry has no day to be found by, and the row is noted.
 */
export function dateReader(): {
  one(text: string): RowDate;
  /** Two columns; either may be empty. */
  range(from: string, to: string): RowDate;
} {
  function read(text: string): RowDate {
    const { date, finding } = parseArchivalDate(text);
    if (date) return { text: date.lossless ? date.text : text, from: date.from, to: date.to, problem: null };
    if (finding.code === 'date.empty') return NONE;
    // "Undated" is an answer, not a mistake.
    if (finding.code === 'date.unknown') return { ...NONE, text };
    const problem = finding.code === 'date.rangeBackwards' ? 'date.backwards' : 'date.unreadable';
    return { ...NONE, text, problem };
  }

  const one = remember(read, CACHE);

  return {
    one,
    range(from, to) {
      if (to === '' || to === from) return one(from);
      if (from === '') return one(to);
      const text = `${from} - ${to}`;
      const [a, b] = [one(from), one(to)];
      if (!a.from || !b.to) {
        // `1964` and `65` are a range only together.
        const both = one(text);
        if (both.from !== null) return { ...both, text };
        return { text, from: a.from ?? b.from, to: b.to ?? a.to, problem: a.problem ?? b.problem };
      }
      const both = one(`${a.text}/${b.text}`);
      if (both.problem === null) return both;
      if (a.from > b.to) return { text, from: null, to: null, problem: 'date.backwards' };
      return { text, from: a.from, to: b.to, problem: null };
    },
  };
}

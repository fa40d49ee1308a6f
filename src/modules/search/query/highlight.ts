import { foldWithMap } from '../folding/fold.ts';
import { isWordUnit } from '../folding/terms.ts';
import type { QueryWord } from './word.ts';

/** A stretch of a text in UTF-16 units: first, and one after the last. */
export type Range = [start: number, end: number];

/** More marks than this help nobody. */
const MOST_MARKS = 100;

/** Where the words of a query stand in a text, in order, overlapping stretches joined. */
export function highlight(text: string, words: readonly QueryWord[]): Range[] {
  const { folded, start, end } = foldWithMap(text);
  const found: Range[] = [];
  for (const word of words) {
    for (const { folded: form, wild } of word.forms) {
      for (const match of wild ? folded.matchAll(wild) : []) {
        if (found.length >= MOST_MARKS || match[0] === '') break;
        found.push([start[match.index]!, end[match.index + match[0].length - 1]!]);
      }
      if (wild) continue;
      for (
        let at = folded.indexOf(form);
        at >= 0 && found.length < MOST_MARKS;
        at = folded.indexOf(form, at + 1)
      ) {
        // Letters and digits match from the start of their word, as the index has it.
        if (at > 0 && isWordUnit(form.charCodeAt(0)) && isWordUnit(folded.charCodeAt(at - 1))) continue;
        found.push([start[at]!, end[at + form.length - 1]!]);
      }
    }
  }
  return joinRanges(found);
}

function joinRanges(ranges: Range[]): Range[] {
  ranges.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const joined: Range[] = [];
  for (const range of ranges) {
    const last = joined.at(-1);
    if (last && range[0] <= last[1]) last[1] = Math.max(last[1], range[1]);
    else joined.push([...range]);
  }
  return joined;
}

export interface Excerpt {
  text: string;
  highlights: Range[];
}

const BEFORE = 30;
const LENGTH = 120;

/** The part of a page around its first marks, blanks and line ends made one, marks moved along; null without marks. */
export function excerpt(page: string, words: readonly QueryWord[]): Excerpt | null {
  const text = page.replace(/\s+/g, ' ').trim();
  const marks = highlight(text, words);
  const first = marks[0];
  if (!first) return null;
  const from = wholeCharacter(text, Math.max(0, first[0] - BEFORE));
  const to = wholeCharacter(text, Math.min(text.length, Math.max(from + LENGTH, first[1])));
  const [head, tail] = [from > 0 ? '…' : '', to < text.length ? '…' : ''];
  const moved = marks
    .filter(([start]) => start < to)
    .map(([start, end]): Range => [start - from + head.length, Math.min(end, to) - from + head.length]);
  return { text: head + text.slice(from, to) + tail, highlights: moved };
}

/** Moves a cut that would part a pair of surrogates to before the pair. */
function wholeCharacter(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return at > 0 && unit >= 0xdc00 && unit < 0xe000 ? at - 1 : at;
}

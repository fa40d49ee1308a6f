/**
 * Index terms of folded text.
 *
 * Chinese: each two adjoining characters; a character that adjoins nothing to its right stands alone, so that a
 * prefix of one character finds every place it occurs. Letters and digits: the whole word; the query asks
 * by prefix for words with letters, and for numbers as they are.
 * Where Chinese and a word adjoin, the two characters at the border are a pair too.
 */
import { kindOf, WORD } from './characters.ts';

/** Where a term was found; the first character of the term in the index. */
export type Field = 't' | 'o' | 'p';
export const TITLE: Field = 't';
export const OTHER: Field = 'o';
export const PAGE: Field = 'p';

/** PostgreSQL takes lexemes of under 2 kB; longer words are asked by their beginning and compared in full. */
export const LONGEST_WORD = 64;

const SPACE = 0x20;
const isGap = (unit: number): boolean => unit === SPACE || unit === 0x0a;
const isHigh = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;

export function isWordUnit(unit: number): boolean {
  return unit < 0x80
    ? unit !== 0x20 && unit !== 0x0a
    : unit < 0x1100 || kindOf(String.fromCharCode(unit)) === WORD;
}

/** Whether the eight characters from here are a day written 20030512, which is found by its year and month too. */
function isDay(folded: string, at: number): boolean {
  return /^(1\d|20)\d\d(0[1-9]|1[0-2])([0-2]\d|3[01])$/.test(folded.slice(at, at + 8));
}

/** Calls back with each term of a folded text, as the stretch of the text it is; some come more than once. */
export function eachTerm(folded: string, take: (start: number, end: number) => void): void {
  const length = folded.length;
  let at = 0;
  while (at < length) {
    const unit = folded.charCodeAt(at);
    if (isGap(unit)) {
      at++;
      continue;
    }
    let next = at + (isHigh(unit) ? 2 : 1);
    if (isWordUnit(unit)) {
      while (next < length && isWordUnit(folded.charCodeAt(next))) next++;
      take(at, Math.min(next, at + LONGEST_WORD));
      if (next - at === 8 && isDay(folded, at)) {
        take(at, at + 4);
        take(at, at + 6);
      }
      // What the word's last character and the Chinese one after it make together is a pair too.
      at = next === length || isGap(folded.charCodeAt(next)) ? next : next - 1;
      if (at === next) continue;
    }
    const follower = next < length ? folded.charCodeAt(next) : SPACE;
    if (isGap(follower)) take(at, next);
    else take(at, next + (isHigh(follower) ? 2 : 1));
    at = next;
  }
}

/** Adds the terms of one folded text, each with the field's letter before it. */
export function addTerms(folded: string, field: Field, into: Set<string>): void {
  eachTerm(folded, (start, end) => into.add(field + folded.slice(start, end)));
}

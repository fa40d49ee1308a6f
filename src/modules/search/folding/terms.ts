/**
 * Index terms of folded text.
 *
 * Chinese: each two adjoining characters; a character that adjoins nothing to its right stands alone, so that a
 * prefix of one character finds every place it occurs. Letters and digits: the whole word; the query asks
 * by prefix for words with letters, and for numbers as they are.
 * Where Chinese and a word adjoin, the two characters at the border are a pair too.
 *
 * A number of five digits or more that is no day or month stands by its length and its last three digits: running
 * numbers and identity numbers are hardly ever the same twice, and a term of its own for each makes the index many
 * times larger and slower to write. What the term promises is then looked up in the text.
 */
import { lookUp, WORD } from './characters.ts';
import { textOf, unitsOf } from './units.ts';

/** Where a term was found; the first character of the term in the index. */
export type Field = 't' | 'o' | 'p';
export const TITLE: Field = 't';
export const OTHER: Field = 'o';
export const PAGE: Field = 'p';

/** PostgreSQL takes lexemes of under 2 kB; longer words are asked by their beginning and compared in full. */
export const LONGEST_WORD = 64;

const SPACE = 0x20;
export const isGap = (unit: number): boolean => unit === SPACE || unit === 0x0a;
const isHigh = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;

export function isWordUnit(unit: number): boolean {
  return unit < 0x80 ? unit !== 0x20 && unit !== 0x0a : unit < 0x1100 || lookUp(unit) >> 16 === WORD;
}

const LONG_NUMBER = /^\d{5,}$/;
/** A day written 20030512 or a month 200305. */
const DAY_OR_MONTH = /^(1\d|20)\d\d(0[1-9]|1[0-2])([0-2]\d|3[01])?$/;
/** Folded text, being lower case, never has this letter. */
const LENGTH_MARK = 'N';

/** Whether a word is a number that shares its term with others. */
export function sharesTerm(word: string): boolean {
  return LONG_NUMBER.test(word) && !DAY_OR_MONTH.test(word);
}

/** The term of a word. */
export function termOf(word: string): string {
  if (sharesTerm(word)) return `${word.length}${LENGTH_MARK}${word.slice(-3)}`;
  return word.length > LONGEST_WORD ? word.slice(0, LONGEST_WORD) : word;
}

/** Takes the terms of a folded text: most are stretches of it, some are words made of it. */
export interface TakeTerms {
  stretch(start: number, end: number): void;
  word(term: string): void;
}

/** Calls back with each term of folded text, given as UTF-16 units; some come more than once. */
export function eachTerm(folded: Uint16Array, take: TakeTerms): void {
  const length = folded.length;
  let at = 0;
  while (at < length) {
    const unit = folded[at]!;
    if (isGap(unit)) {
      at++;
      continue;
    }
    let next = at + (isHigh(unit) ? 2 : 1);
    if (isWordUnit(unit)) {
      while (next < length && isWordUnit(folded[next]!)) next++;
      if (next - at < 5) take.stretch(at, next);
      else {
        const word = textOf(folded.subarray(at, next));
        take.word(termOf(word));
        if (next - at === 8 && DAY_OR_MONTH.test(word)) {
          take.stretch(at, at + 4);
          take.stretch(at, at + 6);
        }
      }
      // What the word's last character and the Chinese one after it make together is a pair too.
      at = next === length || isGap(folded[next]!) ? next : next - 1;
      if (at === next) continue;
    }
    const follower = next < length ? folded[next]! : SPACE;
    take.stretch(at, isGap(follower) ? next : next + (isHigh(follower) ? 2 : 1));
    at = next;
  }
}

/** Adds the terms of one folded text, each with the field's letter before it. */
export function addTerms(folded: string, field: Field, into: Set<string>): void {
  eachTerm(unitsOf(folded), {
    stretch: (start, end) => into.add(field + folded.slice(start, end)),
    word: (term) => into.add(field + term),
  });
}

import { isWordUnit, LONGEST_WORD, sharesTerm, termOf } from '../folding/terms.ts';

/** What the index is asked for one form of a word, the field's letter left to the caller. */
export interface WordTerms {
  exact: string[];
  /** Beginnings of terms. */
  prefixes: string[];
  /** Whether these say all: one pair, one character, one word. */
  decided: boolean;
}

const NUMBER = /^\d+$/;
const isHigh = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;

/**
 * The terms every text has that contains this folded word, matching `eachTerm`: pairs of adjoining characters, whole
 * words, and the beginning of a word of letters that the query ends in. A number is found as a whole number.
 */
export function wordTerms(folded: string): WordTerms {
  const exact = new Set<string>();
  const prefixes = new Set<string>();
  // Terms as they come: 民民民 has one pair twice, and the pair alone does not say that it stands twice in a row.
  let came = 0;
  let shared = false;
  const take = (into: Set<string>, term: string) => {
    into.add(term);
    came++;
  };
  const pieces = folded.split(' ');
  for (const [i, piece] of pieces.entries()) {
    const last = i === pieces.length - 1;
    let at = 0;
    while (at < piece.length) {
      let next = at + (isHigh(piece.charCodeAt(at)) ? 2 : 1);
      if (isWordUnit(piece.charCodeAt(at))) {
        while (next < piece.length && isWordUnit(piece.charCodeAt(next))) next++;
        const word = piece.slice(at, next);
        const whole = next < piece.length || !last || next - at > LONGEST_WORD || NUMBER.test(word);
        shared ||= sharesTerm(word);
        take(whole ? exact : prefixes, termOf(word));
        if (next === piece.length) break;
        at = next - 1;
      } else if (next === piece.length) {
        if (at === 0) take(last ? prefixes : exact, piece);
        break;
      }
      take(exact, piece.slice(at, next + (isHigh(piece.charCodeAt(next)) ? 2 : 1)));
      at = next;
    }
  }
  return {
    exact: [...exact],
    prefixes: [...prefixes],
    decided: pieces.length === 1 && came === 1 && folded.length <= LONGEST_WORD && !shared,
  };
}

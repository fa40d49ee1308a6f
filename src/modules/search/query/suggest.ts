import type { QueryWord } from './word.ts';
import type { ParsedQuery } from './words.ts';

export interface Suggestion {
  /** A word spelt otherwise, some words left out, or long words taken apart. */
  kind: 'didYouMean' | 'fewerWords' | 'shorterWords';
  q: string;
  total: number;
  totalIsExact: boolean;
}

const MOST_TRIES = 8;
/** Words that are looked at for other spellings. */
const MOST_WORDS = 3;

/**
 * Other queries that find something where this one found nothing: words as the archive spells them, each word left out in turn, a long
 * phrase taken apart. Both scripts were tried already: they are one to the index.
 *
 * @param like words of titles that differ little from one
 */
export async function suggest(
  query: ParsedQuery,
  count: (q: string) => Promise<{ total: number; exact: boolean }>,
  like: (word: QueryWord) => Promise<readonly string[]>,
): Promise<Suggestion[]> {
  // Of a query with fields and signs nobody can tell what to leave out.
  if (query.phrase === null) return [];
  const tries: Array<Pick<Suggestion, 'kind' | 'q'>> = [];
  const words = query.words.map((w) => (/\s/.test(w.text) ? `"${w.text}"` : w.text));
  for (const [i, word] of query.words.slice(0, MOST_WORDS).entries()) {
    for (const other of await like(word))
      tries.push({ kind: 'didYouMean', q: words.map((w, j) => (j === i ? other : w)).join(' ') });
  }
  if (words.length > 1) {
    for (const [i] of words.entries())
      tries.push({ kind: 'fewerWords', q: words.filter((_, j) => j !== i).join(' ') });
  }
  for (const word of query.words) {
    const characters = [...word.text];
    if (characters.length < 4 || !/^\p{Script=Han}+$/u.test(word.text)) continue;
    const others = words.filter((w) => w !== word.text);
    const half = Math.ceil(characters.length / 2);
    tries.push({ kind: 'shorterWords', q: [...others, ...inTwos(characters)].join(' ') });
    tries.push({ kind: 'shorterWords', q: [...others, characters.slice(0, half).join('')].join(' ') });
    tries.push({ kind: 'shorterWords', q: [...others, characters.slice(-half).join('')].join(' ') });
  }
  const found: Suggestion[] = [];
  for (const attempt of tries.slice(0, MOST_TRIES)) {
    const { total, exact } = await count(attempt.q);
    if (total > 0) found.push({ ...attempt, total, totalIsExact: exact });
  }
  // What was meant comes before what was not.
  const other = (s: Suggestion) => (s.kind === 'didYouMean' ? 0 : 1);
  return found.sort(
    (a, b) => other(a) - other(b) || (other(a) === 0 ? b.total - a.total : a.total - b.total),
  );
}

function inTwos(characters: readonly string[]): string[] {
  const pieces: string[] = [];
  for (let i = 0; i < characters.length; i += 2) {
    pieces.push(characters.slice(Math.min(i, characters.length - 2), i + 2).join(''));
  }
  return pieces;
}

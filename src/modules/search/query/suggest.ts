import type { ParsedQuery } from './words.ts';

export interface Suggestion {
  /** Some words left out, or long words taken apart. */
  kind: 'fewerWords' | 'shorterWords';
  q: string;
  total: number;
  totalIsExact: boolean;
}

const MOST_TRIES = 8;

/**
 * Other queries that find something where this one found nothing: each word left out in turn, a long phrase taken
 * apart. Both scripts were tried already: they are one to the index.
 */
export async function suggest(
  query: ParsedQuery,
  count: (q: string) => Promise<{ total: number; exact: boolean }>,
): Promise<Suggestion[]> {
  const tries: Array<Pick<Suggestion, 'kind' | 'q'>> = [];
  const words = query.words.map((w) => (/\s/.test(w.text) ? `"${w.text}"` : w.text));
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
  return found.sort((a, b) => a.total - b.total);
}

function inTwos(characters: readonly string[]): string[] {
  const pieces: string[] = [];
  for (let i = 0; i < characters.length; i += 2) {
    pieces.push(characters.slice(Math.min(i, characters.length - 2), i + 2).join(''));
  }
  return pieces;
}

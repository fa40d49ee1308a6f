import type { Sql } from '#kernel/db';
import { foldWithMap } from '../folding/fold.ts';
import { TITLE } from '../folding/terms.ts';
import { titlesWith } from '../store/titles.ts';
import { lexeme } from '../writing/lexemes.ts';
import { asked } from './terms.ts';
import { type QueryWord, readWord } from './word.ts';

const HAN = /^\p{Script=Han}{2,8}$/u;
const LETTERS = /^\p{L}{4,24}$/u;
const TITLES = 100;
const MOST = 3;

/**
 * Words of titles the asker may see that differ from this one in one Chinese character, or in two letters: the commonest first. They are
 * the archive's own words, no dictionary's.
 */
export async function wordsLike(tx: Sql, word: QueryWord): Promise<string[]> {
  const text = word.text.normalize('NFC');
  const counts = new Map<string, number>();
  const found = HAN.test(text)
    ? await oneCharacterApart(tx, text)
    : LETTERS.test(text)
      ? await lettersApart(tx, text)
      : [];
  for (const other of found) counts.set(other, (counts.get(other) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, MOST)
    .map(([other]) => other);
}

async function oneCharacterApart(tx: Sql, text: string): Promise<string[]> {
  const characters = [...text];
  const found: string[] = [];
  for (let i = 0; i < characters.length; i++) {
    const [before, after] = [characters.slice(0, i).join(''), characters.slice(i + 1).join('')];
    const pieces = [before, after].filter((p) => p !== '').map((p) => readWord(p));
    const nodes = pieces
      .filter((p) => p !== null)
      .map((word) => ({ kind: 'word' as const, word, field: null }));
    const terms = asked('title', { kind: 'all', of: nodes });
    if (terms === null) continue;
    const [head, tail] = [foldWithMap(before).folded, foldWithMap(after).folded];
    for (const { title } of await titlesWith(tx, terms, TITLES)) {
      const { folded, start, end } = foldWithMap(title);
      const match = new RegExp(`${head}(\\p{Script=Han})${tail}`, 'u').exec(folded);
      if (match) found.push(title.slice(start[match.index]!, end[match.index + match[0].length - 1]!));
    }
  }
  return found;
}

async function lettersApart(tx: Sql, text: string): Promise<string[]> {
  const typed = foldWithMap(text).folded;
  const terms = `${lexeme(TITLE + typed.slice(0, 2))}:*`;
  const found: string[] = [];
  for (const { title } of await titlesWith(tx, terms, TITLES)) {
    for (const other of foldWithMap(title).folded.split(/[^\p{L}]+/u)) {
      if (other.startsWith(typed.slice(0, 2)) && other !== typed && distance(typed, other) <= 2)
        found.push(other);
    }
  }
  return found;
}

/** How many letters are to be changed, left out, put in or exchanged with their neighbour to make one word of another; 3 where more. */
export function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  let [older, old] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(old[j]! + 1, row[j - 1]! + 1, old[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j]!, older[j - 2]! + 1);
    }
    [older, old] = [old, row];
  }
  return Math.min(3, old[b.length]!);
}

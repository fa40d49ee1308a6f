import type { Range } from '../api/shapes.ts';

export type FoldHan = (char: string) => string;
const cache = new Map<string, string>();

/** Traditional to simplified, character by character; the tables are loaded only when a query has Han characters. */
export async function loadFoldHan(): Promise<FoldHan> {
  const { Converter } = await import('opencc-js/t2cn');
  const convert = Converter({ from: 't', to: 'cn' });
  return (char) => {
    const known = cache.get(char);
    if (known !== undefined) return known;
    const folded = convert(char);
    cache.set(char, folded);
    return folded;
  };
}

export const sameHan: FoldHan = (char) => char;

/** Folded text, and for each of its UTF-16 units where in the source it came from. */
function fold(text: string, han: FoldHan): { folded: string; from: number[] } {
  let folded = '';
  const from: number[] = [];
  let at = 0;
  for (const char of text) {
    const plain = char.normalize('NFKC').toLowerCase();
    const out = /\p{Script=Han}/u.test(plain) ? han(plain) : plain;
    for (let n = 0; n < out.length; n += 1) from.push(at);
    folded += out;
    at += char.length;
  }
  from.push(at);
  return { folded, from };
}

/** The words of a query: quotation marks fall away, blanks separate. */
export function termsOf(q: string): string[] {
  return q
    .replace(/["“”「」『』]/g, ' ')
    .split(/\s+/)
    .filter(Boolean);
}

/** Where the words of a query stand in a text, however they are written: width, case and script are folded. */
export function findRanges(text: string, q: string, han: FoldHan = sameHan): Range[] {
  const { folded, from } = fold(text, han);
  const ranges: Range[] = [];
  for (const term of termsOf(q)) {
    const wanted = fold(term, han).folded;
    if (wanted === '') continue;
    for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + wanted.length)) {
      ranges.push([from[at] ?? 0, from[at + wanted.length] ?? text.length]);
    }
  }
  return ranges.sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
}

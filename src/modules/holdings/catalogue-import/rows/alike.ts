/** What likeness is judged by. */
export interface Likeable {
  title: string;
  creator: string | null;
  dateFrom: string | null;
  dateTo: string | null;
}

/** From this share of common pairs of characters on, two titles are alike. */
export const ALIKE = 0.85;

/** Text without what differs between two hands: case, width, accents, traditional and simplified characters. */
export type Fold = (text: string) => string;

const bare = (fold: Fold, text: string) => fold(text).replace(/[^\p{L}\p{N}]+/gu, '');

/** How alike two titles are, 0 to 1: the share of pairs of adjoining characters they have in common (Dice). */
export function likeness(fold: Fold, one: string, other: string): number {
  const [a, b] = [bare(fold, one), bare(fold, other)];
  if (a === b) return a === '' ? 0 : 1;
  if (a.length < 2 || b.length < 2) return 0;
  const pairs = new Map<string, number>();
  for (let i = 0; i + 1 < a.length; i++) {
    const pair = a.slice(i, i + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  let common = 0;
  for (let i = 0; i + 1 < b.length; i++) {
    const pair = b.slice(i, i + 2);
    const left = pairs.get(pair) ?? 0;
    if (left === 0) continue;
    pairs.set(pair, left - 1);
    common++;
  }
  return (2 * common) / (a.length + b.length - 2);
}

/** Numbers tell entries apart whose other words are the same: `第3号` is not `第4号`. */
const numbersIn = (title: string) =>
  title
    .normalize('NFKC')
    .match(/[0-9]+|[一二三四五六七八九十百]+(?=[号號期次届屆批册冊])/g)
    ?.join(' ') ?? '';

/** Whether two entries may be the same: titles alike with the same numbers, and neither days nor creator speak against it. */
export function mayBeSame(fold: Fold, a: Likeable, b: Likeable): number {
  if (numbersIn(a.title) !== numbersIn(b.title)) return 0;
  const like = likeness(fold, a.title, b.title);
  if (like < ALIKE) return 0;
  if (
    a.dateFrom &&
    b.dateFrom &&
    (a.dateFrom > (b.dateTo ?? b.dateFrom) || b.dateFrom > (a.dateTo ?? a.dateFrom))
  )
    return 0;
  if (a.creator && b.creator && likeness(fold, a.creator, b.creator) < 0.6) return 0;
  return like;
}

import type { PuttingRule } from './put-over.ts';

/** What rows can say of a fonds, by its columns. */
export const FONDS_WORDS = ['name', 'dates', 'history', 'custody', 'scope'] as const;
export type FondsWord = (typeof FONDS_WORDS)[number];

export type FondsSaid = Readonly<Record<FondsWord, string | null>>;

/** A word of a fonds that becomes another; null for nothing. */
export interface WordChange {
  word: FondsWord;
  before: string | null;
  after: string | null;
}

/**
 * What a row makes of a fonds that is held: `update` puts all it says over it, `merge` fills only what is empty. What the row does not
 * say stays. A fonds that was made without a name bears its number for one, which is filled.
 */
export function putOverFonds(
  row: FondsSaid,
  held: FondsSaid & { number: string },
  rule: PuttingRule,
): WordChange[] {
  return FONDS_WORDS.flatMap((word) => {
    const before = held[word];
    const after = row[word]?.trim() || null;
    // Where a file gives no name, the number stands for it.
    if (word === 'name' && after === held.number) return [];
    const isEmpty = before === null || before === '' || (word === 'name' && before === held.number);
    if (after === null || after === before || !(rule === 'update' || isEmpty)) return [];
    return [{ word, before, after }];
  });
}

/**
 * What taking a change back makes of a fonds: each word that is still as the change left it becomes what it was. Words that somebody
 * wrote since stay.
 */
export function takeBackFonds(
  now: FondsSaid,
  before: Readonly<Partial<FondsSaid>>,
  after: Readonly<Partial<FondsSaid>>,
): { restored: Partial<Record<FondsWord, string | null>>; left: FondsWord[] } {
  const words = FONDS_WORDS.filter((w) => before[w] !== undefined);
  const restored = words.filter((w) => now[w] === after[w]).map((w) => [w, before[w] ?? null]);
  return { restored: Object.fromEntries(restored), left: words.filter((w) => now[w] !== after[w]) };
}

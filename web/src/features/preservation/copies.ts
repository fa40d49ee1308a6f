/** A copy of an object in one store, as the screens judge it. */
export interface Copy {
  storeId: string;
  storeName: string;
  isMain: boolean;
  storeState: 'active' | 'draining' | 'lost' | 'removed';
  condition: 'wanted' | 'sound' | 'behind' | 'damaged' | 'missing';
  head: string | null;
  copiedAt: string | null;
  checkedAt: string | null;
  trouble: string | null;
}

/** Only a copy every byte of which was read since it was made counts. */
export const isProved = (copy: Copy): boolean => copy.condition === 'sound' && copy.checkedAt !== null;
export const isWrong = (copy: Copy): boolean =>
  copy.condition === 'damaged' || copy.condition === 'missing' || copy.condition === 'behind';

/** Stores that are gone hold nothing. */
export const standing = (copies: readonly Copy[]): Copy[] =>
  copies.filter((copy) => copy.storeState === 'active' || copy.storeState === 'draining');

export interface Held {
  /** Proved copies. */
  proved: number;
  of: number;
  wrong: Copy[];
  /** The newest check of any copy. */
  lastCheck: string | null;
  /** What ought to be done next. */
  next: 'sound' | 'damaged' | 'lost' | 'unproved' | 'coming';
}

/** How an object is held, all its copies together. */
export function heldBy(copies: readonly Copy[]): Held {
  const all = standing(copies);
  const proved = all.filter(isProved).length;
  const wrong = all.filter(isWrong);
  const checks = all.flatMap((copy) => copy.checkedAt ?? []).sort();
  const sound = all.filter((copy) => copy.condition === 'sound').length;
  return {
    proved,
    of: all.length,
    wrong,
    lastCheck: checks.at(-1) ?? null,
    next:
      wrong.length > 0
        ? sound > 0
          ? 'damaged'
          : 'lost'
        : all.some((copy) => copy.condition === 'wanted')
          ? 'coming'
          : proved < all.length
            ? 'unproved'
            : 'sound',
  };
}

import type { Examined } from '../fixity/examine.ts';
import type { CopyCondition } from '../store/copies.ts';

/** What an object is, by the database. */
export interface Expected {
  objectId: string;
  /** null where nobody looked yet. */
  head: string | null;
  digest: string | null;
}

export interface Verdict {
  condition: Extract<CopyCondition, 'sound' | 'behind' | 'damaged' | 'missing'>;
  /**
   * Why: `ahead` is sound in itself and knows more versions than the database; `different` is sound in itself and neither
   * earlier nor later; `swapped` is another object.
   */
  why: 'sound' | 'unknown' | 'behind' | 'missing' | 'damaged' | 'swapped' | 'different' | 'ahead';
}

const numberOf = (version: string | null) => Number(/^v0*(\d+)$/.exec(version ?? '')?.[1] ?? 0);

/** Whether an object is all it says it is, whoever else says otherwise. */
export const isWhole = (e: Examined, objectId: string): boolean =>
  e.present && e.findings.length === 0 && e.id === objectId && e.inventoryDigest !== null;

/** Judges a copy that was read through against what the database knows of its object. */
export function verdictOn(e: Examined, expected: Expected): Verdict {
  if (!e.present) return { condition: 'missing', why: 'missing' };
  if (e.id !== null && e.id !== expected.objectId) return { condition: 'damaged', why: 'swapped' };
  if (!isWhole(e, expected.objectId)) return { condition: 'damaged', why: 'damaged' };
  if (expected.digest === null) return { condition: 'sound', why: 'unknown' };
  if (e.inventoryDigest === expected.digest) return { condition: 'sound', why: 'sound' };
  if (Object.values(e.earlier).includes(expected.digest)) return { condition: 'sound', why: 'ahead' };
  if (numberOf(e.head) < numberOf(expected.head)) return { condition: 'behind', why: 'behind' };
  return { condition: 'damaged', why: 'different' };
}

/**
 * Which state of an object is the right one, when no copy is as the database knows it: the one more than half of the whole
 * copies agree on. Where the database knows another, two have to agree at least.
 *
 * @returns its digest; null when a person has to decide
 */
export function agreedDigest(whole: readonly Examined[], known: string | null): string | null {
  const votes = new Map<string, number>();
  for (const { inventoryDigest } of whole)
    if (inventoryDigest) votes.set(inventoryDigest, (votes.get(inventoryDigest) ?? 0) + 1);
  for (const [digest, n] of votes) if (n * 2 > whole.length && n >= (known === null ? 1 : 2)) return digest;
  return null;
}

import { createHash } from 'node:crypto';

/** So many are always looked at, whatever the share: a sample of a small batch is the batch. */
const LEAST = 10;
const PARTS = 10_000;

/**
 * Whether the nth unit is of a sample. By its key and the run's seed, so that the same run done again looks at the same units
 * and nobody who prepares a batch knows which.
 */
export function inSample(percent: number, seed: string, key: string, nth: number): boolean {
  if (percent >= 100 || nth < LEAST) return true;
  if (percent <= 0) return false;
  const hash = createHash('sha256').update(`${seed}\0${key}`).digest().readUInt32BE(0);
  return (hash / 2 ** 32) * PARTS < percent * (PARTS / 100);
}

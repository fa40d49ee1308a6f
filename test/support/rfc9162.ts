import { createHash } from 'node:crypto';

/**
 * Verifying proofs as RFC 9162 writes it down (2.1.3.2 and 2.1.4.2), apart from the code that makes them: on strings of
 * hexadecimal digits and BigInt shifts, so that the two share nothing but the standard.
 */
type Hex = string;

const H = (algorithm: string, ...parts: Hex[]): Hex =>
  createHash(algorithm)
    .update(Buffer.from(parts.join(''), 'hex'))
    .digest('hex');

/** The leaf hash of an entry's bytes: HASH(0x00 || d). */
export function leafHash(algorithm: string, entry: string): Hex {
  return H(algorithm, '00', Buffer.from(entry, 'utf8').toString('hex'));
}

/** 2.1.3.2: does the path lead from the leaf to the root? */
export function isIncluded(
  algorithm: string,
  c: { leaf: Hex; index: number; size: number; path: readonly Hex[]; root: Hex },
): boolean {
  // 1. Compare leaf_index to tree_size; if it is not smaller, fail.
  if (c.index >= c.size) return false;
  // 2. and 3. fn := leaf_index, sn := tree_size - 1, r := hash.
  let fn = BigInt(c.index);
  let sn = BigInt(c.size - 1);
  let r = c.leaf;
  // 4. For each value p in the path:
  for (const p of c.path) {
    // a. If sn is 0, stop and fail.
    if (sn === 0n) return false;
    // b. If LSB(fn) is set, or fn is equal to sn:
    if ((fn & 1n) === 1n || fn === sn) {
      r = H(algorithm, '01', p, r);
      // If LSB(fn) is not set, shift both right until it is set or fn is 0.
      if ((fn & 1n) === 0n) {
        while ((fn & 1n) === 0n && fn !== 0n) {
          fn >>= 1n;
          sn >>= 1n;
        }
      }
    } else r = H(algorithm, '01', r, p);
    // c. Right-shift both fn and sn one time.
    fn >>= 1n;
    sn >>= 1n;
  }
  // 5. sn must be 0 and r the root.
  return sn === 0n && r === c.root;
}

/** 2.1.4.2: is the first tree the beginning of the second? */
export function isConsistent(
  algorithm: string,
  c: { first: number; firstRoot: Hex; second: number; secondRoot: Hex; path: readonly Hex[] },
): boolean {
  if (c.first === c.second) return c.firstRoot === c.secondRoot && c.path.length === 0;
  // 1. An empty path fails.
  if (c.path.length === 0) return false;
  // 2. If first is an exact power of 2, prepend first_hash to the path.
  const power = (BigInt(c.first) & (BigInt(c.first) - 1n)) === 0n;
  const path = power ? [c.firstRoot, ...c.path] : [...c.path];
  // 3. and 4. fn := first - 1, sn := second - 1; shift both while LSB(fn) is set.
  let fn = BigInt(c.first - 1);
  let sn = BigInt(c.second - 1);
  while ((fn & 1n) === 1n) {
    fn >>= 1n;
    sn >>= 1n;
  }
  // 5. fr and sr := the first value of the path.
  let fr = path[0]!;
  let sr = fr;
  // 6. For each subsequent value:
  for (const v of path.slice(1)) {
    if (sn === 0n) return false;
    if ((fn & 1n) === 1n || fn === sn) {
      fr = H(algorithm, '01', v, fr);
      sr = H(algorithm, '01', v, sr);
      if ((fn & 1n) === 0n) {
        while ((fn & 1n) === 0n && fn !== 0n) {
          fn >>= 1n;
          sn >>= 1n;
        }
      }
    } else sr = H(algorithm, '01', sr, v);
    fn >>= 1n;
    sn >>= 1n;
  }
  // 7.
  return fr === c.firstRoot && sr === c.secondRoot && sn === 0n;
}

import type { Item, Sequence, Signature } from '../types.ts';

/** Bytes that have to stand within a range of places for a signature to be worth a closer look. */
export interface Key {
  /** From where `from` and `to` count: the beginning, (backwards) the end; `any`: it may stand anywhere. */
  readonly side: 'begin' | 'end' | 'any';
  /** Places of the first byte of `bytes`; `to` may be Infinity. */
  readonly from: number;
  readonly to: number;
  readonly bytes: Uint8Array;
}

const LONGEST = 4;
/** Alternatives beyond this number make a poor key. */
const MOST_ALTERNATIVES = 16;

/** How often a byte is met in a file, roughly: zeros and spaces fill files. */
function likelihood(byte: number): number {
  if (byte === 0) return 0.25;
  if (byte === 0x20 || byte === 0xff) return 0.06;
  return byte > 0x20 && byte < 0x7f ? 0.02 : 0.008;
}

/**
 * The keys to look for to find a signature: whenever it matches, at least one of them is there. They are chosen to be met
 * rarely elsewhere. undefined when nothing in the signature is fixed enough: then it has to be tried on every file.
 */
export function keysOf({ sequences }: Signature): readonly Key[] | undefined {
  let best: { keys: readonly Key[]; cost: number } | undefined;
  for (const sequence of sequences) {
    for (const keys of candidates(sequence)) {
      const cost = keys.reduce((sum, k) => sum + costOf(k), 0);
      if (!best || cost < best.cost) best = { keys, cost };
    }
  }
  return best?.keys;
}

function costOf({ from, to, bytes, side }: Key): number {
  const width = Math.min(to - from + 1, 100_000);
  const chance = bytes.reduce((product, byte) => product * likelihood(byte), 1);
  const far = side === 'begin' ? 0 : side === 'end' ? 0.01 : 1000;
  // Every place looked at costs, a false alarm costs some hundred times as much.
  return (width > 16 ? width * 0.05 : 0) + Math.min(1, width * chance) * 200 + far;
}

function* candidates({ anchor, items, endMin, endMax }: Sequence): Generator<readonly Key[]> {
  if (anchor === 'end') {
    let from = endMin;
    let to = endMax;
    for (let i = items.length - 1; i >= 0; i--) {
      const item = items[i]!;
      // The item ends `from` to `to` bytes before the end.
      yield* ofItem(item, (at, length) => ({ side: 'end', from: from + length - at, to: to + length - at }));
      const lengths = item.alternatives.map((p) => p.bytes.length);
      from += Math.min(...lengths) + item.min;
      to += Math.max(...lengths) + item.max;
      if (to === Number.POSITIVE_INFINITY) return;
    }
    return;
  }
  let from = 0;
  let to = 0;
  for (const item of items) {
    from += item.min;
    to += item.max;
    const [a, b] = [from, to];
    const side = anchor === 'none' ? 'any' : 'begin';
    yield* ofItem(item, (at) => ({ side, from: a + at, to: b + at }));
    const lengths = item.alternatives.map((p) => p.bytes.length);
    from += Math.min(...lengths);
    to += Math.max(...lengths);
  }
}

type Place = (at: number, length: number) => { side: Key['side']; from: number; to: number };

function* ofItem({ alternatives }: Item, place: Place): Generator<readonly Key[]> {
  if (alternatives.length > MOST_ALTERNATIVES) return;
  const one = alternatives.length === 1;
  const chosen: Key[] = [];
  for (const { bytes, sets } of alternatives) {
    let best: { key: Key; cost: number } | undefined;
    for (let at = 0; at < bytes.length; at++) {
      let length = 0;
      while (length < LONGEST && at + length < bytes.length && !sets?.[at + length]) length++;
      if (length === 0) continue;
      const key = { ...place(at, bytes.length), bytes: bytes.subarray(at, at + length) };
      if (one) yield [key];
      const cost = costOf(key);
      if (!best || cost < best.cost) best = { key, cost };
    }
    if (!best) return;
    chosen.push(best.key);
  }
  if (!one) yield chosen;
}

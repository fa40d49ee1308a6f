import type { Item, Piece, Sequence } from '../types.ts';

/**
 * How many places may be tried for one file. A signature file, or a file, made to keep us busy ends here instead: what
 * is not found by then is not found.
 */
export class Effort {
  left: number;
  #searched: Buffer | undefined;
  #searches = 0;
  #pairs: Uint8Array | undefined;

  constructor(places = 20_000_000) {
    this.left = places;
  }

  /**
   * Whether all pairs of neighbouring bytes of `wanted` are met in `bytes`. Once a file has been searched a few times it
   * pays to know its pairs: most of what signatures look for in XML is told absent by them.
   */
  mayHold(bytes: Buffer, wanted: Uint8Array): boolean {
    if (this.#searched !== bytes) {
      this.#searched = bytes;
      this.#searches = 0;
      this.#pairs = undefined;
    }
    if (++this.#searches <= WORTH || bytes.length < WIDE * 8) return true;
    this.#pairs ??= pairsOf(bytes);
    for (let i = 1; i < wanted.length; i++) {
      const pair = (wanted[i - 1]! << 8) | wanted[i]!;
      if ((this.#pairs[pair >> 3]! & (1 << (pair & 7))) === 0) return false;
    }
    return true;
  }

  get spent(): boolean {
    return this.left <= 0;
  }
}

/** Searches after which the pairs of the bytes searched are noted. */
const WORTH = 4;

/** One bit for each pair. */
function pairsOf(bytes: Buffer): Uint8Array {
  const pairs = new Uint8Array(8_192);
  let one = bytes[0] ?? 0;
  for (let i = 1; i < bytes.length; i++) {
    const other = bytes[i]!;
    const pair = (one << 8) | other;
    pairs[pair >> 3]! |= 1 << (pair & 7);
    one = other;
  }
  return pairs;
}

/** Where a sequence was found, in the bytes looked at. */
export interface Found {
  readonly offset: number;
  readonly length: number;
}

/** Ascending, apart from each other: from, to, from, to (both included). */
type Ranges = number[];

/**
 * Looks for a sequence in bytes that begin where the file begins (anchors `begin` and `none`) or end where it ends
 * (`end`). The places where each item may stand are kept as ranges, so the time is bounded by the number of bytes times
 * the length of the sequence, whatever its gaps and alternatives are.
 */
export function findSequence(bytes: Buffer, sequence: Sequence, effort: Effort): Found | undefined {
  return sequence.anchor === 'end' ? fromEnd(bytes, sequence, effort) : fromBegin(bytes, sequence, effort);
}

export function fits(bytes: Uint8Array, at: number, { bytes: wanted, sets }: Piece): boolean {
  const { length } = wanted;
  if (at < 0 || at + length > bytes.length) return false;
  if (sets === null) {
    for (let i = 0; i < length; i++) if (bytes[at + i] !== wanted[i]) return false;
    return true;
  }
  for (let i = 0; i < length; i++) {
    const set = sets[i];
    if (set ? set[bytes[at + i]!] === 0 : bytes[at + i] !== wanted[i]) return false;
  }
  return true;
}

function fromBegin(bytes: Buffer, { items }: Sequence, effort: Effort): Found | undefined {
  const first = items[0]!;
  const starts = shifted([0, 0], first, bytes.length);
  const end = run(bytes, items, starts, effort);
  if (end < 0) return undefined;
  if (starts.length === 2 && starts[0] === starts[1]) return { offset: starts[0]!, length: end - starts[0]! };
  // Which start it was matters to the reader alone: the first that leads to an end.
  let offset = -1;
  for (let tried = 0, from = starts[0]!; tried < 64; tried++) {
    const at = nextStart(bytes, first, from, starts.at(-1)!);
    if (at < 0) break;
    if (offset < 0) offset = at;
    const found = run(bytes, items, [at, at], effort);
    if (found >= 0) return { offset: at, length: found - at };
    from = at + 1;
  }
  return { offset: Math.max(offset, 0), length: end - Math.max(offset, 0) };
}

/** @returns the nearest place where the last item ends, or -1 */
function run(bytes: Buffer, items: readonly Item[], from: Ranges, effort: Effort): number {
  let starts = from;
  for (let i = 0; ; i++) {
    const next = items[i + 1];
    const nearest = next === undefined || next.max === Number.POSITIVE_INFINITY;
    const ends = endsOf(bytes, items[i]!, starts, nearest, effort);
    if (ends.length === 0) return -1;
    if (next === undefined) return ends[0]!;
    starts = shifted(ends, next, bytes.length);
    if (starts.length === 0) return -1;
  }
}

/** Places reached from others by a gap, none behind `most`. */
function shifted(places: Ranges, { min, max }: { min: number; max: number }, most: number): Ranges {
  const moved: Ranges = [];
  for (let i = 0; i < places.length; i += 2) {
    const from = places[i]! + min;
    const to = Math.min(places[i + 1]! + max, most);
    if (from > most) break;
    const last = moved.length - 1;
    if (last > 0 && from <= moved[last]! + 1) moved[last] = Math.max(moved[last]!, to);
    else moved.push(from, to);
  }
  return moved;
}

function endsOf(
  bytes: Buffer,
  { alternatives }: Item,
  starts: Ranges,
  nearest: boolean,
  effort: Effort,
): Ranges {
  const found: number[] = [];
  for (const piece of alternatives) {
    const { length } = piece.bytes;
    scan: for (let r = 0; r < starts.length; r += 2) {
      const to = Math.min(starts[r + 1]!, bytes.length - length);
      for (let at = nextFit(bytes, piece, starts[r]!, to, effort); at >= 0; ) {
        found.push(at + length);
        effort.left -= HIT;
        if (nearest) break scan;
        at = nextFit(bytes, piece, at + 1, to, effort);
      }
    }
  }
  return asRanges(found);
}

/** What a place that fits costs beside looking at it: it is kept and sorted in. */
const HIT = 8;

/** Wide searches for plain bytes are left to the engine's own search. */
const WIDE = 48;

function nextFit(bytes: Buffer, piece: Piece, from: number, to: number, effort: Effort): number {
  if (from > to) return -1;
  if (effort.spent) return -1;
  if (piece.sets === null && to - from > WIDE) {
    if (!effort.mayHold(bytes, piece.bytes)) return -1;
    const at = bytes.indexOf(piece.bytes, from);
    const found = at >= 0 && at <= to;
    effort.left -= 1 + ((at >= 0 ? at : bytes.length) - from) / 8;
    return found ? at : -1;
  }
  for (let at = from; at <= to; at++) {
    if (!fits(bytes, at, piece)) continue;
    effort.left -= at - from + 1;
    return at;
  }
  effort.left -= (to - from + 1) * (1 + piece.bytes.length / 8);
  return -1;
}

function nextStart(bytes: Buffer, { alternatives }: Item, from: number, to: number): number {
  for (let at = from; at <= to; at++) if (alternatives.some((p) => fits(bytes, at, p))) return at;
  return -1;
}

function asRanges(places: number[]): Ranges {
  if (places.length === 0) return places;
  if (places.some((place, i) => place < (places[i - 1] ?? 0))) places.sort((a, b) => a - b);
  const ranges: Ranges = [places[0]!, places[0]!];
  for (const place of places) {
    const last = ranges.length - 1;
    if (place <= ranges[last]! + 1) ranges[last] = place;
    else ranges.push(place, place);
  }
  return ranges;
}

function fromEnd(bytes: Buffer, { items, endMin, endMax }: Sequence, effort: Effort): Found | undefined {
  const { length } = bytes;
  let ends: Ranges = [Math.max(0, length - endMax), length - endMin];
  if (ends[1]! < 0) return undefined;
  let starts: Ranges = [];
  for (let i = items.length - 1; i >= 0; i--) {
    const item = items[i]!;
    starts = startsOf(bytes, item, ends, effort);
    if (starts.length === 0) return undefined;
    ends = movedBack(starts, item);
    if (ends.length === 0) return undefined;
  }
  const offset = starts.at(-1)!;
  return { offset, length: length - endMin - offset };
}

function startsOf(bytes: Buffer, { alternatives }: Item, ends: Ranges, effort: Effort): Ranges {
  const found: number[] = [];
  for (const piece of alternatives) {
    const { length } = piece.bytes;
    for (let r = 0; r < ends.length; r += 2) {
      const from = Math.max(0, ends[r]! - length);
      const to = ends[r + 1]! - length;
      for (let at = nextFit(bytes, piece, from, to, effort); at >= 0; ) {
        found.push(at);
        effort.left -= HIT;
        at = nextFit(bytes, piece, at + 1, to, effort);
      }
    }
  }
  return asRanges(found);
}

/** Where the item before may end. */
function movedBack(starts: Ranges, { min, max }: Item): Ranges {
  const moved: Ranges = [];
  for (let i = 0; i < starts.length; i += 2) {
    const from = Math.max(0, starts[i]! - max);
    const to = starts[i + 1]! - min;
    if (to < 0) continue;
    const last = moved.length - 1;
    if (last > 0 && from <= moved[last]! + 1) moved[last] = Math.max(moved[last]!, to);
    else moved.push(from, to);
  }
  return moved;
}

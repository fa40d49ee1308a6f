import type { Piece } from '../types.ts';

/** A piece in the making. */
export class PieceBuilder {
  #bytes: number[] = [];
  #sets: (Uint8Array | null)[] = [];

  get length(): number {
    return this.#bytes.length;
  }

  byte(value: number): this {
    this.#bytes.push(value);
    this.#sets.push(null);
    return this;
  }

  /** A place where every byte stands that `fits`. */
  set(fits: (byte: number) => boolean): this {
    const table = new Uint8Array(256);
    let one = -1;
    let count = 0;
    for (let b = 0; b < 256; b++) {
      if (!fits(b)) continue;
      table[b] = 1;
      one = b;
      count++;
    }
    if (count === 1) return this.byte(one);
    this.#bytes.push(0);
    this.#sets.push(table);
    return this;
  }

  append(piece: Piece): this {
    for (const [i, byte] of piece.bytes.entries()) {
      this.#bytes.push(byte);
      this.#sets.push(piece.sets?.[i] ?? null);
    }
    return this;
  }

  copy(): PieceBuilder {
    const copy = new PieceBuilder();
    copy.#bytes = [...this.#bytes];
    copy.#sets = [...this.#sets];
    return copy;
  }

  piece(): Piece {
    return {
      bytes: Uint8Array.from(this.#bytes),
      sets: this.#sets.some((s) => s !== null) ? [...this.#sets] : null,
    };
  }
}

const between = (low: number, high: number) => (b: number) => b >= low && b <= high;
const any = () => true;

/** Values from `low` to `high`, big-endian, as pieces of single sets: `1203` to `1405` is 12 03-FF, 13 any, 14 00-05. */
export function range(low: readonly number[], high: readonly number[]): Piece[] {
  const start = new PieceBuilder();
  return within(start, low, high).map((b) => b.piece());
}

function within(before: PieceBuilder, low: readonly number[], high: readonly number[]): PieceBuilder[] {
  const [l, ...lows] = low;
  const [h, ...highs] = high;
  if (l === undefined || h === undefined) return [before];
  if (lows.length === 0) return [before.copy().set(between(l, h))];
  if (l === h) return within(before.copy().byte(l), lows, highs);
  const full = (from: number, to: number): PieceBuilder[] => {
    if (from > to) return [];
    const b = before.copy().set(between(from, to));
    for (const _ of lows) b.set(any);
    return [b];
  };
  return [
    ...within(
      before.copy().byte(l),
      lows,
      lows.map(() => 255),
    ),
    ...full(l + 1, h - 1),
    ...within(
      before.copy().byte(h),
      highs.map(() => 0),
      highs,
    ),
  ];
}

/** All values of this length but this one: the first byte differs, or the second, and so on. */
export function differs(value: readonly number[]): Piece[] {
  return value.map((byte, at) => {
    const b = new PieceBuilder();
    for (let i = 0; i < at; i++) b.byte(value[i]!);
    b.set((x) => x !== byte);
    for (let i = at + 1; i < value.length; i++) b.set(any);
    return b.piece();
  });
}

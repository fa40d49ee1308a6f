import type { Item, Piece, Sequence, Signature } from '../types.ts';

/** Matching as it is defined, with no thought of time: what the quick matcher is held to. */
export function naively({ sequences }: Signature, bytes: Buffer): boolean {
  return sequences.every((s) => stands(s, bytes));
}

function stands({ anchor, items, endMin, endMax }: Sequence, bytes: Buffer): boolean {
  const [first, ...rest] = items;
  for (let at = 0; at <= bytes.length; at++) {
    if (anchor !== 'end' && (at < first!.min || at > first!.max)) continue;
    for (const end of endsFrom(bytes, at, first!, rest)) {
      const left = bytes.length - end;
      if (anchor !== 'end' || (left >= endMin && left <= endMax && at >= first!.min)) return true;
    }
  }
  return false;
}

function* endsFrom(bytes: Buffer, at: number, item: Item, rest: readonly Item[]): Generator<number> {
  for (const piece of item.alternatives) {
    if (!is(bytes, at, piece)) continue;
    const end = at + piece.bytes.length;
    const [next, ...others] = rest;
    if (!next) yield end;
    else
      for (let gap = next.min; gap <= next.max && end + gap <= bytes.length; gap++)
        yield* endsFrom(bytes, end + gap, next, others);
  }
}

function is(bytes: Buffer, at: number, piece: Piece): boolean {
  if (at + piece.bytes.length > bytes.length) return false;
  return piece.bytes.every((byte, i) => {
    const set = piece.sets?.[i];
    return set ? set[bytes[at + i]!] === 1 : byte === bytes[at + i];
  });
}

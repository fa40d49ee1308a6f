import type { Signature } from '../types.ts';
import { type Key, keysOf } from './keys.ts';
import { Scan } from './scan.ts';
import { Effort, type Found, findSequence } from './sequence.ts';

/** The beginning and the end of a file, as much of them as is looked at. One buffer where that is all of it. */
export interface Windows {
  readonly head: Buffer;
  readonly tail: Buffer;
  /** Size of the file. */
  readonly bytes: number;
}

export interface SignatureHit {
  readonly signature: Signature;
  /** One place for each sequence, counted from the beginning of the file. */
  readonly found: readonly Found[];
}

/** Ranges of places up to this wide are looked up place by place. */
const NARROW = 16;
/** Keys that lie within this many bytes of an end are looked for apart from those that may lie anywhere. */
const NEAR = 4_608;

/** Places of the same kind: the 1, 2 or 4 bytes that stand there name the signatures to try. */
interface Place {
  readonly side: 'begin' | 'end';
  readonly at: number;
  readonly length: 1 | 2 | 4;
  readonly by: Map<number, number[]>;
}

/**
 * Many signatures, made ready to be looked for at once. A file is asked first for the keys of all of them (a lookup for
 * each place where a key is fixed, and a pass over the windows for the others); only signatures whose key is there are
 * compared as a whole.
 */
export class Matcher {
  readonly #signatures: readonly Signature[];
  readonly #places: Place[] = [];
  readonly #always: number[] = [];
  readonly #scans: { begin: [Scan, Scan]; end: [Scan, Scan] };
  readonly #anywhere = new Scan();
  readonly #seen: Uint32Array;
  #turn = 0;

  constructor(signatures: readonly Signature[]) {
    this.#signatures = signatures.map(cheapestFirst);
    this.#seen = new Uint32Array(signatures.length);
    const scan = () => new Scan();
    this.#scans = { begin: [scan(), scan()], end: [scan(), scan()] };
    const places = new Map<string, Place>();
    for (const [i, signature] of signatures.entries()) {
      const keys = keysOf(signature);
      if (!keys) this.#always.push(i);
      for (const key of keys ?? []) {
        if (key.side === 'any') this.#anywhere.add({ ...key, from: 0, to: Number.POSITIVE_INFINITY }, i);
        else if (key.to - key.from <= NARROW) this.#place(places, key.side, key, i);
        else this.#scans[key.side][key.to <= NEAR ? 0 : 1].add(key, i);
      }
    }
    this.#places = [...places.values()];
  }

  /** Signatures that match, in the order they were given. */
  find(windows: Windows, effort: Effort = new Effort()): SignatureHit[] {
    const candidates = this.#candidates(windows);
    const hits: SignatureHit[] = [];
    for (const i of candidates) {
      const signature = this.#signatures[i]!;
      const found = matchSignature(signature, windows, effort);
      if (found) hits.push({ signature, found });
    }
    return hits;
  }

  #candidates({ head, tail }: Windows): number[] {
    const turn = this.#nextTurn();
    const seen = this.#seen;
    const found = [...this.#always];
    const note = (i: number) => {
      if (seen[i] === turn) return;
      seen[i] = turn;
      found.push(i);
    };
    for (const { side, at, length, by } of this.#places) {
      const bytes = side === 'begin' ? head : tail;
      const from = side === 'begin' ? at : bytes.length - at;
      if (from < 0 || from + length > bytes.length) continue;
      const value =
        length === 4
          ? ((bytes[from]! << 24) | (bytes[from + 1]! << 16) | (bytes[from + 2]! << 8) | bytes[from + 3]!) >>>
            0
          : length === 2
            ? (bytes[from]! << 8) | bytes[from + 1]!
            : bytes[from]!;
      const list = by.get(value);
      if (list) for (const i of list) note(i);
    }
    const { begin, end } = this.#scans;
    for (const scan of begin) scan.over(head, 'begin', note);
    for (const scan of end) scan.over(tail, 'end', note);
    this.#anywhere.over(head, 'begin', note);
    if (tail !== head) this.#anywhere.over(tail, 'begin', note);
    return found.sort((a, b) => a - b);
  }

  #nextTurn(): number {
    this.#turn++;
    if (this.#turn > 0xffff_fff0) {
      this.#seen.fill(0);
      this.#turn = 1;
    }
    return this.#turn;
  }

  #place(places: Map<string, Place>, side: Place['side'], { from, to, bytes }: Key, i: number): void {
    const length = bytes.length >= 4 ? 4 : bytes.length >= 2 ? 2 : 1;
    let value = 0;
    for (let k = 0; k < length; k++) value = value * 256 + bytes[k]!;
    for (let at = from; at <= to; at++) {
      const name = `${side} ${at} ${length}`;
      let place = places.get(name);
      if (!place) {
        place = { side, at, length, by: new Map() };
        places.set(name, place);
      }
      const list = place.by.get(value);
      if (list) list.push(i);
      else place.by.set(value, [i]);
    }
  }
}

/** A signature that fails, fails soonest at a sequence with a fixed place. */
function cheapestFirst(signature: Signature): Signature {
  const rank = { begin: 0, end: 1, none: 2 } as const;
  return {
    ...signature,
    sequences: [...signature.sequences].sort((a, b) => rank[a.anchor] - rank[b.anchor]),
  };
}

/** @returns where each of its sequences stands, or undefined when one is missing */
export function matchSignature(
  { sequences }: Signature,
  { head, tail, bytes }: Windows,
  effort: Effort,
): Found[] | undefined {
  const found: Found[] = [];
  for (const sequence of sequences) {
    const atEnd = sequence.anchor === 'end';
    let hit = findSequence(atEnd ? tail : head, sequence, effort);
    let from = atEnd ? bytes - tail.length : 0;
    if (!hit && sequence.anchor === 'none' && tail !== head) {
      hit = findSequence(tail, sequence, effort);
      from = bytes - tail.length;
    }
    if (!hit) return undefined;
    found.push({ offset: hit.offset + from, length: hit.length });
  }
  return found;
}

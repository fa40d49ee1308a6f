import type { Key } from './keys.ts';

interface Entry {
  readonly from: number;
  readonly to: number;
  readonly bytes: Uint8Array;
  readonly signature: number;
}

/** Keys that may stand at many places, found in one pass: each pair of neighbouring bytes names those that begin so. */
export class Scan {
  readonly #lists: Entry[][] = [[]];
  #byPair: Uint32Array | undefined;
  /** Whether a key begins with this byte: looked up first, because it stays in the processor's nearest memory. */
  readonly #begins = new Uint8Array(256);
  /** The farthest place a key may stand at. */
  #reach = 0;

  add({ from, to, bytes }: Key, signature: number): void {
    this.#byPair ??= new Uint32Array(65_536);
    this.#reach = Math.max(this.#reach, to);
    const entry = { from, to, bytes, signature };
    this.#begins[bytes[0]!] = 1;
    const first = bytes[0]! << 8;
    if (bytes.length > 1) this.#put(first | bytes[1]!, entry);
    else for (let second = 0; second < 256; second++) this.#put(first | second, entry);
  }

  #put(pair: number, entry: Entry): void {
    const table = this.#byPair!;
    const list = table[pair]!;
    if (list > 0) this.#lists[list]!.push(entry);
    else {
      table[pair] = this.#lists.length;
      this.#lists.push([entry]);
    }
  }

  /** Tells the signatures whose key stands in the bytes; places count from their beginning, or backwards from their end. */
  over(bytes: Buffer, side: 'begin' | 'end', note: (signature: number) => void): void {
    const table = this.#byPair;
    if (!table || bytes.length === 0) return;
    const { length } = bytes;
    const begin = side === 'begin';
    const first = begin ? 0 : Math.max(0, length - this.#reach);
    const last = begin ? Math.min(length - 1, this.#reach) : length - 1;
    const paired = Math.min(last, length - 2);
    const begins = this.#begins;
    for (let at = first; at <= paired; at++) {
      const one = bytes[at]!;
      if (begins[one] === 0) continue;
      const list = table[(one << 8) | bytes[at + 1]!]!;
      if (list !== 0) this.#tell(list, bytes, at, begin ? at : length - at, note);
    }
    // A last single byte is paired with nothing; 0 finds keys of one byte as well as anything.
    const list = last === length - 1 ? table[bytes[last]! << 8]! : 0;
    if (list !== 0) this.#tell(list, bytes, last, begin ? last : 1, note);
  }

  #tell(list: number, bytes: Buffer, at: number, place: number, note: (signature: number) => void): void {
    for (const entry of this.#lists[list]!) {
      if (place < entry.from || place > entry.to) continue;
      if (stands(bytes, at, entry.bytes)) note(entry.signature);
    }
  }
}

function stands(bytes: Buffer, at: number, wanted: Uint8Array): boolean {
  if (at + wanted.length > bytes.length) return false;
  for (let i = 0; i < wanted.length; i++) if (bytes[at + i] !== wanted[i]) return false;
  return true;
}

/**
 * Remembers which of millions of texts have been met, in about 24 bytes each whatever their length: an open hash table
 * over 62 bits of two independent hashes. Two different texts are taken for one with a chance of about 1 in 10 million
 * for a million rows.
 */
export class Seen {
  #high: Int32Array;
  #low: Int32Array;
  #value: Float64Array;
  #count = 0;

  constructor(capacity = 1 << 12) {
    this.#high = new Int32Array(capacity);
    this.#low = new Int32Array(capacity);
    this.#value = new Float64Array(capacity);
  }

  /** The value kept for a text, or undefined after keeping `value` (above 0) for it. */
  add(text: string, value: number): number | undefined {
    if (this.#count * 3 > this.#high.length * 2) this.#grow();
    const [a, b] = hashes(text);
    const at = this.#find(a, b);
    const kept = this.#value[at]!;
    if (kept !== 0) return kept;
    this.#high[at] = a;
    this.#low[at] = b;
    this.#value[at] = value;
    this.#count++;
    return undefined;
  }

  /** Counts a text: how often it was met before. */
  count(text: string): number {
    const kept = this.add(text, 1);
    if (kept === undefined) return 0;
    const [a, b] = hashes(text);
    this.#value[this.#find(a, b)] = kept + 1;
    return kept;
  }

  #find(a: number, b: number): number {
    const mask = this.#high.length - 1;
    let at = (a ^ (b >>> 7)) & mask;
    while (this.#value[at] !== 0 && (this.#high[at] !== a || this.#low[at] !== b)) at = (at + 1) & mask;
    return at;
  }

  #grow(): void {
    const [high, low, value] = [this.#high, this.#low, this.#value];
    const capacity = high.length * 2;
    this.#high = new Int32Array(capacity);
    this.#low = new Int32Array(capacity);
    this.#value = new Float64Array(capacity);
    for (let i = 0; i < value.length; i++) {
      if (value[i] === 0) continue;
      const at = this.#find(high[i]!, low[i]!);
      this.#high[at] = high[i]!;
      this.#low[at] = low[i]!;
      this.#value[at] = value[i]!;
    }
  }
}

/** Two 32-bit hashes of different making (FNV-1a; a multiplicative one with final mixing). */
function hashes(text: string): [number, number] {
  let a = 0x811c9dc5;
  let b = text.length ^ 0x9e3779b9;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    a = Math.imul(a ^ c, 0x01000193);
    b = Math.imul(b ^ c, 0x5bd1e995);
    b ^= b >>> 15;
  }
  a ^= a >>> 16;
  a = Math.imul(a, 0x85ebca6b);
  a ^= a >>> 13;
  b = Math.imul(b, 0xc2b2ae35);
  b ^= b >>> 16;
  return [a | 0, b | 0];
}

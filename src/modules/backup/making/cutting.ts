import { CHUNK_LIMIT } from '../sealing/chunks.ts';

/**
 * Cuts the rows of a table (PostgreSQL's text format, a line a row, keys first) into chunks by what the keys are: where a
 * row is the last of its chunk it is so in every backup, whatever was put in, changed or taken out elsewhere. So a second
 * backup has the same chunks but for those with changed rows.
 */

const LEAST = 512 * 1024;
const MOST = 8 * 1024 * 1024;
/** Room a table has at first. */
const FIRST = 64 * 1024;
/** What is added to the least on average. */
const MORE = 1536 * 1024;

const LINE = 0x0a;
const TAB = 0x09;
/** So much of a row's keys is looked at. */
const KEY_BYTES = 96;

export class Cutter {
  /** Grows with what comes: nearly all tables are small, and a buffer for a full chunk each keeps the collector busy. */
  #bytes = Buffer.allocUnsafeSlow(FIRST);
  #length = 0;
  /** Where the row begun last begins. */
  #row = 0;
  /** Up to where ends of rows were looked for. */
  #seen = 0;
  readonly #keys: number;
  readonly #least: number;
  readonly #more: number;
  rows = 0;

  /** @param keys how many columns at the front make the key; 0: none, the beginning of the row counts */
  constructor(keys: number, sizes: { least?: number; more?: number } = {}) {
    this.#keys = keys;
    this.#least = sizes.least ?? LEAST;
    this.#more = sizes.more ?? MORE;
  }

  /** Takes bytes in. @returns the chunks that are full; they keep their memory */
  take(data: Uint8Array): Buffer[] {
    const full: Buffer[] = [];
    this.#room(data.length);
    this.#bytes.set(data, this.#length);
    this.#length += data.length;
    for (;;) {
      const end = this.#bytes.indexOf(LINE, this.#seen);
      if (end === -1 || end >= this.#length) {
        this.#seen = this.#length;
        // A row longer than anything is cut wherever.
        while (this.#length >= CHUNK_LIMIT) full.push(this.#cut(CHUNK_LIMIT));
        return full;
      }
      this.#seen = end + 1;
      this.rows++;
      if (this.#seen >= MOST || (this.#seen >= this.#least && this.#endsHere(this.#row, this.#seen)))
        full.push(this.#cut(this.#seen));
      else this.#row = this.#seen;
    }
  }

  /** What is left. */
  rest(): Buffer[] {
    const left: Buffer[] = [];
    while (this.#length > 0) left.push(this.#cut(Math.min(this.#length, CHUNK_LIMIT)));
    return left;
  }

  /** Longer rows end a chunk oftener, so that chunks are about as long whatever a table holds. */
  #endsHere(from: number, to: number): boolean {
    const until = Math.min(to - 1, from + KEY_BYTES);
    const bytes = this.#bytes;
    let hash = 0x811c9dc5;
    for (let i = from, keys = this.#keys; i < until; i++) {
      if (bytes[i] === TAB && --keys === 0) break;
      hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
    }
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32 < (to - from) / this.#more;
  }

  #cut(at: number): Buffer {
    const chunk = Buffer.from(this.#bytes.subarray(0, at));
    this.#bytes.copyWithin(0, at, this.#length);
    this.#length -= at;
    this.#seen = Math.max(0, this.#seen - at);
    this.#row = Math.max(0, this.#row - at);
    if (this.#seen === 0) this.#row = 0;
    return chunk;
  }

  #room(needed: number): void {
    if (this.#length + needed <= this.#bytes.length) return;
    const wider = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.#length + needed));
    this.#bytes.copy(wider, 0, 0, this.#length);
    this.#bytes = wider;
  }
}

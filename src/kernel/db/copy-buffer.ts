/**
 * Rows in COPY's text format, written straight as UTF-8: a catalogue is taken in at ten thousand rows a second, and
 * strings put together and encoded afterwards cost several times as much.
 */
const BACKSLASH = 0x5c;
const TAB = 0x09;
const LINE = 0x0a;
const RETURN = 0x0d;
const REPLACEMENT = 0xfffd;
/** From this many characters on, one call that writes them all is quicker than going through them here. */
const LONG = 36;
const ESCAPED = /[\\\t\n\r]/;

/** Rows made ready for COPY, in one stretch of memory that a thread can hand to another. */
export interface Lines {
  bytes: Uint8Array<ArrayBuffer>;
  /** Where each row ends. */
  ends: Uint32Array<ArrayBuffer>;
}

/** One of the rows. */
export function lineAt({ bytes, ends }: Lines, n: number): Uint8Array {
  return bytes.subarray(n === 0 ? 0 : ends[n - 1], ends[n]);
}

/** The rows at these places, ascending; neighbours in one piece. */
export function linesAt({ bytes, ends }: Lines, places: readonly number[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let i = 0; i < places.length; ) {
    const first = places[i]!;
    while (++i < places.length && places[i] === places[i - 1]! + 1);
    pieces.push(bytes.subarray(first === 0 ? 0 : ends[first - 1], ends[places[i - 1]!]));
  }
  return pieces;
}

export class CopyBuffer {
  #bytes: Buffer<ArrayBuffer>;
  #at = 0;
  #rowStarted = false;
  #ends = new Uint32Array(1024);
  #rows = 0;

  /** @param size bytes to begin with; it grows */
  constructor(size = 64 * 1024) {
    this.#bytes = Buffer.allocUnsafeSlow(size);
  }

  /** Bytes written so far. */
  get length(): number {
    return this.#at;
  }

  /** Writes one value of the row. Characters PostgreSQL can not hold (NUL) are the caller's to refuse. */
  put(value: string | number | null | undefined): this {
    this.open();
    if (value === null || value === undefined) {
      this.#bytes[this.#at++] = BACKSLASH;
      this.#bytes[this.#at++] = 0x4e;
    } else {
      const text = typeof value === 'number' ? String(value) : value;
      this.append(text, 0, text.length);
    }
    return this;
  }

  /** Begins a value that is then written by `append`. */
  open(): void {
    this.#room(4);
    if (this.#rowStarted) this.#bytes[this.#at++] = TAB;
    this.#rowStarted = true;
  }

  /** Adds a stretch of text (UTF-16 units `from` up to `to`) to the value begun last. */
  append(text: string, from: number, to: number): void {
    this.#room((to - from) * 3);
    const bytes = this.#bytes;
    if (to - from >= LONG && from === 0 && to === text.length && !ESCAPED.test(text)) {
      this.#at += bytes.write(text, this.#at);
      return;
    }
    let at = this.#at;
    for (let i = from; i < to; i++) {
      let c = text.charCodeAt(i);
      if (c < 0x80) {
        if (c === BACKSLASH || (c < 0x20 && (c === TAB || c === LINE || c === RETURN))) {
          bytes[at++] = BACKSLASH;
          c = c === TAB ? 0x74 : c === LINE ? 0x6e : c === RETURN ? 0x72 : BACKSLASH;
        }
        bytes[at++] = c;
      } else if (c < 0x800) {
        bytes[at++] = 0xc0 | (c >> 6);
        bytes[at++] = 0x80 | (c & 0x3f);
      } else {
        if (c >= 0xd800 && c < 0xe000) {
          const low = c < 0xdc00 && i + 1 < to ? text.charCodeAt(i + 1) : 0;
          if (low >= 0xdc00 && low < 0xe000) {
            const point = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
            i++;
            bytes[at++] = 0xf0 | (point >> 18);
            bytes[at++] = 0x80 | ((point >> 12) & 0x3f);
            bytes[at++] = 0x80 | ((point >> 6) & 0x3f);
            bytes[at++] = 0x80 | (point & 0x3f);
            continue;
          }
          c = REPLACEMENT;
        }
        bytes[at++] = 0xe0 | (c >> 12);
        bytes[at++] = 0x80 | ((c >> 6) & 0x3f);
        bytes[at++] = 0x80 | (c & 0x3f);
      }
    }
    this.#at = at;
  }

  /** Values put from here on are the rest of a row whose beginning is written elsewhere. */
  rest(): this {
    this.#rowStarted = true;
    return this;
  }

  /** Adds what is in COPY's format already: the rest of a row, or of the value begun last. */
  add(made: Uint8Array): this {
    this.#room(made.length);
    this.#bytes.set(made, this.#at);
    this.#at += made.length;
    return this;
  }

  /** Ends the row. */
  end(): void {
    this.#room(1);
    this.#bytes[this.#at++] = LINE;
    this.#rowStarted = false;
    this.#keepEnd();
  }

  /** Ends the rest of a row, and begins the next one's. */
  endRest(): void {
    this.#keepEnd();
    this.#rowStarted = true;
  }

  /** All that was written; shares the memory. */
  bytes(): Buffer<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#at);
  }

  /** The rows written, or the rests; shares the memory. */
  lines(): Lines {
    return { bytes: this.bytes(), ends: this.#ends.subarray(0, this.#rows) };
  }

  #keepEnd(): void {
    if (this.#rows === this.#ends.length) {
      const wider = new Uint32Array(this.#rows * 2);
      wider.set(this.#ends);
      this.#ends = wider;
    }
    this.#ends[this.#rows++] = this.#at;
  }

  #room(needed: number): void {
    if (this.#at + needed <= this.#bytes.length) return;
    const wider = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.#at + needed));
    this.#bytes.copy(wider, 0, 0, this.#at);
    this.#bytes = wider;
  }
}

/**
 * Rows in COPY's text format, written straight as UTF-8: a catalogue is taken in at ten thousand rows a second, and
 * strings put together and encoded afterwards cost several times as much.
 */
const BACKSLASH = 0x5c;
const TAB = 0x09;
const LINE = 0x0a;
const RETURN = 0x0d;
const REPLACEMENT = 0xfffd;

export class CopyBuffer {
  #bytes: Buffer;
  #at = 0;
  #rowStarted = false;

  /** @param size bytes to begin with; it grows */
  constructor(size = 64 * 1024) {
    this.#bytes = Buffer.allocUnsafe(size);
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

  /** Adds the rest of the row as another buffer holds it. */
  add(rest: Buffer): this {
    this.#room(rest.length);
    rest.copy(this.#bytes, this.#at);
    this.#at += rest.length;
    return this;
  }

  /** Ends the row. */
  end(): void {
    this.#room(1);
    this.#bytes[this.#at++] = LINE;
    this.#rowStarted = false;
  }

  /** What was written from one length to another; shares the memory. */
  bytes(from = 0, to = this.#at): Buffer {
    return this.#bytes.subarray(from, to);
  }

  #room(needed: number): void {
    if (this.#at + needed <= this.#bytes.length) return;
    const wider = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#at + needed));
    this.#bytes.copy(wider, 0, 0, this.#at);
    this.#bytes = wider;
  }
}

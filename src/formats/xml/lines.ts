const NEWLINE = 10;

/** Counts lines of a document that comes in pieces. */
export class LineCount {
  #line = 1;
  /** The next line end not counted yet, in the piece; -1 where it was not looked for, Infinity where there is none. */
  #next = -1;
  readonly #on: boolean;

  constructor(on: boolean) {
    this.#on = on;
  }

  /** The line (from 1) that `offset` of the piece lies on. Offsets do not go back. */
  upTo(source: Buffer, offset: number): number {
    if (!this.#on) return 0;
    if (this.#next < 0) this.#next = after(source, 0);
    while (this.#next < offset) {
      this.#line++;
      this.#next = after(source, this.#next + 1);
    }
    return this.#line;
  }

  /** The piece is read up to `offset`; the next one begins with what is left. */
  carry(source: Buffer, offset: number): void {
    if (!this.#on) return;
    this.upTo(source, offset);
    this.#next = -1;
  }
}

function after(source: Buffer, from: number): number {
  const at = source.indexOf(NEWLINE, from);
  return at < 0 ? Number.POSITIVE_INFINITY : at;
}

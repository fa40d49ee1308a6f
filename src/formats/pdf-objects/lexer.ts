import { PdfDict, PdfName, PdfRef, PdfString, type PdfValue } from './values.ts';
import type { Writing } from './writing.ts';

/** The bytes at hand do not suffice to tell: read more of the file and begin again. */
export class NeedsMore extends Error {
  override readonly name = 'NeedsMore';
}
export class PdfSyntaxError extends Error {
  override readonly name = 'PdfSyntaxError';
}

/** A word that is no object: `obj`, `stream`, an operator. */
export class Keyword {
  readonly word: string;
  constructor(word: string) {
    this.word = word;
  }
}
const END_ARRAY = new Keyword(']');
const END_DICT = new Keyword('>>');

const MAX_DEPTH = 100;
const WHITE = new Set([0, 9, 10, 12, 13, 32]);
const DELIMITERS = new Set([...'()<>[]{}/%'].map((c) => c.charCodeAt(0)));
export const isWhite = (byte: number | undefined): boolean => byte !== undefined && WHITE.has(byte);
const isRegular = (byte: number) => !WHITE.has(byte) && !DELIMITERS.has(byte);
const ESCAPES: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12 };

/** Reads objects out of bytes (ISO 32000-1, 7.2 and 7.3). `atEnd` says whether the bytes are all there are. */
export class Lexer {
  readonly bytes: Buffer;
  at: number;
  readonly #atEnd: boolean;
  readonly #writing: Writing | undefined;

  constructor(bytes: Buffer, at: number, atEnd: boolean, writing?: Writing) {
    this.bytes = bytes;
    this.at = at;
    this.#atEnd = atEnd;
    this.#writing = writing;
  }

  /** @throws NeedsMore, PdfSyntaxError */
  skipWhite(): void {
    for (;;) {
      const byte = this.bytes[this.at];
      if (byte === undefined) {
        this.#short();
        return;
      }
      if (byte === 0x25) this.#skipComment();
      else if (WHITE.has(byte)) this.at++;
      else return;
    }
  }

  #skipComment(): void {
    while (this.at < this.bytes.length && this.bytes[this.at] !== 10 && this.bytes[this.at] !== 13) this.at++;
  }

  #short(): void {
    if (!this.#atEnd) throw new NeedsMore();
  }

  /** The next object, keyword, or undefined at the end. References are made by looking ahead. */
  next(depth = 0): PdfValue | Keyword | undefined {
    this.skipWhite();
    const byte = this.bytes[this.at];
    if (byte === undefined) return undefined;
    if (depth > MAX_DEPTH) throw new PdfSyntaxError('objects are nested too deeply');
    switch (byte) {
      case 0x2f:
        return this.#name();
      case 0x28:
        return this.#literalString();
      case 0x3c:
        return this.#byte(1) === 0x3c ? this.#dict(depth) : this.#hexString();
      case 0x3e:
        this.at += this.#byte(1) === 0x3e ? 2 : 1;
        return END_DICT;
      case 0x5b:
        return this.#array(depth);
      case 0x5d:
        this.at++;
        return END_ARRAY;
      case 0x7b:
      case 0x7d:
      case 0x29:
        this.at++;
        return new Keyword(String.fromCharCode(byte));
      default:
        return this.#word(depth);
    }
  }

  #byte(ahead: number): number | undefined {
    const byte = this.bytes[this.at + ahead];
    if (byte === undefined) this.#short();
    return byte;
  }

  #regular(): string {
    const start = this.at;
    while (this.at < this.bytes.length && isRegular(this.bytes[this.at]!)) this.at++;
    if (this.at === this.bytes.length) this.#short();
    return this.bytes.toString('latin1', start, this.at);
  }

  #word(depth: number): PdfValue | Keyword {
    const word = this.#regular();
    if (/^[+-]?\d+$/.test(word)) {
      const value = Number(word);
      const ref = depth >= 0 && value >= 0 && word.length < 11 ? this.#reference(value) : undefined;
      if (ref) return ref;
      this.#writing?.note('integer', Math.abs(value < 0 ? value + 1 : value));
      return value;
    }
    if (/^[+-]*(\d+\.?\d*|\.\d+)(-\d*)?$/.test(word)) {
      const value = Number.parseFloat(word.replace(/^[+-]*(?=[+-])/, ''));
      this.#writing?.note('real', Math.abs(value));
      if (value !== 0) this.#writing?.note('smallReal', Math.abs(value));
      return value;
    }
    if (word === 'true') return true;
    if (word === 'false') return false;
    if (word === 'null') return null;
    if (word === '') this.at++;
    return new Keyword(word);
  }

  /** `12 0 R` seen from behind the 12. */
  #reference(number: number): PdfRef | undefined {
    let at = this.at;
    const white = () => {
      const from = at;
      while (isWhite(this.bytes[at])) at++;
      if (at >= this.bytes.length) this.#short();
      return at > from;
    };
    if (!white()) return undefined;
    const digits = at;
    while (at - digits < 6 && this.bytes[at]! >= 0x30 && this.bytes[at]! <= 0x39) at++;
    if (at >= this.bytes.length) this.#short();
    if (at === digits) return undefined;
    const generation = Number(this.bytes.toString('latin1', digits, at));
    if (!white() || this.bytes[at] !== 0x52) return undefined;
    const after = this.bytes[at + 1];
    if (after === undefined) this.#short();
    else if (isRegular(after)) return undefined;
    this.at = at + 1;
    return new PdfRef(number, generation);
  }

  #name(): PdfName {
    this.at++;
    const raw = this.#regular();
    const name = raw.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
    this.#writing?.note('name', name.length);
    return new PdfName(name);
  }

  #literalString(): PdfString {
    const out: number[] = [];
    let open = 1;
    for (this.at++; ; this.at++) {
      const byte = this.bytes[this.at];
      if (byte === undefined) {
        this.#short();
        break;
      }
      if (byte === 0x5c) {
        this.at++;
        this.#escape(out);
        continue;
      }
      if (byte === 0x28) open++;
      else if (byte === 0x29 && --open === 0) {
        this.at++;
        break;
      }
      if (byte === 13) {
        out.push(10);
        if (this.bytes[this.at + 1] === 10) this.at++;
      } else out.push(byte);
    }
    this.#writing?.note('string', out.length);
    return new PdfString(Buffer.from(out));
  }

  /** Behind a backslash; leaves `at` on the last byte that belongs to it. */
  #escape(out: number[]): void {
    const byte = this.#byte(0);
    if (byte === undefined) return;
    const letter = String.fromCharCode(byte);
    if (byte >= 0x30 && byte <= 0x37) {
      let value = 0;
      let digits = 0;
      while (digits < 3) {
        const digit = this.#byte(digits);
        if (digit === undefined || digit < 0x30 || digit > 0x37) break;
        value = value * 8 + digit - 0x30;
        digits++;
      }
      this.at += digits - 1;
      out.push(value & 0xff);
    } else if (byte === 13) {
      if (this.#byte(1) === 10) this.at++;
    } else if (byte !== 10) out.push(ESCAPES[letter] ?? byte);
  }

  #hexString(): PdfString {
    const start = this.at + 1;
    const end = this.bytes.indexOf(0x3e, start);
    if (end < 0) {
      this.#short();
      throw new PdfSyntaxError('a string has no end');
    }
    const written = this.bytes.toString('latin1', start, end).replace(/[\0\t\n\f\r ]/g, '');
    const digits = written.replace(/[^0-9A-Fa-f]/g, '');
    if (digits.length !== written.length) this.#writing?.note('badHex', 1);
    if (written.length % 2 === 1) this.#writing?.note('oddHex', 1);
    this.at = end + 1;
    const value = Buffer.from(digits.length % 2 === 1 ? `${digits}0` : digits, 'hex');
    this.#writing?.note('string', value.length);
    return new PdfString(value);
  }

  #array(depth: number): PdfValue[] {
    this.at++;
    const items: PdfValue[] = [];
    for (;;) {
      const item = this.next(depth + 1);
      if (item === undefined || item === END_ARRAY) break;
      if (!(item instanceof Keyword)) items.push(item);
      else if (item === END_DICT || item.word === 'endobj') break;
    }
    this.#writing?.note('array', items.length);
    return items;
  }

  #dict(depth: number): PdfDict {
    this.at += 2;
    const dict = new PdfDict();
    for (;;) {
      const key = this.next(depth + 1);
      if (key === undefined || key === END_DICT) break;
      if (key instanceof Keyword && /^(endobj|stream)$/.test(key.word)) {
        this.at -= key.word.length;
        break;
      }
      if (!(key instanceof PdfName)) continue;
      const value = this.next(depth + 1);
      if (value === undefined || value === END_DICT) break;
      // Of a key written twice the later value counts with most readers.
      if (!(value instanceof Keyword)) dict.entries.set(key.name, value);
    }
    this.#writing?.note('dictionary', dict.entries.size);
    return dict;
  }
}

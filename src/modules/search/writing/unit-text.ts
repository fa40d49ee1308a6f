import type { UnitEntry } from '../entry.ts';
import { normaliseCode } from '../folding/code.ts';
import { foldToUnits } from '../folding/fold.ts';
import { eachTerm, isGap, isWordUnit, OTHER, type TakeTerms, TITLE } from '../folding/terms.ts';
import { codeTerm, DATE_MARK, dateWords, MARKED_LINES } from './lexemes.ts';

const QUOTE = 0x27;
const SPACE = 0x20;
/** A line's end as COPY writes it. */
const LINE_END = [0x5c, 0x6e];

/**
 * A unit's description as the index keeps it, put together as UTF-8: the folded text, and its terms as PostgreSQL reads
 * a tsvector. An import asks this of ten thousand rows a second, so no text is made on the way: folded characters are
 * written once, and terms are copied from there. One is used for unit after unit.
 */
export class UnitText {
  #folded = Buffer.allocUnsafe(8192);
  #foldedLength = 0;
  #terms = Buffer.allocUnsafe(16_384);
  #termsLength = 0;
  /** Where each character of the line written last begins in `#folded`, and where it ends. */
  #starts = new Uint32Array(2048);
  #title = new Uint16Array(512);
  #titleLength = 0;
  #mark = 0;
  readonly #take: TakeTerms = {
    stretch: (start, end) => this.#termOfLine(this.#starts[start]!, this.#starts[end]!),
    word: (term) => this.#term(this.#mark, term),
  };

  /** Reads a description: title, codes, other elements, days. */
  read(unit: UnitEntry): void {
    this.#foldedLength = 0;
    this.#termsLength = 0;
    const title = foldToUnits(unit.title);
    this.#keepTitle(title);
    this.#line(title);
    this.#mark = TITLE.charCodeAt(0);
    eachTerm(title, this.#take);
    this.#mark = OTHER.charCodeAt(0);
    const codes: string[] = [];
    if (unit.referenceCode) this.#code(unit.referenceCode, codes);
    for (const code of unit.otherCodes ?? []) this.#code(code, codes);
    if (unit.creator) this.#other(unit.creator, MARKED_LINES.creator);
    if (unit.docNo) this.#other(unit.docNo, MARKED_LINES.docNo);
    for (const text of unit.other ?? []) if (text) this.#other(text);
    const dates = dateWords(unit.dateFrom, unit.dateTo);
    if (dates.length > 0) {
      this.#endLine();
      this.#write(dates.map((d) => DATE_MARK + d).join(' '));
      for (const date of dates) this.#term(this.#mark, date);
    }
    for (const code of codes) this.#term(-1, codeTerm(code));
  }

  /** Length of the folded title in UTF-16 units. */
  get titleLength(): number {
    return this.#titleLength;
  }

  /**
   * The folded description, one line per element, the title first, the line of days last; as COPY writes it. The next
   * reading writes over it.
   */
  get folded(): Uint8Array {
    return this.#folded.subarray(0, this.#foldedLength);
  }

  /** The same as it is kept. */
  foldedText(): string {
    return this.#folded.toString('utf8', 0, this.#foldedLength).replaceAll('\\n', '\n');
  }

  /** The terms; some come more than once, as PostgreSQL sorts them anyway. The next reading writes over them. */
  get terms(): Uint8Array {
    return this.#terms.subarray(0, this.#termsLength);
  }

  termsText(): string {
    return this.#terms.toString('utf8', 0, this.#termsLength);
  }

  #code(code: string, codes: string[]): void {
    this.#other(code);
    codes.push(normaliseCode(code));
  }

  /** @param mark what stands before the line in the folded text, and is no part of its terms */
  #other(text: string, mark = ''): void {
    const line = foldToUnits(text);
    this.#endLine();
    if (mark !== '') this.#write(mark);
    this.#line(line);
    // What stands in the title says nothing the title does not.
    if (!this.#standsInTitle(line)) eachTerm(line, this.#take);
  }

  #keepTitle(title: Uint16Array): void {
    if (title.length > this.#title.length) this.#title = new Uint16Array(title.length * 2);
    this.#title.set(title);
    this.#titleLength = title.length;
  }

  /**
   * Whether every term of the line is a term of the title: it stands there with no letter or digit before or after its
   * words, and its last character, where that is Chinese, adjoins nothing there either.
   */
  #standsInTitle(line: Uint16Array): boolean {
    const title = this.#title;
    const [n, all] = [line.length, this.#titleLength];
    if (n === 0) return true;
    for (let at = 0; at + n <= all; at++) {
      let i = 0;
      while (i < n && title[at + i] === line[i]) i++;
      if (i < n) continue;
      return (
        (at === 0 || !isWordUnit(title[at - 1]!) || !isWordUnit(line[0]!)) &&
        (at + n === all || isGap(title[at + n]!) || (isWordUnit(line[n - 1]!) && !isWordUnit(title[at + n]!)))
      );
    }
    return false;
  }

  /** Writes a folded line, remembering where its characters stand. */
  #line(units: Uint16Array): void {
    const n = units.length;
    this.#folded = roomIn(this.#folded, this.#foldedLength, n * 3);
    if (this.#starts.length <= n) this.#starts = new Uint32Array(n * 2);
    const [bytes, starts] = [this.#folded, this.#starts];
    let at = this.#foldedLength;
    for (let i = 0; i < n; i++) {
      starts[i] = at;
      const c = units[i]!;
      if (c < 0x80) bytes[at++] = c;
      else if (c < 0x800) {
        bytes[at++] = 0xc0 | (c >> 6);
        bytes[at++] = 0x80 | (c & 0x3f);
      } else if (c >= 0xd800 && c < 0xdc00 && i + 1 < n) {
        // Folded text is well formed: the other half follows.
        const point = 0x10000 + ((c - 0xd800) << 10) + (units[i + 1]! - 0xdc00);
        bytes[at++] = 0xf0 | (point >> 18);
        bytes[at++] = 0x80 | ((point >> 12) & 0x3f);
        bytes[at++] = 0x80 | ((point >> 6) & 0x3f);
        bytes[at++] = 0x80 | (point & 0x3f);
        starts[++i] = at;
      } else {
        bytes[at++] = 0xe0 | (c >> 12);
        bytes[at++] = 0x80 | ((c >> 6) & 0x3f);
        bytes[at++] = 0x80 | (c & 0x3f);
      }
    }
    starts[n] = at;
    this.#foldedLength = at;
  }

  #endLine(): void {
    this.#folded = roomIn(this.#folded, this.#foldedLength, 2);
    for (const byte of LINE_END) this.#folded[this.#foldedLength++] = byte;
  }

  #write(text: string): void {
    this.#folded = roomIn(this.#folded, this.#foldedLength, text.length * 3);
    this.#foldedLength += this.#folded.write(text, this.#foldedLength);
  }

  #termOfLine(from: number, to: number): void {
    this.#terms = roomIn(this.#terms, this.#termsLength, to - from + 4);
    const [terms, folded] = [this.#terms, this.#folded];
    let at = this.#termsLength;
    terms[at++] = QUOTE;
    terms[at++] = this.#mark;
    for (let i = from; i < to; i++) terms[at++] = folded[i]!;
    terms[at++] = QUOTE;
    terms[at++] = SPACE;
    this.#termsLength = at;
  }

  /** @param mark the field's letter; below 0: none */
  #term(mark: number, term: string): void {
    this.#terms = roomIn(this.#terms, this.#termsLength, term.length * 3 + 4);
    const terms = this.#terms;
    let at = this.#termsLength;
    terms[at++] = QUOTE;
    if (mark >= 0) terms[at++] = mark;
    at += terms.write(term, at);
    terms[at++] = QUOTE;
    terms[at++] = SPACE;
    this.#termsLength = at;
  }
}

/** The bytes, or wider ones with the same beginning where as many more do not fit. */
function roomIn(bytes: Buffer<ArrayBuffer>, length: number, more: number): Buffer<ArrayBuffer> {
  if (length + more <= bytes.length) return bytes;
  const wider = Buffer.allocUnsafe(Math.max(bytes.length * 2, length + more));
  wider.set(bytes.subarray(0, length));
  return wider;
}

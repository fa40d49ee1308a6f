const START = 0;
const PLAIN = 1;
const QUOTED = 2;
const AFTER_QUOTE = 3;

/**
 * Splits delimited text into records, text going in by pieces (RFC 4180, with what spreadsheet programs also
 * accept: any of the three line ends, a quote within an unquoted field as itself, text after a closing quote).
 */
export class RecordParser {
  /** Complete records, to be taken by the caller. */
  records: string[][] = [];
  /** Records before the one being read, those taken included. */
  ended = 0;
  /** Number (1-based) of the record in which the quote now open was opened. */
  quoteOpenedIn = 0;

  readonly #delimiter: number;
  readonly #longest: number;
  readonly #tooLong: (record: number, column: number, quoted: boolean) => Error;
  #fields: string[] = [];
  #field = '';
  #state = START;
  #skipNewline = false;

  /** @param tooLong makes the error for a field of more than `longest` characters */
  constructor(
    delimiter: string,
    longest: number,
    tooLong: (record: number, column: number, quoted: boolean) => Error,
  ) {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#longest = longest;
    this.#tooLong = tooLong;
  }

  get insideQuote(): boolean {
    return this.#state === QUOTED;
  }

  /** Fields of the record being read. */
  get width(): number {
    return this.#fields.length;
  }

  write(text: string): void {
    const delimiter = this.#delimiter;
    let i = 0;
    if (this.#skipNewline && text.length > 0) {
      this.#skipNewline = false;
      if (text.charCodeAt(0) === 10) i = 1;
    }
    let from = i;
    while (i < text.length) {
      const c = text.charCodeAt(i);
      if (this.#state === QUOTED) {
        const quote = text.indexOf('"', i);
        i = quote < 0 ? text.length : quote;
        this.#append(text, from, i);
        if (quote >= 0) {
          this.#state = AFTER_QUOTE;
          i++;
        }
        from = i;
        continue;
      }
      if (c === 34 && this.#state === AFTER_QUOTE) {
        // A doubled quote is one quote.
        this.#state = QUOTED;
        this.#field += '"';
        from = ++i;
      } else if (c === 34 && this.#state === START) {
        this.#state = QUOTED;
        this.quoteOpenedIn = this.ended + 1;
        from = ++i;
      } else if (c === delimiter) {
        this.#append(text, from, i);
        this.#endField();
        from = ++i;
      } else if (c === 10 || c === 13) {
        this.#append(text, from, i);
        this.#endRecord();
        i++;
        if (c === 13) {
          if (i === text.length) this.#skipNewline = true;
          else if (text.charCodeAt(i) === 10) i++;
        }
        from = i;
      } else {
        this.#state = PLAIN;
        for (i++; i < text.length; i++) {
          const next = text.charCodeAt(i);
          if (next === delimiter || next === 10 || next === 13) break;
        }
      }
    }
    this.#append(text, from, i);
  }

  /** The last record, if the text does not end with a line end. */
  end(): void {
    if (this.#state !== START || this.#fields.length > 0) this.#endRecord();
  }

  #append(text: string, from: number, to: number): void {
    if (from === to) return;
    this.#field = this.#field === '' ? text.slice(from, to) : this.#field + text.slice(from, to);
    if (this.#field.length > this.#longest) {
      throw this.#tooLong(this.ended + 1, this.#fields.length, this.#state === QUOTED);
    }
  }

  #endField(): void {
    this.#fields.push(this.#field);
    this.#field = '';
    this.#state = START;
  }

  #endRecord(): void {
    if (this.#state !== START || this.#fields.length > 0 || this.#field !== '') this.#endField();
    this.records.push(this.#fields);
    this.#fields = [];
    this.ended++;
  }
}

const WHITE = /[ \t\r\n]+/g;
const ALPHABET = /^[A-Za-z0-9+/]*$/;

/** Decodes Base64 (RFC 2045, as `xs:base64Binary` has it) that comes in pieces, white space anywhere. */
export class Base64Stream {
  /** Bytes decoded so far. */
  bytes = 0;
  /** What is wrong, in words that follow the element's name; nothing more is decoded after it. */
  fault: string | undefined;
  #left = '';
  #ended = false;

  /** The bytes a piece adds. */
  push(text: string): Buffer {
    const packed = text.replace(WHITE, '');
    if (this.fault !== undefined || packed === '') return NOTHING;
    if (this.#ended) return this.#fail('goes on after the padding that ends its Base64');
    const all = this.#left + packed;
    const whole = all.length - (all.length % 4);
    const equals = all.indexOf('=');
    if (!ALPHABET.test(equals < 0 ? packed : all.slice(0, equals)))
      return this.#fail('holds characters that are not of Base64');
    if (equals >= 0) {
      this.#ended = true;
      const padding = all.slice(equals);
      this.#left = all.slice(whole);
      // A second "=" may still come in the next piece.
      if (!/^==?$/.test(padding)) return this.#fail('holds “=” elsewhere than at its end');
      if (padding === '=' && all.length % 4 === 3) {
        this.#ended = false;
        return this.#decoded(all.slice(0, whole));
      }
      if (this.#left !== '') return this.#fail('does not end with a whole group of Base64');
      return this.#decoded(all);
    }
    this.#left = all.slice(whole);
    return this.#decoded(all.slice(0, whole));
  }

  /** All is told. */
  end(): void {
    if (this.fault === undefined && this.#left !== '')
      this.fault = 'breaks off: its Base64 does not end with a whole group of four characters';
  }

  #decoded(text: string): Buffer {
    const bytes = Buffer.from(text, 'base64');
    this.bytes += bytes.length;
    return bytes;
  }

  #fail(fault: string): Buffer {
    this.fault = fault;
    return NOTHING;
  }
}

const NOTHING: Buffer = Buffer.alloc(0);

/** Bytes of a short Base64 text; undefined where it is none. */
export function fromBase64(text: string): Buffer | undefined {
  const stream = new Base64Stream();
  const bytes = stream.push(text);
  stream.end();
  return stream.fault === undefined ? bytes : undefined;
}

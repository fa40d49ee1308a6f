import { type Bytes, lastIndexOf } from './bytes.ts';
import { applyFilters, type Decoded, FilterError, filtersOf } from './filters.ts';
import { readIndirect } from './indirect.ts';
import { Keyword, Lexer } from './lexer.ts';
import {
  isDict,
  isRef,
  isStream,
  nameOf,
  numberOf,
  PdfDict,
  PdfRef,
  type PdfStream,
  type PdfValue,
} from './values.ts';
import { Writing } from './writing.ts';
import { readXref, type Section, searchObjects, type Xref } from './xref.ts';

export interface PdfLimits {
  /** Most bytes of one decoded stream, and of all together. */
  stream: number;
  total: number;
}
const LIMITS: PdfLimits = { stream: 64 * 1024 * 1024, total: 2 * 1024 * 1024 * 1024 };
const MAX_CACHED = 50_000;
const MAX_HOPS = 32;

export interface Header {
  /** Offset of `%PDF-`; -1 when it is missing. */
  offset: number;
  /** The line as written, without its end-of-line marker. */
  line: string;
  /** As `1.7`; undefined when it can not be read. */
  version: string | undefined;
  /** The second line is a comment with four bytes above 127. */
  binaryMark: boolean;
}

/** A PDF as objects (ISO 32000-1, 7). Reads at once: for a thread of its own. Never throws for what the file holds. */
export class PdfFile {
  readonly bytes: Bytes;
  readonly header: Header;
  readonly sections: readonly Section[];
  readonly trailer: PdfDict;
  /** The cross-reference was broken; objects were looked for all over the file. */
  readonly repaired: boolean;
  readonly writing = new Writing();
  readonly #xref: Xref;
  readonly #limits: PdfLimits;
  readonly #cache = new Map<number, { value: PdfValue; spacingRight: boolean }>();
  readonly #reading = new Set<number>();
  #decoded = 0;

  constructor(bytes: Bytes, limits: Partial<PdfLimits> = {}) {
    this.bytes = bytes;
    this.#limits = { ...LIMITS, ...limits };
    this.header = readHeader(bytes);
    const read = this.#readXref();
    this.#xref = read ?? searchObjects(bytes);
    this.repaired = read === undefined;
    this.sections = this.#xref.sections;
    this.trailer = this.#wholeTrailer();
  }

  /** The chain as written, if it leads to a catalogue. */
  #readXref(): Xref | undefined {
    try {
      const xref = readXref(this.bytes, (stream) => this.decode(stream).data);
      const root = xref.sections[0]?.trailer.get('Root');
      const entry = isRef(root) ? xref.entries.get(root.number) : undefined;
      if (!isRef(root) || !entry || entry === 'free') return undefined;
      if ('at' in entry) {
        const found = readIndirect(this.bytes, entry.at, numberOf);
        if (found?.number !== root.number || !isDict(found.value)) return undefined;
      }
      return xref;
    } catch {
      return undefined;
    }
  }

  #wholeTrailer(): PdfDict {
    const whole = new PdfDict();
    for (const { trailer } of this.sections)
      for (const [key, value] of trailer.entries) if (!whole.has(key)) whole.entries.set(key, value);
    if (isDict(this.resolve(whole.get('Root')))) return whole;
    for (const number of this.#xref.entries.keys()) {
      const value = this.object(number);
      if (isDict(value) && nameOf(value.get('Type')) === 'Catalog')
        whole.entries.set('Root', new PdfRef(number, 0));
      const dict = isStream(value) ? value.dict : undefined;
      if (dict && nameOf(dict.get('Type')) === 'XRef' && !isDict(this.resolve(whole.get('Root'))))
        for (const [key, one] of dict.entries) if (!whole.has(key)) whole.entries.set(key, one);
    }
    return whole;
  }

  get encrypted(): boolean {
    return this.trailer.has('Encrypt') && this.resolve(this.trailer.get('Encrypt')) !== null;
  }

  get catalogue(): PdfDict {
    return this.dict(this.trailer.get('Root')) ?? new PdfDict();
  }

  /** Numbers of the objects in use. */
  numbers(): number[] {
    return [...this.#xref.entries].filter(([, entry]) => entry !== 'free').map(([number]) => number);
  }

  get objectCount(): number {
    return this.#xref.entries.size;
  }

  /** The object with this number; null when there is none or it can not be read. */
  object(number: number): PdfValue {
    return this.#load(number)?.value ?? null;
  }

  /** Undefined for objects in object streams. */
  spacingRight(number: number): boolean | undefined {
    const entry = this.#xref.entries.get(number);
    return entry && entry !== 'free' && 'at' in entry ? this.#load(number)?.spacingRight : undefined;
  }

  #load(number: number): { value: PdfValue; spacingRight: boolean } | undefined {
    const cached = this.#cache.get(number);
    if (cached) return cached;
    const entry = this.#xref.entries.get(number);
    if (!entry || entry === 'free' || this.#reading.has(number)) return undefined;
    this.#reading.add(number);
    try {
      if (this.#cache.size > MAX_CACHED) this.#cache.clear();
      if ('stream' in entry) this.#openObjectStream(entry.stream);
      else {
        const found = readIndirect(this.bytes, entry.at, (v) => numberOf(this.resolve(v)), this.writing);
        if (found?.number === number) this.#cache.set(number, found);
      }
    } catch {
      return undefined;
    } finally {
      this.#reading.delete(number);
    }
    return this.#cache.get(number);
  }

  #openObjectStream(number: number): void {
    const stream = this.object(number);
    if (!isStream(stream)) return;
    const count = numberOf(this.resolve(stream.dict.get('N'))) ?? 0;
    const first = numberOf(this.resolve(stream.dict.get('First'))) ?? 0;
    const { data, left } = this.decode(stream);
    if (left) return;
    const heads = new Lexer(data.subarray(0, first), 0, true);
    for (let i = 0; i < Math.min(count, 100_000); i++) {
      const [own, offset] = [heads.next(-1), heads.next(-1)];
      if (typeof own !== 'number' || typeof offset !== 'number') return;
      const entry = this.#xref.entries.get(own);
      if (!entry || entry === 'free' || !('stream' in entry) || entry.stream !== number) continue;
      this.writing.object = own;
      const value = new Lexer(data, first + offset, true, this.writing).next();
      if (value !== undefined && !(value instanceof Keyword))
        this.#cache.set(own, { value, spacingRight: true });
    }
  }

  /** Follows references. */
  resolve(value: PdfValue | undefined): PdfValue | undefined {
    let at = value;
    for (let hops = 0; isRef(at); hops++) {
      if (hops > MAX_HOPS) return null;
      at = this.object(at.number);
    }
    return at;
  }

  /** A dictionary, or that of a stream. */
  dict(value: PdfValue | undefined): PdfDict | undefined {
    const found = this.resolve(value);
    return isStream(found) ? found.dict : isDict(found) ? found : undefined;
  }

  stream(value: PdfValue | undefined): PdfStream | undefined {
    const found = this.resolve(value);
    return isStream(found) ? found : undefined;
  }

  array(value: PdfValue | undefined): PdfValue[] | undefined {
    const found = this.resolve(value);
    return Array.isArray(found) ? found : undefined;
  }

  name(value: PdfValue | undefined): string | undefined {
    return nameOf(this.resolve(value));
  }

  number(value: PdfValue | undefined): number | undefined {
    return numberOf(this.resolve(value));
  }

  raw(stream: PdfStream): Buffer {
    const { start, length } = stream.place;
    if (length > this.#limits.stream) throw new FilterError('the stream is too large');
    return Buffer.from(this.bytes.read(start, start + length));
  }

  filters(dict: PdfDict): { name: string; parameters: PdfDict | undefined }[] {
    return filtersOf(dict, (value) => this.resolve(value));
  }

  /** @throws FilterError */
  decode(stream: PdfStream): Decoded {
    if (this.#decoded > this.#limits.total) throw new FilterError('the file decodes to too much');
    const plain = this.#plainParameters(this.filters(stream.dict));
    const decoded = applyFilters(this.raw(stream), plain, this.#limits.stream);
    this.#decoded += decoded.data.length;
    return decoded;
  }

  /** Parameters of filters may be references. */
  #plainParameters(filters: { name: string; parameters: PdfDict | undefined }[]) {
    for (const { parameters } of filters)
      for (const [key, value] of parameters?.entries ?? []) {
        const number = isRef(value) ? this.number(value) : undefined;
        if (number !== undefined) parameters!.entries.set(key, number);
      }
    return filters;
  }

  /** Decoded data; undefined when it can not be had. */
  data(value: PdfValue | undefined): Buffer | undefined {
    const stream = this.stream(value);
    if (!stream) return undefined;
    try {
      const { data, left } = this.decode(stream);
      return left ? undefined : data;
    } catch {
      return undefined;
    }
  }

  /** Bytes behind the last `%%EOF`, one end-of-line marker taken off; undefined when the mark is missing. */
  get bytesAfterEnd(): number | undefined {
    const at = lastIndexOf(this.bytes, '%%EOF', 0, this.bytes.size);
    if (at < 0) return undefined;
    const rest = this.bytes.read(at + 5, at + 7);
    const marker = rest[0] === 13 && rest[1] === 10 ? 2 : rest[0] === 13 || rest[0] === 10 ? 1 : 0;
    return this.bytes.size - at - 5 - marker;
  }
}

function readHeader(bytes: Bytes): Header {
  const head = bytes.read(0, 1100).toString('latin1');
  const offset = head.slice(0, 1029).indexOf('%PDF-');
  if (offset < 0) return { offset, line: '', version: undefined, binaryMark: false };
  const line = /^[^\r\n]*/.exec(head.slice(offset))![0];
  const second = head.slice(offset + line.length).replace(/^(\r\n|\r|\n)/, '');
  return {
    offset,
    line,
    version: /^%PDF-(\d\.\d)/.exec(line)?.[1],
    binaryMark: /^%[\x80-\xff]{4}/.test(second),
  };
}

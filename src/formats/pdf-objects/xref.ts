import { type Bytes, lastIndexOf } from './bytes.ts';
import { readIndirect, withEnough } from './indirect.ts';
import { Keyword, Lexer, PdfSyntaxError } from './lexer.ts';
import { isDict, isStream, numberOf, PdfDict, type PdfStream, type PdfValue } from './values.ts';

/** Where an object lies: at an offset of the file, or as the n-th of an object stream. */
export type Entry = { at: number; generation: number } | { stream: number; index: number } | 'free';

export interface Section {
  kind: 'table' | 'stream';
  offset: number;
  trailer: PdfDict;
  /** `xref` and the head of its first subsection are parted by one end-of-line marker. */
  markerRight: boolean;
  /** The two numbers of each subsection's head are parted by one space. */
  spacesRight: boolean;
}

export interface Xref {
  entries: Map<number, Entry>;
  /** Newest first. */
  sections: Section[];
}

const MAX_SECTIONS = 4096;
export const MAX_OBJECTS = 9_000_000;

/** Offset that the last `startxref` names; undefined when there is none. */
export function startOffset(bytes: Bytes): number | undefined {
  const at = lastIndexOf(bytes, 'startxref', Math.max(0, bytes.size - 65_536), bytes.size);
  if (at < 0) return undefined;
  const digits = /^startxref\s+(\d{1,15})/.exec(bytes.read(at, at + 64).toString('latin1'));
  return digits ? Number(digits[1]) : undefined;
}

/**
 * Follows the chain of cross-reference tables and streams (ISO 32000-1, 7.5.4, 7.5.8).
 * @throws PdfSyntaxError when it is broken anywhere
 */
export function readXref(bytes: Bytes, decode: (stream: PdfStream) => Buffer): Xref {
  const entries = new Map<number, Entry>();
  const sections: Section[] = [];
  const seen = new Set<number>();
  const first = startOffset(bytes);
  if (first === undefined) throw new PdfSyntaxError('there is no startxref');
  const follow = (offset: number | undefined) => {
    for (let next = offset; next !== undefined; ) {
      if (seen.has(next) || seen.size > MAX_SECTIONS) return;
      seen.add(next);
      const section = sectionAt(bytes, next, entries, decode);
      sections.push(section);
      const hybrid = numberOf(section.trailer.get('XRefStm'));
      if (section.kind === 'table' && hybrid !== undefined) follow(hybrid);
      next = numberOf(section.trailer.get('Prev'));
    }
  };
  follow(first);
  return { entries, sections };
}

function sectionAt(
  bytes: Bytes,
  offset: number,
  entries: Map<number, Entry>,
  decode: (stream: PdfStream) => Buffer,
): Section {
  if (offset >= bytes.size) throw new PdfSyntaxError('the cross-reference lies beyond the end');
  const head = bytes.read(offset, offset + 32).toString('latin1');
  const lead = /^\s*/.exec(head)![0].length;
  return head.startsWith('xref', lead)
    ? tableAt(bytes, offset + lead, entries)
    : streamAt(bytes, offset, entries, decode);
}

function tableAt(bytes: Bytes, offset: number, entries: Map<number, Entry>): Section {
  const mark = bytes.read(offset + 4, offset + 12).toString('latin1');
  const markerRight = /^(\r\n|\n|\r)\d/.test(mark);
  let spacesRight = true;
  let at = offset + 4;
  for (;;) {
    const line = bytes.read(at, at + 128).toString('latin1');
    const head = /^(\s*)(\d{1,10})(\s+)(\d{1,10})(\s*)/.exec(line);
    if (!head) break;
    if (head[3] !== ' ') spacesRight = false;
    const [from, count] = [Number(head[2]), Number(head[4])];
    if (count > MAX_OBJECTS || entries.size > MAX_OBJECTS) throw new PdfSyntaxError('too many objects');
    at += head[0].length;
    at = entriesAt(bytes, at, from, count, entries);
  }
  const lexed = withEnough(bytes, at, (piece, atEnd) => {
    const lexer = new Lexer(piece, 0, atEnd);
    const word = lexer.next();
    if (!(word instanceof Keyword) || word.word !== 'trailer')
      throw new PdfSyntaxError('there is no trailer');
    return lexer.next();
  });
  if (lexed instanceof Keyword || !isDict(lexed)) throw new PdfSyntaxError('the trailer is no dictionary');
  return { kind: 'table', offset, trailer: lexed, markerRight, spacesRight };
}

/** Entries are twenty bytes long; those of other lengths are read all the same. */
function entriesAt(
  bytes: Bytes,
  start: number,
  from: number,
  count: number,
  entries: Map<number, Entry>,
): number {
  let at = start;
  for (let i = 0; i < count; i++) {
    const line = bytes.read(at, at + 32).toString('latin1');
    const entry = /^\s*(\d{1,12})\s+(\d{1,6})\s+([nf])\s*/.exec(line);
    if (!entry) throw new PdfSyntaxError('an entry of the cross-reference table is broken');
    at += entry[0].length;
    const number = from + i;
    if (entries.has(number)) continue;
    entries.set(number, entry[3] === 'n' ? { at: Number(entry[1]), generation: Number(entry[2]) } : 'free');
  }
  return at;
}

function streamAt(
  bytes: Bytes,
  offset: number,
  entries: Map<number, Entry>,
  decode: (stream: PdfStream) => Buffer,
): Section {
  const found = readIndirect(bytes, offset, numberOf);
  const value = found?.value;
  if (!value || !isStream(value)) throw new PdfSyntaxError('there is no cross-reference where one should be');
  const { dict } = value;
  const widths = numbers(dict.get('W'));
  if (widths.length < 3 || widths.some((w) => w < 0 || w > 8))
    throw new PdfSyntaxError('the cross-reference stream is broken');
  const size = numberOf(dict.get('Size')) ?? 0;
  const index = numbers(dict.get('Index'));
  const ranges = index.length >= 2 ? index : [0, size];
  const data = decode(value);
  const [w0, w1, w2] = widths as [number, number, number];
  let at = 0;
  for (let r = 0; r + 1 < ranges.length; r += 2) {
    for (let i = 0; i < ranges[r + 1]! && at + w0 + w1 + w2 <= data.length; i++) {
      const kind = w0 === 0 ? 1 : integer(data, at, w0);
      const second = integer(data, at + w0, w1);
      const third = integer(data, at + w0 + w1, w2);
      at += w0 + w1 + w2;
      const number = ranges[r]! + i;
      if (entries.has(number)) continue;
      if (entries.size > MAX_OBJECTS) throw new PdfSyntaxError('too many objects');
      if (kind === 1) entries.set(number, { at: second, generation: third });
      else entries.set(number, kind === 2 ? { stream: second, index: third } : 'free');
    }
  }
  return { kind: 'stream', offset, trailer: dict, markerRight: true, spacesRight: true };
}

const numbers = (value: PdfValue | undefined): number[] =>
  Array.isArray(value) ? value.filter((n): n is number => typeof n === 'number') : [];

function integer(data: Buffer, at: number, width: number): number {
  let value = 0;
  for (let i = 0; i < width; i++) value = value * 256 + data[at + i]!;
  return value;
}

const CHUNK = 1024 * 1024;

/** Finds objects by looking for `n g obj` all over a damaged file; the later of two with one number counts. */
export function searchObjects(bytes: Bytes): Xref {
  const entries = new Map<number, Entry>();
  const trailers: Section[] = [];
  for (let from = 0; from < bytes.size; from += CHUNK) {
    const text = bytes.read(from, Math.min(bytes.size, from + CHUNK + 40)).toString('latin1');
    for (const found of text.matchAll(/(?<![0-9])(\d{1,10})\s{1,3}(\d{1,5})\s{1,3}obj|\btrailer\b/g)) {
      if (found.index >= CHUNK) continue;
      const at = from + found.index;
      if (found[1] !== undefined) {
        if (entries.size < MAX_OBJECTS) entries.set(Number(found[1]), { at, generation: Number(found[2]) });
      } else {
        const trailer = dictAt(bytes, at + 'trailer'.length);
        if (trailer && trailers.length < MAX_SECTIONS)
          trailers.unshift({ kind: 'table', offset: at, trailer, markerRight: true, spacesRight: true });
      }
    }
  }
  return { entries, sections: trailers };
}

function dictAt(bytes: Bytes, at: number): PdfDict | undefined {
  try {
    const value = withEnough(bytes, at, (piece, atEnd) => new Lexer(piece, 0, atEnd).next());
    return value instanceof PdfDict ? value : undefined;
  } catch {
    return undefined;
  }
}

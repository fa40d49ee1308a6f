import { type Bytes, indexOf } from './bytes.ts';
import { Keyword, Lexer, NeedsMore } from './lexer.ts';
import { isDict, numberOf, type PdfDict, PdfStream, type PdfValue, type StreamPlace } from './values.ts';
import type { Writing } from './writing.ts';

const FIRST = 4096;
const MOST = 128 * 1024 * 1024;

export interface Indirect {
  number: number;
  generation: number;
  value: PdfValue;
  /** Numbers, `obj` and `endobj` stand as PDF/A wants them (ISO 19005-1, 6.1.8). */
  spacingRight: boolean;
}

/** Tries with ever more bytes until `parse` needs no more. */
export function withEnough<T>(bytes: Bytes, offset: number, parse: (piece: Buffer, atEnd: boolean) => T): T {
  for (let size = FIRST; ; size *= 8) {
    const piece = bytes.read(offset, offset + size);
    const atEnd = offset + size >= bytes.size || size > MOST;
    try {
      return parse(piece, atEnd);
    } catch (e) {
      if (!(e instanceof NeedsMore) || atEnd) throw e;
    }
  }
}

/**
 * The indirect object that begins at an offset (white space before it is passed over); undefined where none begins.
 * @param lengthOf resolves the Length of a stream, which may be an object of its own
 * @throws PdfSyntaxError
 */
export function readIndirect(
  bytes: Bytes,
  offset: number,
  lengthOf: (value: PdfValue | undefined) => number | undefined,
  writing?: Writing,
): Indirect | undefined {
  return withEnough(bytes, offset, (piece, atEnd) => {
    const lexer = new Lexer(piece, 0, atEnd, writing);
    lexer.skipWhite();
    if (!atEnd && piece.length - lexer.at < 40) throw new NeedsMore();
    const start = lexer.at;
    const head = /^(\d{1,10})(\s+)(\d{1,5})(\s+)obj/.exec(piece.toString('latin1', start, start + 60));
    if (!head) return undefined;
    const number = Number(head[1]);
    if (writing) writing.object = number;
    lexer.at = start + head[0].length;
    const before = start > 0 ? piece[start - 1] : bytes.read(offset - 1, offset)[0];
    const headRight =
      isEol(before) && head[2]!.length === 1 && head[4]!.length === 1 && isEol(piece[lexer.at]);
    const value = lexer.next();
    if (value === undefined || value instanceof Keyword)
      return { number, generation: Number(head[3]), value: null, spacingRight: headRight };
    const rest = new Lexer(piece, lexer.at, atEnd);
    const word = rest.next();
    const isStream = word instanceof Keyword && word.word === 'stream' && isDict(value);
    const made = isStream ? streamAt(bytes, offset + rest.at, value, lengthOf) : undefined;
    const end = made ? tailAfter(bytes, made.place) : offset + rest.at - 6;
    const endRight =
      isStream || (word instanceof Keyword && word.word === 'endobj') ? endsRight(bytes, end) : true;
    return { number, generation: Number(head[3]), value: made ?? value, spacingRight: headRight && endRight };
  });
}

const isEol = (byte: number | undefined) => byte === 10 || byte === 13;

/** `endobj` at this offset has end-of-line markers about it; true where there is no `endobj` to judge. */
function endsRight(bytes: Bytes, at: number): boolean {
  const piece = bytes.read(at - 1, at + 7);
  if (piece.toString('latin1', 1, 7) !== 'endobj') return true;
  return isEol(piece[0]) && (piece.length < 8 || isEol(piece[7]));
}

/** Offset of the `endobj` behind a stream; -1 when it is not near. */
function tailAfter(bytes: Bytes, { start, length }: StreamPlace): number {
  const tail = bytes.read(start + length, start + length + 64).toString('latin1');
  const found = tail.indexOf('endobj');
  return found < 0 ? -1 : start + length + found;
}

function streamAt(
  bytes: Bytes,
  afterKeyword: number,
  dict: PdfDict,
  lengthOf: (value: PdfValue | undefined) => number | undefined,
): PdfStream {
  const mark = bytes.read(afterKeyword, afterKeyword + 2);
  const crLf = mark[0] === 13 && mark[1] === 10;
  const keywordRight = crLf || mark[0] === 10;
  const start = afterKeyword + (crLf ? 2 : mark[0] === 10 || mark[0] === 13 ? 1 : 0);
  const said = lengthOf(dict.get('Length'));
  if (said !== undefined && Number.isInteger(said) && said >= 0 && start + said <= bytes.size) {
    const after = bytes.read(start + said, start + said + 11).toString('latin1');
    if (/^(\r\n|\n|\r)endstream/.test(after))
      return stream(dict, start, said, { lengthRight: true, keywordRight, endUnmarked: false });
    if (after.startsWith('endstream'))
      return stream(dict, start, said, { lengthRight: true, keywordRight, endUnmarked: true });
  }
  const found = indexOf(bytes, 'endstream', start);
  if (found < 0)
    return stream(dict, start, Math.max(0, bytes.size - start), {
      lengthRight: false,
      keywordRight,
      endUnmarked: true,
    });
  const before = bytes.read(found - 2, found);
  const eol = before[1] === 10 ? (before[0] === 13 ? 2 : 1) : before[1] === 13 ? 1 : 0;
  const length = Math.max(0, found - eol - start);
  return stream(dict, start, length, {
    lengthRight: numberOf(said) === length,
    keywordRight,
    endUnmarked: eol === 0,
  });
}

function stream(
  dict: PdfDict,
  start: number,
  length: number,
  rest: Omit<StreamPlace, 'start' | 'length'>,
): PdfStream {
  return new PdfStream(dict, { start, length, ...rest });
}

import type { EepSource } from '../reading/source.ts';

/** Where an element right below the root lies in the file, in bytes. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

export interface Ranges {
  /** Elements below the root, in order. */
  readonly children: readonly ByteRange[];
  /** Where the tag begins that ends the root. */
  readonly rootEnd: number;
}

const LESS = 60;
const GREATER = 62;
const SLASH = 47;

/** What the scanner stands in. */
type State = 'text' | 'tag' | 'quote' | 'closing' | 'comment' | 'cdata' | 'instruction' | 'mark';

/**
 * Finds the root's children by their bytes, so that they can be copied without being written anew. For well-formed documents
 * in UTF-8 or GB 18030: bytes of markup are no part of a longer character in either, but for "]" in GB 18030.
 */
export async function findRanges(source: EepSource, gb18030: boolean): Promise<Ranges> {
  const children: ByteRange[] = [];
  let rootEnd = -1;
  let state: State = 'text';
  let depth = 0;
  let tagAt = 0;
  let childAt = 0;
  let quote = 0;
  let mark = '';
  let before = 0;
  let beforeThat = 0;
  let skip = 0;
  let base = 0;

  const opened = (end: number, empty: boolean) => {
    depth++;
    if (depth === 2) childAt = tagAt;
    if (empty) closed(end);
  };
  const closed = (end: number) => {
    if (depth === 2) children.push({ from: childAt, to: end });
    if (depth === 1) rootEnd = tagAt;
    depth--;
  };
  for await (const piece of await source.open()) {
    for (let i = 0; i < piece.length; i++) {
      if (state === 'text') {
        const at = piece.indexOf(LESS, i);
        if (at < 0) break;
        i = at;
        tagAt = base + i;
        state = 'mark';
        mark = '';
        continue;
      }
      const c = piece[i]!;
      if (state === 'mark') {
        mark += String.fromCharCode(c);
        if (mark === '!--') state = 'comment';
        else if (mark === '![CDATA[') state = 'cdata';
        else if (c === SLASH && mark === '/') state = 'closing';
        else if (mark === '?') state = 'instruction';
        else if (!'!--'.startsWith(mark) && !'![CDATA['.startsWith(mark)) {
          state = 'tag';
          if (c === GREATER) {
            state = 'text';
            opened(base + i + 1, false);
          }
        }
        before = beforeThat = 0;
        if (state === 'tag') before = c;
        continue;
      }
      if (skip > 0) {
        skip--;
        continue;
      }
      if (state === 'quote') {
        if (c === quote) state = 'tag';
      } else if (state === 'tag') {
        if (c === 34 || c === 39) {
          state = 'quote';
          quote = c;
        } else if (c === GREATER) {
          state = 'text';
          opened(base + i + 1, before === SLASH);
        }
      } else if (c === GREATER) {
        const ends =
          state === 'closing' ||
          (state === 'comment' && before === 45 && beforeThat === 45) ||
          (state === 'cdata' && before === 93 && beforeThat === 93) ||
          (state === 'instruction' && before === 63);
        if (ends) {
          if (state === 'closing') closed(base + i + 1);
          state = 'text';
        }
      } else if (gb18030 && state === 'cdata' && c >= 0x81) {
        // The second byte may look like "]"; of four bytes the third begins such a pair again.
        skip = 1;
        before = beforeThat = 0;
        continue;
      }
      beforeThat = before;
      before = c;
    }
    base += piece.length;
  }
  return { children, rootEnd };
}

/** Copies a stretch of the file. */
export async function* copyRange(source: EepSource, { from, to }: ByteRange): AsyncGenerator<Buffer> {
  let at = 0;
  for await (const piece of await source.open()) {
    const end = at + piece.length;
    if (end > from && at < to) yield piece.subarray(Math.max(0, from - at), Math.min(piece.length, to - at));
    at = end;
    if (at >= to) return;
  }
}

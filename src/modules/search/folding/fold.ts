/**
 * Folding: the one form in which catalogue, page text and queries are compared.
 *
 * Compatibility forms (full and half width, circled numbers, units) become plain, letters lose case and accents,
 * traditional and variant characters become the simplified one, blanks, brackets, quotes and hyphens vanish between
 * Chinese characters and become one space between two words, stops and commas become one space.
 */

import { BREAK, type Kind, lookUp, MANY, NOTHING, partsOf, SOFT, WORD } from './characters.ts';
import { textOf } from './units.ts';

/** Folded text and, for each of its UTF-16 units, where the character it came from starts and ends in the original. */
export interface FoldedText {
  folded: string;
  start: Uint32Array;
  end: Uint32Array;
}

let units = new Uint16Array(4096);
let starts = new Uint32Array(4096);
let ends = new Uint32Array(4096);

function makeRoom(needed: number): void {
  if (needed <= units.length) return;
  const size = Math.max(needed, units.length * 2);
  const wider = { units: new Uint16Array(size), starts: new Uint32Array(size), ends: new Uint32Array(size) };
  wider.units.set(units);
  wider.starts.set(starts);
  wider.ends.set(ends);
  ({ units, starts, ends } = wider);
}

const SPACE = 0x20;

/** Folds into the shared buffers and returns the number of units written. */
function run(text: string): number {
  let length = 0;
  let before: Kind = BREAK;
  let gap: Kind = NOTHING;
  let gapStart = 0;
  let gapEnd = 0;
  makeRoom(text.length + 64);

  const open = (kind: Kind, at: number): void => {
    if (length > 0 && (gap === BREAK || (gap === SOFT && before === WORD && kind === WORD))) {
      units[length] = SPACE;
      starts[length] = gapStart;
      ends[length++] = Math.max(gapEnd, gapStart);
    }
    gap = NOTHING;
    gapStart = at;
    before = kind;
  };
  const hold = (kind: Kind, at: number, after: number): void => {
    if (gap === NOTHING) gapStart = at;
    gapEnd = after;
    if (kind > gap) gap = kind;
  };

  for (let at = 0; at < text.length; ) {
    let point = text.charCodeAt(at);
    let after = at + 1;
    if (point >= 0xd800 && point < 0xdc00) {
      point = text.codePointAt(at)!;
      if (point > 0xffff) after++;
    }
    const packed = lookUp(point);
    if (packed !== MANY) {
      const kind = (packed >> 16) as Kind;
      if (kind > BREAK) {
        open(kind, at);
        units[length] = packed & 0xffff;
        starts[length] = at;
        ends[length++] = after;
      } else if (kind !== NOTHING) hold(kind, at, after);
    } else {
      const parts = partsOf(point);
      makeRoom(length + (text.length - at) + parts.length * 4 + 64);
      for (const { kind, text: part } of parts) {
        if (kind <= BREAK) {
          if (kind !== NOTHING) hold(kind, at, after);
          continue;
        }
        open(kind, at);
        for (let i = 0; i < part.length; i++) {
          units[length] = part.charCodeAt(i);
          starts[length] = at;
          ends[length++] = after;
        }
      }
    }
    at = after;
  }
  return length;
}

/** The folded form as UTF-16 units, in memory that the next folding writes over. */
export function foldToUnits(text: string): Uint16Array {
  // Folding may have moved the memory.
  const length = run(text);
  return units.subarray(0, length);
}

/** The folded form of a text. Folding what is folded changes nothing. */
export function fold(text: string): string {
  return textOf(foldToUnits(text));
}

/** The folded form with the way back to the original. */
export function foldWithMap(text: string): FoldedText {
  const length = run(text);
  return {
    folded: textOf(units.subarray(0, length)),
    start: starts.slice(0, length),
    end: ends.slice(0, length),
  };
}

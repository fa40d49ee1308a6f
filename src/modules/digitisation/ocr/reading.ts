import type { Grey } from './grey.ts';
import type { OcrLanguage } from './types.ts';

/** What a recogniser gives back, before anything is tidied: boxes in pixels of the picture it was shown. */
export interface RawSymbol {
  text: string;
  confidence: number;
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

export interface RawWord {
  confidence: number;
  symbols: RawSymbol[];
}

export interface RawLine {
  words: RawWord[];
}

export interface LineBox {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

/** How the recogniser is to look at the picture. */
export type Layout = 'page' | 'block' | 'line' | 'scattered';

/** The bare engine: one picture, one script, one layout. */
export interface Recogniser {
  read(language: OcrLanguage, picture: Grey, layout: Layout): Promise<RawLine[]>;
  /**
   * Boxes of the lines of writing, in reading order, without reading them.
   * @param upright whether there may be upright columns: Han characters set on a grid look like both
   */
  findLines(picture: Grey, upright: boolean): Promise<LineBox[]>;
}

export function symbolsOf(lines: readonly RawLine[]): RawSymbol[] {
  return lines.flatMap((line) => line.words.flatMap((word) => word.symbols));
}

/** Figures and marks look alike in every script and say little about it. */
const MARK_WEIGHT = 0.2;

/** Mean confidence of what was read, 0 to 100, by letters; drawn towards 0 when there are only a few. */
export function trust(lines: readonly RawLine[]): number {
  let sum = 0;
  let n = 0;
  for (const line of lines) {
    for (const word of line.words) {
      for (const symbol of word.symbols) {
        const weight = /\p{L}/u.test(symbol.text) ? 1 : MARK_WEIGHT;
        sum += word.confidence * weight;
        n += weight;
      }
    }
  }
  return sum / (n + 1);
}

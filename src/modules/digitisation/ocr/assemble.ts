import { cut, type Grey, parting } from './grey.ts';
import type { RawLine, RawSymbol, RawWord } from './reading.ts';
import type { Box, OcrLine, OcrWord } from './types.ts';

/** Characters that stand next to each other without a space: Han, kana, and the punctuation that goes with them. */
const CLOSE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef·…—“”‘’]/u;
/** Marks that the reader sees in the wide room between characters. */
const GHOSTLY = /^["'“”‘’`´_|¦[\]{}~^]$/u;
/** Such a mark in a word read worse than this is taken for room. */
const DOUBTFUL = 60;
/** A line read worse than this is noise: the grain of a photograph, a seal, a border. */
const NOISE = 20;

/**
 * The lines of a page from what the recogniser gave: marks without ink under them dropped, spaces between Han
 * characters closed up, noise left out, boxes moved by `place` to where they belong.
 */
export function assemble(
  lines: readonly RawLine[],
  picture: Grey,
  place: (symbol: RawSymbol) => Box | undefined,
): OcrLine[] {
  const hasInk = inkUnder(picture);
  return lines.flatMap((line) => {
    const words = line.words.flatMap((word) => wordOf(word, place, hasInk) ?? []);
    if (words.length === 0) return [];
    const whole = lineOf(words);
    return whole.confidence < NOISE ? [] : [whole];
  });
}

function wordOf(
  word: RawWord,
  place: (symbol: RawSymbol) => Box | undefined,
  hasInk: (symbol: RawSymbol) => boolean,
): OcrWord | undefined {
  const kept = word.symbols.filter((s) => !isGhost(s, word.confidence, hasInk));
  const boxes: Box[] = kept.flatMap((s) => {
    const box = place(s);
    return box ? [box] : [];
  });
  const text = kept.map((s) => s.text).join('');
  if (text.trim() === '' || boxes.length === 0) return undefined;
  return { text, confidence: Math.round(word.confidence), box: union(boxes) };
}

function isGhost(symbol: RawSymbol, confidence: number, hasInk: (symbol: RawSymbol) => boolean): boolean {
  if (GHOSTLY.test(symbol.text) && confidence < DOUBTFUL) return true;
  return /^[、。,.·]$/u.test(symbol.text) && !hasInk(symbol);
}

export function lineOf(words: OcrWord[]): OcrLine {
  return {
    text: joinWords(words.map((w) => w.text)),
    confidence: meanConfidence(words),
    box: union(words.map((w) => w.box)),
    words,
  };
}

/** Words with a space between them, save where Han characters (or their punctuation) meet. */
export function joinWords(words: readonly string[]): string {
  let text = '';
  for (const word of words) {
    const closed = text === '' || CLOSE.test(text.at(-1)!) || CLOSE.test(word[0] ?? '');
    text += closed ? word : ` ${word}`;
  }
  return text;
}

export function union(boxes: readonly Box[]): Box {
  const x0 = Math.min(...boxes.map((b) => b[0]));
  const y0 = Math.min(...boxes.map((b) => b[1]));
  const x1 = Math.max(...boxes.map((b) => b[0] + b[2]));
  const y1 = Math.max(...boxes.map((b) => b[1] + b[3]));
  return [x0, y0, x1 - x0, y1 - y0];
}

function inkUnder(picture: Grey): (symbol: RawSymbol) => boolean {
  const threshold = parting(picture).threshold;
  return ({ x0, y0, x1, y1 }) => {
    const { data } = cut(picture, x0, y0, x1 - x0, y1 - y0);
    let dark = 0;
    for (let i = 0; i < data.length; i++) if (data[i]! < threshold) dark += 1;
    return dark >= Math.max(2, data.length * 0.01);
  };
}

/** By length of text, 0 to 100; 0 for nothing. */
export function meanConfidence(parts: readonly OcrWord[]): number {
  const letters = parts.reduce((n, part) => n + part.text.length, 0);
  const sum = parts.reduce((n, part) => n + part.confidence * part.text.length, 0);
  return letters === 0 ? 0 : Math.round(sum / letters);
}

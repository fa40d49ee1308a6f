import type { PdfWord } from './types.ts';

/** A run of text as pdf.js gives it. */
export interface TextRun {
  str: string;
  /** a b c d e f of the text matrix, in points from the lower left of the page. */
  transform: readonly number[];
  width: number;
  height: number;
  hasEOL: boolean;
}

/** From page units to pixels: a b c d e f of the viewport at scale 1, which turns the y axis round. */
export type Matrix = readonly number[];

const HAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u;

/** The text of a page: runs joined, a space where two stand apart on a line, a line feed where the line ends. */
export function joinRuns(runs: readonly TextRun[]): string {
  let text = '';
  let last: TextRun | undefined;
  for (const run of runs) {
    if (last && run.str !== '' && needsSpace(text, last, run)) text += ' ';
    text += run.str;
    if (run.hasEOL) text += '\n';
    if (run.str !== '') last = run;
  }
  return text.replace(/[ \t]+\n/g, '\n').trim();
}

function needsSpace(text: string, last: TextRun, run: TextRun): boolean {
  const before = text.at(-1);
  if (before === undefined || /\s/.test(before) || /^\s/.test(run.str)) return false;
  if (HAN.test(before) && HAN.test(run.str[0]!)) return false;
  const [, , , , x0 = 0, y0 = 0] = last.transform;
  const [, , , , x1 = 0, y1 = 0] = run.transform;
  const size = Math.max(last.height, run.height, 1);
  return Math.abs(y1 - y0) > size * 0.5 || x1 - (x0 + last.width) > size * 0.2;
}

/** Words and their places, relative to the page. A run is shared out among its words by the width of their letters. */
export function wordsOf(runs: readonly TextRun[], view: Matrix, width: number, height: number): PdfWord[] {
  const words: PdfWord[] = [];
  for (const run of runs) {
    const total = breadth(run.str);
    if (total === 0 || run.width <= 0) continue;
    const [a = 1, b = 0, , , e = 0, f = 0] = run.transform;
    const length = Math.hypot(a, b) || 1;
    const along = { x: a / length, y: b / length };
    const size = run.height || length;
    for (const match of run.str.matchAll(/\S+/gu)) {
      const from = (breadth(run.str.slice(0, match.index)) / total) * run.width;
      const to = from + (breadth(match[0]) / total) * run.width;
      const corners = [
        [from, -0.2 * size],
        [to, -0.2 * size],
        [from, 0.9 * size],
        [to, 0.9 * size],
      ].map(([t = 0, n = 0]) => apply(view, e + along.x * t - along.y * n, f + along.y * t + along.x * n));
      words.push(boxAround(match[0], corners, width, height));
    }
  }
  return words;
}

function breadth(text: string): number {
  let sum = 0;
  for (const letter of text) sum += HAN.test(letter) ? 1 : 0.5;
  return sum;
}

function apply([a = 1, b = 0, c = 0, d = 1, e = 0, f = 0]: Matrix, x: number, y: number): [number, number] {
  return [a * x + c * y + e, b * x + d * y + f];
}

function boxAround(text: string, corners: [number, number][], width: number, height: number): PdfWord {
  const within = (v: number) => Math.min(1, Math.max(0, v));
  const xs = corners.map(([x]) => within(x / width));
  const ys = corners.map(([, y]) => within(y / height));
  const round = (v: number) => Math.round(v * 1e5) / 1e5;
  const x = Math.min(...xs);
  const y = Math.min(...ys);
  return { text, x: round(x), y: round(y), w: round(Math.max(...xs) - x), h: round(Math.max(...ys) - y) };
}

import { font, type PageSheet, type Weight } from './sheet.ts';

const NOT_FIRST = /[，。；：、！？）》〉”’〕%]/;

/** Text about its middle. */
export function centred(p: PageSheet, text: string, x: number, y: number): void {
  p.ctx.textAlign = 'center';
  p.ctx.fillText(text, x, y);
  p.ctx.textAlign = 'left';
}

/** A line of characters spread over a width, as titles of letterheads are. */
export function spread(p: PageSheet, text: string, from: number, to: number, y: number): void {
  const characters = [...text];
  const step = (to - from) / characters.length;
  p.ctx.textAlign = 'center';
  characters.forEach((c, i) => {
    p.ctx.fillText(c, from + step * (i + 0.5), y);
  });
  p.ctx.textAlign = 'left';
}

/** A text cut into lines that fit a width. @param indent width left free before the first line */
export function wrap(p: PageSheet, text: string, width: number, indent = 0): string[] {
  const lines: string[] = [];
  let current = '';
  let room = width - indent;
  for (const word of text.match(/[A-Za-z0-9'’.,;:()-]+ ?|[\s\S]/gu) ?? []) {
    if (p.ctx.measureText(current + word.trimEnd()).width > room && current !== '' && !NOT_FIRST.test(word)) {
      lines.push(current);
      current = '';
      room = width;
    }
    current += word;
  }
  if (current !== '') lines.push(current);
  return lines;
}

export interface Block {
  x: number;
  y: number;
  width: number;
  size: number;
  leading: number;
  weight?: Weight;
  colour?: string;
  /** Uneven strokes and lines, as of a typewriter or a stencil. */
  uneven?: number;
  bottom?: number;
}

/** Draws paragraphs, each begun two characters in. @returns the place below and the paragraphs that did not fit */
export function paragraphs(p: PageSheet, texts: readonly string[], b: Block): { y: number; rest: string[] } {
  font(p, b.size, b.weight, b.colour);
  let y = b.y;
  for (const [i, text] of texts.entries()) {
    const latin = /^[\x20-\x7e]/.test(text);
    const indent = (i === 0 && text.endsWith('：')) || latin ? 0 : b.size * 2;
    const lines = wrap(p, text, b.width, indent);
    if (b.bottom !== undefined && y + lines.length * b.leading > b.bottom && i > 0)
      return { y, rest: texts.slice(i) };
    lines.forEach((l, n) => {
      typed(p, l, b.x + (n === 0 ? indent : 0), y, b.uneven ?? 0);
      y += b.leading;
    });
    if (latin) y += b.leading * 0.5;
  }
  return { y, rest: [] };
}

/** A line of text; uneven ones character by character, each a little off its place and paler or darker. */
export function typed(p: PageSheet, text: string, x: number, y: number, uneven: number): void {
  const { ctx, random } = p;
  if (uneven === 0) {
    ctx.fillText(text, x, y);
    return;
  }
  let at = x;
  for (const c of text) {
    ctx.globalAlpha = 1 - random.next() * 0.35 * Math.min(1, uneven * 4);
    ctx.fillText(c, at + (random.next() - 0.5) * uneven, y + (random.next() - 0.5) * uneven);
    at += ctx.measureText(c).width;
  }
  ctx.globalAlpha = 1;
}

/** Something written by hand into a form: slanted, uneven, in blue-black ink. */
export function handwritten(
  p: PageSheet,
  text: string,
  x: number,
  y: number,
  size: number,
  colour: string,
): void {
  const { ctx, random } = p;
  font(p, size, 400, colour);
  let at = x;
  for (const c of text) {
    ctx.save();
    ctx.translate(at, y + (random.next() - 0.5) * 0.5);
    ctx.transform(1, (random.next() - 0.5) * 0.06, -0.12, 1, 0, 0);
    ctx.rotate((random.next() - 0.5) * 0.08);
    ctx.fillText(c, 0, 0);
    ctx.restore();
    at += ctx.measureText(c).width * 1.02;
  }
}

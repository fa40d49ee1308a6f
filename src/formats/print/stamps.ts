import { drawRunning, type FormContext, fitText, insideOf, said } from './context.ts';
import { MM } from './measures.ts';
import { shapeOf } from './settings.ts';

/** The boxes of a filing stamp 归档章 (DA/T 22-2015, 5.4.5 [S:DAC]); '' stays to be written by hand. */
export interface StampInput {
  fondsNo: string;
  year: string;
  itemNo: string;
  dept: string;
  retention: string;
  pages: string;
  /** Small below the stamp, so that it is known whose it is. */
  whose: string;
}

/** A stamp is 45 by 16 mm, three boxes by two (DA/T 22-2015, figure of the stamp [M]). */
export const STAMP = { width: 45, height: 16 } as const;
const GAP = { x: 5, y: 6 };
/** The words below a stamp: their size, and how many lines there is room for. */
const WHOSE = 4.5;
const WHOSE_LINES = 2;

/** Draws stamps to be cut out or printed on gummed paper, as many on a sheet as fit. */
export async function drawStamps(
  c: FormContext,
  stamps: AsyncIterable<StampInput> | Iterable<StampInput>,
): Promise<void> {
  const { sheet } = c;
  const shape = shapeOf(c.settings);
  const inside = insideOf(shape);
  const across = Math.max(1, Math.floor((inside.width / MM + GAP.x) / (STAMP.width + GAP.x)));
  const down = Math.max(1, Math.floor((inside.height / MM + GAP.y) / (STAMP.height + GAP.y)));
  const total = sheet.total();
  let n = 0;
  for await (const stamp of stamps) {
    const at = n++ % (across * down);
    if (at === 0) {
      await sheet.breathe();
      sheet.page(shape);
      drawRunning(c, shape, ++total.count, total);
    }
    const x = inside.x + (at % across) * (STAMP.width + GAP.x) * MM;
    const y = inside.y + Math.floor(at / across) * (STAMP.height + GAP.y) * MM;
    drawStamp(c, stamp, x, y);
  }
  if (n === 0) sheet.page(shape);
  sheet.endTotal(total);
}

function drawStamp(c: FormContext, o: StampInput, x: number, y: number): void {
  const { sheet } = c;
  const width = STAMP.width * MM;
  const height = STAMP.height * MM;
  const [w, h] = [width / 3, height / 2];
  sheet.rect(x, y, width, height, 0.8);
  sheet.line(x, y + h, x + width, y + h, 0.5);
  sheet.line(x + w, y, x + w, y + height, 0.5);
  sheet.line(x + 2 * w, y, x + 2 * w, y + height, 0.5);
  const boxes = [
    ['field.fondsNo', o.fondsNo],
    ['field.year', o.year],
    ['field.itemNo', o.itemNo],
    ['printForm.dept', o.dept],
    ['field.retention', o.retention],
    ['field.pages', o.pages],
  ] as const;
  for (const [i, [key, value]] of boxes.entries()) {
    const bx = x + (i % 3) * w;
    const by = y + Math.floor(i / 3) * h;
    // What is not known is told what belongs there, small, and left to be written.
    sheet.text(said(c, key), bx + 1.5, by + 0.5, { size: 4 });
    fitText(c, value, { x: bx + 1.5, y: by + 5.5, width: w - 3, height: h - 6.5, size: 9, least: 4 });
  }
  // Whose it is, for who sticks it on: cut where it is long, which is no value that is missing.
  const words = { size: WHOSE };
  const lines = sheet.wrap(o.whose, width, words);
  const shown = lines.slice(0, WHOSE_LINES);
  if (lines.length > shown.length) shown.push(`${[...shown.pop()!].slice(0, -1).join('')}…`);
  sheet.lines(shown, x, y + height + 1, { ...words, width, align: 'left' });
}

import {
  drawRunningUnnumbered,
  type FormContext,
  fitText,
  insideOf,
  said,
  saidInEnglish,
} from './context.ts';
import { dayInWords } from './days.ts';
import { MM } from './measures.ts';
import { shapeOf } from './settings.ts';

/** What stands on the cover of a volume (GB/T 9705-2008 [S:EXAM] [M]); '' stays to be written by hand. */
export interface FileCoverInput {
  fondsName: string;
  /** Category, or class. */
  className: string;
  title: string;
  /** `YYYYMMDD`. */
  from: string;
  to: string;
  retention: string;
  items: string;
  pages: string;
  filingNo: string;
  fondsNo: string;
  catalogueNo: string;
  volumeNo: string;
}

/** Draws the cover of one volume on a page. */
export function drawFileCover(c: FormContext, o: FileCoverInput): void {
  const { sheet, settings } = c;
  const shape = shapeOf(settings);
  sheet.page(shape);
  drawRunningUnnumbered(c, shape);
  const { x, y, width, height } = insideOf(shape);
  const big = settings.titleSize;
  const at = (share: number): number => y + height * share;

  underlined(c, o.fondsName, { x: x + width * 0.12, y: at(0.07), width: width * 0.76, size: big });
  underlined(c, o.className, { x: x + width * 0.25, y: at(0.16), width: width * 0.5, size: big * 0.72 });
  const title = c.settings.title || said(c, 'printForm.fileCover');
  if (settings.title) fitText(c, sheet.ready(title), { x, y, width, height: 10 * MM, size: 14 });
  fitText(c, o.title, {
    x: x + width * 0.06,
    y: at(0.26),
    width: width * 0.88,
    height: height * 0.3,
    size: big,
    least: 9,
    bold: true,
  });

  const top = at(0.62);
  const row = 12 * MM;
  const half = width / 2;
  sheet.rect(x, top, width, row * 2, 0.8);
  sheet.line(x, top + row, x + width, top + row, 0.6);
  sheet.line(x + half, top, x + half, top + row * 2, 0.6);
  const dates = said(c, 'printForm.fromTo', {
    from: dayInWords(c.language, o.from),
    to: dayInWords(c.language, o.to),
  });
  cell(c, dates, x, top, half, row);
  cell(c, `${said(c, 'field.retention')}　${o.retention}`, x + half, top, half, row);
  const counted = said(c, 'printForm.counted', { items: o.items || '　　　', pages: o.pages || '　　　' });
  cell(c, counted, x, top + row, half, row);
  cell(c, `${said(c, 'printForm.filingNo')}　${o.filingNo}`, x + half, top + row, half, row);

  // 档号 as its three parts.
  const boxes = [
    ['field.fondsNo', o.fondsNo],
    ['field.catalogueNo', o.catalogueNo],
    ['field.volumeNo', o.volumeNo],
  ] as const;
  const wide = 32 * MM;
  const left = x + width - wide * boxes.length;
  const bottom = y + height - 24 * MM;
  for (const [i, [key, value]] of boxes.entries()) {
    const bx = left + i * wide;
    sheet.rect(bx, bottom, wide, 9 * MM, 0.8);
    sheet.rect(bx, bottom + 9 * MM, wide, 13 * MM, 0.8);
    const english = saidInEnglish(c, key);
    fitText(c, said(c, key), { x: bx, y: bottom, width: wide, height: (english ? 5.6 : 9) * MM, size: 11 });
    if (english)
      fitText(c, english, { x: bx, y: bottom + 5 * MM, width: wide, height: 3.6 * MM, size: 7, least: 5 });
    fitText(c, value, {
      x: bx + 2,
      y: bottom + 9 * MM,
      width: wide - 4,
      height: 13 * MM,
      size: 15,
      least: 6,
      bold: true,
    });
  }
}

function underlined(
  c: FormContext,
  text: string,
  o: { x: number; y: number; width: number; size: number },
): void {
  const high = o.size * 1.5;
  fitText(c, text, { ...o, height: high, least: 8, bold: true });
  c.sheet.line(o.x, o.y + high + 2, o.x + o.width, o.y + high + 2, 0.6);
}

function cell(c: FormContext, text: string, x: number, y: number, width: number, height: number): void {
  fitText(c, text, { x: x + 4, y, width: width - 8, height, size: 12, least: 6 });
}

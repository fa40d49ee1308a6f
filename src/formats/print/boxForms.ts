import { type FormContext, fitText, insideOf } from './context.ts';
import { BOX, MM, PAPERS } from './measures.ts';
import { shapeOf } from './settings.ts';

/** A part of a spine, from the top down; a value that is '' stays to be written by hand. */
export interface SpineCell {
  label: string;
  value: string;
  english?: string;
  /** Gets twice the room: mostly the department's name is long. */
  tall?: boolean;
}

/** How many spines stand side by side on a sheet; 0 where the paper is too small for one. */
export function spinesOnSheet(c: Pick<FormContext, 'settings'>): number {
  const { settings } = c;
  if (settings.trueSize) return 1;
  const { width, height, margins } = shapeOf(settings);
  if (height - margins.top - margins.bottom < BOX.height) return 0;
  return Math.max(0, Math.floor((width - margins.left - margins.right) / settings.thickness));
}

/** Draws spines in their real size, side by side with lines to cut along, or on pages of just their size. */
export async function drawSpines(
  c: FormContext,
  spines: AsyncIterable<readonly SpineCell[]> | Iterable<readonly SpineCell[]>,
): Promise<void> {
  const { sheet, settings } = c;
  const shape = settings.trueSize
    ? { width: settings.thickness, height: BOX.height, margins: { top: 0, right: 0, bottom: 0, left: 0 } }
    : shapeOf(settings);
  const on = spinesOnSheet(c);
  let n = 0;
  for await (const spine of spines) {
    if (n % on === 0) {
      await sheet.breathe();
      sheet.page(shape);
    }
    const inside = insideOf(shape);
    drawSpine(c, spine, inside.x + (n % on) * settings.thickness * MM, inside.y);
    n++;
  }
  if (n === 0) sheet.page(shape);
}

function drawSpine(c: FormContext, cells: readonly SpineCell[], x: number, y: number): void {
  const { sheet, settings } = c;
  const width = settings.thickness * MM;
  const height = BOX.height * MM;
  sheet.rect(x, y, width, height, 0.5);
  const weights = cells.map(({ tall }) => (tall ? 2 : 1));
  const unit = height / weights.reduce<number>((sum, w) => sum + w, 0);
  let top = y;
  for (const [i, { label, value, english = '' }] of cells.entries()) {
    const room = unit * weights[i]!;
    if (i > 0) sheet.line(x, top, x + width, top, 0.5);
    const size = settings.thickness >= 30 ? 10 : 8;
    const head = size * 1.5;
    fitText(c, label, { x: x + 1, y: top + 3, width: width - 2, height: head, size, least: 5 });
    let from = top + 3 + head;
    if (english) {
      fitText(c, english, { x: x + 1, y: from, width: width - 2, height: 7, size: 5, least: 3.5 });
      from += 7;
    }
    sheet.line(x, from + 2, x + width, from + 2, 0.3);
    spineValue(c, value, { x: x + 2, y: from + 4, width: width - 4, height: top + room - from - 7 });
    top += room;
  }
}

/** Numbers and short words across; what is longer than the spine is wide, from the top down. */
function spineValue(
  c: FormContext,
  value: string,
  box: { x: number; y: number; width: number; height: number },
): void {
  const { sheet, settings } = c;
  const wanted = settings.thickness >= 40 ? 18 : settings.thickness >= 30 ? 15 : 12;
  const across = sheet.width(value, { size: 9, bold: true }) <= box.width;
  if (across || !/\p{Script=Han}/u.test(value) || value.includes('\n')) {
    fitText(c, value, { ...box, size: wanted, least: 5, bold: true });
    return;
  }
  for (let size = wanted; ; size -= 0.5) {
    const style = { size, bold: true };
    const high = sheet.columnHeight(value, style);
    if (high <= box.height) {
      sheet.column(value, box.x + box.width / 2, box.y + (box.height - high) / 2, style);
      return;
    }
    if (size <= 6) {
      fitText(c, value, { ...box, size: 8, least: 4, bold: true });
      return;
    }
  }
}

/** Whether a paper is large enough for the face of a box. */
export function faceFits(c: Pick<FormContext, 'settings'>): boolean {
  const { width, height, margins } = shapeOf(c.settings);
  return (
    c.settings.trueSize ||
    (width - margins.left - margins.right >= BOX.breadth &&
      height - margins.top - margins.bottom >= BOX.height)
  );
}

/** The face of a box (310 × 220 mm): the fonds' name, with a double line below, and what is in it. */
export function drawBoxFace(
  c: FormContext,
  o: { fondsName: string; facts: readonly (readonly [label: string, value: string])[]; archive: string },
): void {
  const { sheet, settings } = c;
  const none = { top: 0, right: 0, bottom: 0, left: 0 };
  const shape = settings.trueSize
    ? { width: BOX.breadth, height: BOX.height, margins: none }
    : shapeOf(settings);
  sheet.page(shape);
  const inside = insideOf(shape);
  const width = BOX.breadth * MM;
  const height = BOX.height * MM;
  const x = inside.x + (inside.width - width) / 2;
  const { y } = inside;
  sheet.rect(x, y, width, height, 0.5);
  const name = { x: x + 20 * MM, y: y + 55 * MM, width: width - 40 * MM, height: 34 * MM };
  fitText(c, o.fondsName, { ...name, size: settings.titleSize, least: 12, bold: true });
  const below = name.y + name.height + 2 * MM;
  sheet.line(name.x, below, name.x + name.width, below, 1.2);
  sheet.line(name.x, below + 1.4 * MM, name.x + name.width, below + 1.4 * MM, 0.5);
  const size = settings.fontSize;
  let at = y + 150 * MM;
  for (const [label, value] of o.facts) {
    sheet.text(label, x + 50 * MM, at, { size, bold: true });
    const left = x + 92 * MM;
    fitText(c, value, { x: left, y: at - 2, width: 80 * MM, height: size * 1.5, size, least: 7 });
    sheet.line(left, at + size * 1.45, left + 80 * MM, at + size * 1.45, 0.5);
    at += 15 * MM;
  }
  fitText(c, o.archive, { x, y: y + height - 30 * MM, width, height: 12 * MM, size: 14, least: 8 });
}

/** For the note of what fits: the least paper for a spine or a face lying upright. */
export const BOX_PAPER = PAPERS.A3;

import { drawRunningUnnumbered, type FormContext, insideOf } from './context.ts';
import { drawFacts } from './facts.ts';
import { MM } from './measures.ts';
import { shapeOf } from './settings.ts';
import { LINE } from './sheet.ts';

export interface NoteSheetInput {
  title: string;
  /** Whose it is: label and value. */
  facts: readonly string[];
  /** What is to be said: its heading, and what is known already. */
  statement: readonly [heading: string, text: string];
  /** Lines to be signed by hand. */
  signatures: readonly string[];
}

/** The note sheet of a volume or a box 备考表, to be filled in and signed. */
export function drawNoteSheet(c: FormContext, o: NoteSheetInput): void {
  const { sheet, settings } = c;
  const shape = shapeOf(settings);
  sheet.page(shape);
  drawRunningUnnumbered(c, shape);
  const { x, y, width, height } = insideOf(shape);
  const title = { size: settings.titleSize, bold: true, spacing: settings.titleSize * 0.3 };
  let top = sheet.lines(sheet.wrap(o.title, width * 0.9, title), x, y, { ...title, width, align: 'center' });
  const style = { size: settings.fontSize };
  top += 3 * MM;
  top = drawFacts(c, o.facts, { x, y: top, width });
  top += 2 * MM;
  const bottom = y + height;
  sheet.rect(x, top, width, bottom - top, 0.8);
  const pad = 5 * MM;
  sheet.text(o.statement[0], x + pad, top + pad, { ...style, bold: true });
  const words = sheet.wrap(o.statement[1], width - 2 * pad, style);
  sheet.lines(words, x + pad, top + pad + style.size * LINE * 1.4, {
    ...style,
    width: width - 2 * pad,
    lead: 1.7,
  });
  const step = 11 * MM;
  let at = bottom - pad - step * o.signatures.length;
  const label = Math.max(...o.signatures.map((s) => sheet.width(s, style)));
  const line = 45 * MM;
  const left = x + width - pad - line - label - 4;
  for (const signature of o.signatures) {
    sheet.text(signature, left, at, style);
    sheet.line(
      left + label + 4,
      at + style.size * LINE,
      left + label + 4 + line,
      at + style.size * LINE,
      0.5,
    );
    at += step;
  }
}

import { setImmediate as breathe } from 'node:timers/promises';
import { bytesOf, fitted, newPaper, type Paper } from './paper.ts';

/** A register to be printed: a cover with facts and places to sign, then a table. */
export interface RegisterInput {
  title: string;
  /** Whose it is, and its number. */
  archive: string;
  number: string;
  language: string;
  at: Date;
  /** Facts of the cover: label and value; long values are wrapped. */
  facts: readonly (readonly [label: string, value: string])[];
  /** Lines to be signed by hand: what is signed, and the name where it is known. */
  signatures: readonly (readonly [label: string, name: string])[];
  /** Words between the label of a signature and its date. */
  dateLabel: string;
  columns: readonly { heading: string; width: number; align?: 'left' | 'right' }[];
  /** Rows in batches. */
  rows: AsyncIterable<readonly (readonly string[])[]> | Iterable<readonly (readonly string[])[]>;
}

const MARGIN = 42;
const ROW = 20;
const SIZE = 9;

function cover({ doc, draw }: Paper, o: RegisterInput): void {
  const width = doc.page.width - 2 * MARGIN;
  doc.font('bold').fontSize(24).text(draw(o.title), MARGIN, 70, { width, align: 'center' });
  doc.font('regular').fontSize(14).text(draw(o.archive), { width, align: 'center' });
  doc.fontSize(12).text(draw(o.number), { width, align: 'center' });
  doc.moveDown(1.5);
  doc.fontSize(11);
  for (const [label, value] of o.facts) {
    const y = doc.y;
    doc.font('bold').text(draw(label), MARGIN + 20, y, { width: 130 });
    const below = doc.y;
    doc.font('regular').text(draw(value), MARGIN + 160, y, { width: width - 180 });
    doc.y = Math.max(doc.y, below) + 4;
  }
  doc.moveDown(1);
  for (const [label, name] of o.signatures) {
    if (doc.y > doc.page.height - MARGIN - 30) doc.addPage();
    const y = doc.y + 8;
    doc.font('bold').text(draw(label), MARGIN + 20, y, { width: 160, lineBreak: false });
    doc.font('regular').text(draw(name), MARGIN + 190, y, { width: 150, lineBreak: false });
    doc.text(`${draw(o.dateLabel)} ____________`, doc.page.width - MARGIN - 190, y, {
      width: 180,
      lineBreak: false,
    });
    doc
      .moveTo(MARGIN + 185, y + 16)
      .lineTo(doc.page.width - MARGIN - 200, y + 16)
      .lineWidth(0.5)
      .stroke();
    doc.y = y + 22;
  }
}

function cells(
  { doc, draw }: Paper,
  o: RegisterInput,
  y: number,
  values: readonly string[],
  bold: boolean,
): void {
  let x = MARGIN;
  doc.font(bold ? 'bold' : 'regular').fontSize(SIZE);
  for (const [i, column] of o.columns.entries()) {
    const text = fitted(doc, draw(values[i] ?? '').replaceAll('\n', ' '), column.width - 8);
    const shift = column.align === 'right' ? column.width - 8 - doc.widthOfString(text) : 0;
    doc.text(text, x + 4 + shift, y + 5, { lineBreak: false });
    doc.rect(x, y, column.width, ROW).lineWidth(0.4).stroke();
    x += column.width;
  }
}

/** Draws a register on A4 across. Gives way to others between pages. @returns the PDF */
export async function printRegister(o: RegisterInput): Promise<Buffer> {
  const paper = newPaper({
    title: `${o.title} ${o.number}`,
    author: o.archive,
    language: o.language,
    at: o.at,
    landscape: true,
    margin: MARGIN,
  });
  const { doc, draw } = paper;
  cover(paper, o);
  let y = Number.POSITIVE_INFINITY;
  for await (const batch of o.rows)
    for (const row of batch) {
      if (y + ROW > doc.page.height - MARGIN - 14) {
        await breathe();
        doc.addPage();
        y = MARGIN;
        cells(
          paper,
          o,
          y,
          o.columns.map((c) => c.heading),
          true,
        );
        y += ROW;
      }
      cells(paper, o, y, row, false);
      y += ROW;
    }
  const { count } = doc.bufferedPageRange();
  for (let i = 0; i < count; i++) {
    doc.switchToPage(i);
    doc.page.margins.bottom = 0;
    doc.font('regular').fontSize(8);
    doc.text(`${draw(o.number)}   ${i + 1} / ${count}`, MARGIN, doc.page.height - MARGIN + 8, {
      lineBreak: false,
    });
  }
  return bytesOf(doc);
}

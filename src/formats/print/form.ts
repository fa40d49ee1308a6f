import { drawQr } from '#formats/certificate';
import { bytesOf, type Paper, titledPaper, writeFeet } from './paper.ts';

/** A box of a form. */
export interface FormCell {
  text: string;
  /** Of the twelve columns of the paper. */
  span: number;
  bold?: boolean;
  align?: 'left' | 'center';
}

/** A form to be printed: rows of boxes, an annex below, and what machines read. */
export interface FormInput {
  title: string;
  /** Below the title: a number. */
  number: string;
  /** Says across the head what the paper is not yet, such as `draft`; '' where it is whole. */
  mark: string;
  language: string;
  at: Date;
  author: string;
  rows: readonly (readonly FormCell[])[];
  annex?: { title: string; rows: readonly (readonly FormCell[])[] };
  /** What the QR code says, and words beside it. */
  code: string;
  hints: readonly string[];
}

const MARGIN = 42;
const COLUMNS = 12;
const PADDING = 5;
const LEAST = 24;
const QR = 92;

/** Draws the form on A4, over as many pages as it takes. @returns the PDF */
export function printForm(o: FormInput): Promise<Buffer> {
  const paper = titledPaper(o, { margin: MARGIN, title: 18, number: 10 });
  const { doc, draw, width } = paper;
  if (o.mark !== '')
    doc
      .font('bold')
      .fontSize(11)
      .text(draw(`【${o.mark}】`), { width, align: 'center' });
  let y = doc.y + 8;
  for (const row of o.rows) y = boxes(paper, row, y);
  if (o.annex) {
    y = room(paper, y + 14, 60);
    doc.font('bold').fontSize(11).text(draw(o.annex.title), MARGIN, y, { width });
    y = doc.y + 4;
    for (const row of o.annex.rows) y = boxes(paper, row, y);
  }
  y = room(paper, y + 12, QR);
  drawQr(doc, o.code, MARGIN, y, QR);
  doc.font('regular').fontSize(8.5);
  doc.text(draw(o.hints.join('\n')), MARGIN + QR + 12, y + 8, { width: width - QR - 12 });
  writeFeet(paper, { margin: MARGIN, size: 8, below: 10 }, (page, pages) =>
    [o.number, o.mark, `${page} / ${pages}`].filter((part) => part !== '').join('   '),
  );
  return bytesOf(doc);
}

/** A place for something so high: here, or on a new page. */
function room({ doc }: Paper, y: number, height: number): number {
  if (y + height <= doc.page.height - MARGIN) return y;
  doc.addPage();
  return MARGIN;
}

/** One row, as high as the longest of its texts. @returns where the next begins */
function boxes(paper: Paper, row: readonly FormCell[], at: number): number {
  const { doc, draw } = paper;
  const column = (doc.page.width - 2 * MARGIN) / COLUMNS;
  const inside = (cell: FormCell) => cell.span * column - 2 * PADDING;
  const style = (cell: FormCell) => doc.font(cell.bold ? 'bold' : 'regular').fontSize(9.5);
  const heights = row.map((cell) => style(cell).heightOfString(draw(cell.text), { width: inside(cell) }));
  const height = Math.max(LEAST, ...heights.map((h) => h + 2 * PADDING));
  const y = room(paper, at, height);
  let x = MARGIN;
  for (const [i, cell] of row.entries()) {
    const top = cell.align === 'center' ? (height - (heights[i] ?? 0)) / 2 : PADDING;
    style(cell).text(draw(cell.text), x + PADDING, y + top, {
      width: inside(cell),
      align: cell.align ?? 'left',
    });
    doc
      .rect(x, y, cell.span * column, height)
      .lineWidth(0.5)
      .stroke();
    x += cell.span * column;
  }
  return y + height;
}

import { setImmediate as breathe } from 'node:timers/promises';
import { bytesOf, newPaper, type Paper } from './paper.ts';

/** A catalogue to be printed and bound: a cover with facts, then a table whose cells are wrapped and never cut. */
export interface CatalogueInput {
  title: string;
  author: string;
  /** Stands at the foot of each page. */
  number: string;
  language: string;
  at: Date;
  facts: readonly (readonly [label: string, value: string])[];
  columns: readonly { heading: string; width: number; align?: 'left' | 'right' | 'center' }[];
  rows: AsyncIterable<readonly (readonly string[])[]> | Iterable<readonly (readonly string[])[]>;
}

const MARGIN = 42;
const SIZE = 9;
const PAD = 4;
const LEAST = 20;

function cover({ doc, draw }: Paper, o: CatalogueInput): void {
  const width = doc.page.width - 2 * MARGIN;
  doc
    .font('bold')
    .fontSize(30)
    .text(draw(o.title), MARGIN, 110, { width, align: 'center', characterSpacing: 6 });
  let y = 230;
  const left = doc.page.width / 2 - 190;
  doc.fontSize(14);
  for (const [label, value] of o.facts) {
    doc.font('bold').text(draw(label), left, y, { width: 120 });
    doc.font('regular').text(draw(value), left + 130, y, { width: 260 });
    const below = Math.max(doc.y, y + 20);
    doc
      .moveTo(left + 128, below + 1)
      .lineTo(left + 390, below + 1)
      .lineWidth(0.5)
      .stroke();
    y = below + 14;
  }
}

function heightOf({ doc, draw }: Paper, o: CatalogueInput, values: readonly string[], bold: boolean): number {
  doc.font(bold ? 'bold' : 'regular').fontSize(SIZE);
  const heights = o.columns.map((c, i) =>
    doc.heightOfString(draw(values[i] ?? ''), { width: c.width - 2 * PAD }),
  );
  return Math.max(LEAST, ...heights.map((h) => h + 2 * PAD));
}

function row(paper: Paper, o: CatalogueInput, y: number, values: readonly string[], bold: boolean): number {
  const { doc, draw } = paper;
  const height = heightOf(paper, o, values, bold);
  let x = MARGIN;
  for (const [i, column] of o.columns.entries()) {
    doc.rect(x, y, column.width, height).lineWidth(0.4).stroke();
    doc.text(draw(values[i] ?? ''), x + PAD, y + PAD, {
      width: column.width - 2 * PAD,
      height: height - PAD,
      align: bold ? 'center' : (column.align ?? 'left'),
    });
    x += column.width;
  }
  return height;
}

/** Draws a catalogue on A4 across. Gives way to others between pages. @returns the PDF */
export async function printCatalogue(o: CatalogueInput): Promise<Buffer> {
  const paper = newPaper({
    title: `${o.title} ${o.number}`,
    author: o.author,
    language: o.language,
    at: o.at,
    landscape: true,
    margin: MARGIN,
  });
  const { doc, draw } = paper;
  cover(paper, o);
  const headings = o.columns.map((c) => c.heading);
  let y = Number.POSITIVE_INFINITY;
  for await (const batch of o.rows)
    for (const values of batch) {
      if (y + heightOf(paper, o, values, false) > doc.page.height - MARGIN - 14) {
        await breathe();
        doc.addPage();
        y = MARGIN + row(paper, o, MARGIN, headings, true);
      }
      y += row(paper, o, y, values, false);
    }
  const { count } = doc.bufferedPageRange();
  for (let i = 1; i < count; i++) {
    doc.switchToPage(i);
    doc.page.margins.bottom = 0;
    doc.font('regular').fontSize(8);
    doc.text(`${draw(o.number)}   ${i} / ${count - 1}`, MARGIN, doc.page.height - MARGIN + 8, {
      lineBreak: false,
    });
  }
  return bytesOf(doc);
}

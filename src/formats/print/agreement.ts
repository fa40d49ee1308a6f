import { bytesOf, type Paper, titledPaper, writeFeet } from './paper.ts';

/** An agreement of two sides, to be printed and signed. */
export interface AgreementInput {
  title: string;
  number: string;
  language: string;
  at: Date;
  author: string;
  /** Who the sides are: label and name. */
  parties: readonly (readonly [label: string, name: string])[];
  /** Said before the clauses. */
  lead: string;
  clauses: readonly { heading: string; paragraphs: readonly string[] }[];
  /** What each side signs, beside each other. */
  signatures: readonly { party: string; lines: readonly string[] }[];
  page(page: number, pages: number): string;
}

const MARGIN = 64;
const SIZE = 11.5;
const GAP = 7;
const SIGNING = 130;

/** Draws the agreement on A4, over as many pages as it takes; the lines to sign stay together. @returns the PDF */
export function printAgreement(o: AgreementInput): Promise<Buffer> {
  const paper = titledPaper(o, { margin: MARGIN, title: 22, number: 10.5 });
  const { doc, draw, width } = paper;
  doc.moveDown(1.4).fontSize(SIZE);
  for (const [label, name] of o.parties) {
    const y = doc.y;
    doc.font('bold').text(draw(label), MARGIN, y, { width: 96 });
    const below = doc.y;
    doc.font('regular').text(draw(name), MARGIN + 100, y, { width: width - 100 });
    doc.y = Math.max(doc.y, below) + 3;
  }
  doc.moveDown(0.7);
  paragraph(paper, o.lead, width);
  for (const clause of o.clauses) {
    if (doc.y > doc.page.height - MARGIN - 60) doc.addPage();
    doc.moveDown(0.5);
    doc.font('bold').fontSize(SIZE).text(draw(clause.heading), MARGIN, doc.y, { width });
    doc.moveDown(0.25);
    for (const text of clause.paragraphs) paragraph(paper, text, width);
  }
  signing(paper, o, width);
  writeFeet(
    paper,
    { margin: MARGIN, size: 8.5, below: 18, width, align: 'center' },
    (page, pages) => `${o.number}   ${o.page(page, pages)}`,
  );
  return bytesOf(doc);
}

function paragraph({ doc, draw }: Paper, text: string, width: number): void {
  if (text === '') return;
  doc
    .font('regular')
    .fontSize(SIZE)
    .text(draw(text), MARGIN, doc.y, { width, lineGap: 4, indent: 2 * SIZE });
  doc.y += GAP;
}

function signing({ doc, draw }: Paper, o: AgreementInput, width: number): void {
  if (doc.y > doc.page.height - MARGIN - SIGNING) doc.addPage();
  const top = doc.y + 26;
  const half = width / Math.max(1, o.signatures.length);
  for (const [i, side] of o.signatures.entries()) {
    const x = MARGIN + i * half;
    doc
      .font('bold')
      .fontSize(SIZE)
      .text(draw(side.party), x, top, { width: half - 16 });
    let y = doc.y + 12;
    doc.font('regular').fontSize(SIZE);
    for (const line of side.lines) {
      doc.text(draw(line), x, y, { width: half - 16, lineBreak: false });
      const from = x + doc.widthOfString(draw(line)) + 6;
      doc
        .moveTo(from, y + SIZE + 3)
        .lineTo(x + half - 24, y + SIZE + 3)
        .lineWidth(0.5)
        .stroke();
      y += 30;
    }
  }
}

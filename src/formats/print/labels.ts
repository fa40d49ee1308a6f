import { drawQr } from '#formats/certificate';
import { bytesOf, fitted, newPaper, type Paper } from './paper.ts';

/** A label for a medium and an insert for its case, on one A4 sheet to be cut. */
export interface LabelInput {
  language: string;
  at: Date;
  archive: string;
  number: string;
  /** What the QR code says. */
  code: string;
  /** The set, large on the label. */
  purpose: string;
  /** Facts, label and value, most important first; the label shows the first four. */
  facts: readonly (readonly [label: string, value: string])[];
}

const MM = 72 / 25.4;
const MARGIN = 42;
/** A label of 100 × 60 mm; an insert of 120 × 118 mm, the size of a disc's case. */
const LABEL = { width: 100 * MM, height: 60 * MM };
const INSERT = { width: 120 * MM, height: 118 * MM };

function facts(
  { doc, draw }: Paper,
  list: LabelInput['facts'],
  o: { x: number; y: number; width: number; size: number; wrap: boolean },
): void {
  let y = o.y;
  const labelWidth = o.width * 0.34;
  for (const [label, value] of list) {
    doc.font('bold').fontSize(o.size);
    doc.text(fitted(doc, draw(label), labelWidth - 4), o.x, y, { lineBreak: false });
    doc.font('regular');
    if (o.wrap) {
      doc.text(draw(value), o.x + labelWidth, y, { width: o.width - labelWidth });
      y = Math.max(doc.y, y + o.size + 3) + 2;
    } else {
      doc.text(fitted(doc, draw(value), o.width - labelWidth), o.x + labelWidth, y, { lineBreak: false });
      y += o.size + 5;
    }
  }
}

function label(paper: Paper, o: LabelInput, x: number, y: number): void {
  const { doc, draw } = paper;
  const qr = 22 * MM;
  doc.rect(x, y, LABEL.width, LABEL.height).lineWidth(0.5).stroke();
  doc.font('bold').fontSize(11);
  doc.text(fitted(doc, draw(o.archive), LABEL.width - qr - 24), x + 8, y + 8, { lineBreak: false });
  doc
    .fontSize(13)
    .text(fitted(doc, draw(o.number), LABEL.width - qr - 24), x + 8, y + 28, { lineBreak: false });
  doc
    .fontSize(20)
    .text(fitted(doc, draw(o.purpose), LABEL.width - qr - 24), x + 8, y + 48, { lineBreak: false });
  drawQr(doc, o.code, x + LABEL.width - qr - 8, y + 8, qr);
  facts(paper, o.facts.slice(0, 4), { x: x + 8, y: y + 88, width: LABEL.width - 16, size: 9, wrap: false });
}

function insert(paper: Paper, o: LabelInput, x: number, y: number): void {
  const { doc, draw } = paper;
  const qr = 26 * MM;
  doc.rect(x, y, INSERT.width, INSERT.height).lineWidth(0.5).stroke();
  doc.font('bold').fontSize(14);
  doc.text(draw(o.archive), x + 12, y + 14, { width: INSERT.width - qr - 36 });
  doc.fontSize(13).text(draw(o.number), x + 12, doc.y + 4, { width: INSERT.width - qr - 36 });
  doc.fontSize(18).text(draw(o.purpose), x + 12, doc.y + 4, { width: INSERT.width - qr - 36 });
  drawQr(doc, o.code, x + INSERT.width - qr - 10, y + 10, qr);
  facts(paper, o.facts, {
    x: x + 12,
    y: Math.max(doc.y, y + qr + 16) + 6,
    width: INSERT.width - 24,
    size: 9,
    wrap: true,
  });
}

/** Draws label and insert. @returns the PDF */
export function printLabels(o: LabelInput): Promise<Buffer> {
  const paper = newPaper({
    title: o.number,
    author: o.archive,
    language: o.language,
    at: o.at,
    margin: MARGIN,
  });
  label(paper, o, MARGIN, MARGIN);
  insert(paper, o, MARGIN, MARGIN + LABEL.height + 24);
  return bytesOf(paper.doc);
}

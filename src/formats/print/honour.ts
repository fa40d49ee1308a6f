import { bytesOf, newPaper } from './paper.ts';

/** A certificate to be framed: of a gift, of what was taken into the collections, of honour. */
export interface HonourInput {
  title: string;
  number: string;
  language: string;
  at: Date;
  /** Who gives it. */
  archive: string;
  /** Who gets it, as it is to be written. */
  to: string;
  words: readonly string[];
  day: string;
}

const EDGE = 26;
const INNER = 36;
const SIDE = 96;

/** Draws the certificate on one A4 across; words that are too many are set smaller. @returns the PDF */
export function printHonour(o: HonourInput): Promise<Buffer> {
  const { doc, draw } = newPaper({
    title: `${o.title} ${o.number}`,
    author: o.archive,
    language: o.language,
    at: o.at,
    landscape: true,
    margin: SIDE,
  });
  const { width, height } = doc.page;
  doc.page.margins.bottom = 0;
  doc
    .lineWidth(3)
    .rect(EDGE, EDGE, width - 2 * EDGE, height - 2 * EDGE)
    .stroke('#9e2b25');
  doc
    .lineWidth(0.8)
    .rect(INNER, INNER, width - 2 * INNER, height - 2 * INNER)
    .stroke('#9e2b25');
  doc.fillColor('#9e2b25').font('bold').fontSize(40);
  doc.text(draw(o.title), SIDE, 86, { width: width - 2 * SIDE, align: 'center', characterSpacing: 10 });
  doc.fillColor('#000000').font('regular').fontSize(10);
  doc.text(draw(o.number), SIDE, 146, { width: width - 2 * SIDE, align: 'center' });
  doc
    .font('bold')
    .fontSize(21)
    .text(draw(o.to), SIDE, 190, { width: width - 2 * SIDE });
  const top = doc.y + 14;
  const room = height - 150 - top;
  const style = { width: width - 2 * SIDE, lineGap: 9 };
  let size = 18;
  const text = draw(o.words.map((line) => `　　${line}`).join('\n'));
  doc.font('regular').fontSize(size);
  while (size > 8 && doc.heightOfString(text, style) > room) doc.fontSize(--size);
  doc.text(text, SIDE, top, Object.assign({ height: room, ellipsis: true }, style));
  doc.fontSize(16);
  doc.text(draw(o.archive), width / 2, height - 130, { width: width / 2 - SIDE, align: 'right' });
  doc.text(draw(o.day), width / 2, height - 102, { width: width / 2 - SIDE, align: 'right' });
  return bytesOf(doc);
}

import type { Passage } from './input.ts';
import { contentWidth, FAINT, INK, MARGIN, type Sheet } from './sheet.ts';

/** The extract, word for word; flows over as many pages as it needs. */
export function drawExtract(sheet: Sheet, passages: readonly Passage[]): void {
  const { doc, wording } = sheet;
  const width = contentWidth(doc);
  doc.y += 13;
  keepTogether(doc, 70);
  doc.font('bold').fontSize(12).fillColor(INK).text(wording.extractHeading, MARGIN.left, doc.y, { width });
  doc.y += 5;
  for (const passage of passages) {
    if (passage.label !== '') {
      keepTogether(doc, 46);
      doc.font('regular').fontSize(9).fillColor(FAINT);
      doc.text(wording.passageLabel(sheet.draw(passage.label)), MARGIN.left, doc.y, { width });
      doc.y += 2;
    }
    doc.font('regular').fontSize(11.5).fillColor(INK);
    for (const paragraph of sheet.draw(passage.text).split('\n')) {
      if (paragraph.trim() === '') doc.y += 8;
      else
        doc.text(paragraph, MARGIN.left, doc.y, { width, lineGap: 4.5, indent: firstLine(sheet, paragraph) });
    }
    doc.y += 6;
  }
  keepTogether(doc, 20);
  doc
    .font('regular')
    .fontSize(9)
    .fillColor(FAINT)
    .text(wording.endOfExtract, MARGIN.left, doc.y, { width, align: 'center' });
  doc.y += 8;
}

/** Two characters in, unless the text brings its own space. */
function firstLine(sheet: Sheet, paragraph: string): number {
  return sheet.wide && !/^[\s　]/.test(paragraph) ? 23 : 0;
}

/** Starts a new page when less than this is left. */
export function keepTogether(doc: PDFKit.PDFDocument, height: number): boolean {
  if (doc.y + height <= doc.page.maxY()) return false;
  doc.addPage();
  return true;
}

import { drawSeamStrip } from './seal.ts';
import { FAINT, fittingSize, HAIRLINE, line, MARGIN, type Sheet } from './sheet.ts';

/** Header from the second sheet on, footer with number and page count and the seam seal on all: drawn at the end. */
export function drawRunningLines(
  sheet: Sheet,
  about: { archiveName: string; number: string; referenceCode: string },
): void {
  const { doc, wording } = sheet;
  const { count } = doc.bufferedPageRange();
  const name = sheet.draw(about.archiveName);
  const number = sheet.draw(about.number);
  const code = sheet.draw(about.referenceCode);
  for (let index = 0; index < count; index++) {
    doc.switchToPage(index);
    const left = MARGIN.left;
    const width = doc.page.width - left * 2;
    doc.font('regular').fillColor(FAINT);
    if (index > 0) {
      const head = `${name}　${wording.documentTitle}`;
      doc.fontSize(fittingSize(doc, head + code, width - 20, 8.5, 5));
      line(doc, head, left, 36);
      line(doc, code, left, 36, { width, align: 'right' });
      doc
        .moveTo(left, 52)
        .lineTo(left + width, 52)
        .lineWidth(0.5)
        .strokeColor(HAIRLINE)
        .stroke();
    }
    doc.font('regular').fillColor(FAINT).fontSize(8.5);
    const foot = doc.page.height - 42;
    line(doc, `${wording.number} ${number}`, left, foot);
    line(doc, wording.pageOf(index + 1, count), left, foot, { width, align: 'right' });
    drawSeamStrip(doc, { index, count, name, caption: wording.sealCaption });
  }
}

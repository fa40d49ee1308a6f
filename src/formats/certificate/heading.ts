import { contentWidth, fittingSize, INK, line, MARGIN, rule, type Sheet, VERMILION } from './sheet.ts';

/** The head of the first page: the archive's name over a vermilion double rule, the heading, the number. */
export function drawHeading(sheet: Sheet, archiveName: string, number: string): void {
  const { doc, wording } = sheet;
  const width = contentWidth(doc);
  const name = sheet.draw(archiveName);
  doc.font('bold').fillColor(VERMILION);
  const size = fittingSize(doc, name, width, 23, 7);
  doc.fontSize(size);
  const free = width - doc.widthOfString(name);
  const gaps = Math.max(1, [...name].length - 1);
  const spacing = sheet.wide ? Math.max(0, Math.min(7, (free * 0.8) / gaps)) : 0;
  spaced(sheet, name, 50, spacing);
  let y = 50 + size * 1.6;
  rule(doc, y, VERMILION, 1.8);
  rule(doc, y + 3.2, VERMILION, 0.5);
  y += 17;
  doc
    .font('bold')
    .fontSize(sheet.wide ? 27 : 25)
    .fillColor(INK);
  spaced(sheet, wording.heading, y, sheet.wide ? 14 : 1.2);
  y += sheet.wide ? 43 : 40;
  const label = `${wording.number}${sheet.wide ? '：' : ' '}${sheet.draw(number)}`;
  doc.font('regular').fontSize(fittingSize(doc.font('regular'), label, width, 10.5, 6));
  line(doc, label, MARGIN.left, y, { width, align: 'right' });
  doc.y = y + 18;
}

/** A centred line with space between its characters, and none after the last. */
function spaced(sheet: Sheet, text: string, y: number, spacing: number): void {
  const { doc } = sheet;
  const total = doc.widthOfString(text) + spacing * ([...text].length - 1);
  doc.text(text, MARGIN.left + (contentWidth(doc) - total) / 2, y, {
    lineBreak: false,
    characterSpacing: spacing,
  });
}

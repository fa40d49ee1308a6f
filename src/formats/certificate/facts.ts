import { contentWidth, FAINT, fittingSize, HAIRLINE, INK, MARGIN, rule, type Sheet } from './sheet.ts';

export interface Fact {
  label: string;
  value: string;
  bold?: boolean;
  /** Kept on one line as long as it can be read: reference codes are never broken in the middle. */
  unbroken?: boolean;
  small?: boolean;
}

/** One row: one fact over the whole width, or two side by side. */
export type FactRow = readonly [Fact] | readonly [Fact, Fact];

const PAD = 5.5;
const SIZE = 10.5;

/** Draws the table of facts from `doc.y` on; rows grow with their text. */
export function drawFacts(sheet: Sheet, rows: readonly FactRow[]): void {
  const { doc } = sheet;
  const labelWidth = sheet.wide ? 68 : 88;
  const width = contentWidth(doc);
  rule(doc, doc.y, INK, 0.9);
  for (const row of rows) {
    const cell = width / row.length;
    const cells = row.map((fact) => measure(sheet, fact, cell - labelWidth - PAD));
    const height = Math.max(...cells.map((c) => c.height)) + PAD * 2;
    if (doc.y + height > doc.page.maxY()) {
      doc.addPage();
      rule(doc, doc.y, INK, 0.9);
    }
    const top = doc.y;
    row.forEach((fact, i) => {
      const x = MARGIN.left + cell * i;
      const { text, size } = cells[i]!;
      doc
        .font('regular')
        .fontSize(9.5)
        .fillColor(FAINT)
        .text(fact.label, x, top + PAD + 0.7, { width: labelWidth });
      doc
        .font(fact.bold ? 'bold' : 'regular')
        .fontSize(size)
        .fillColor(INK)
        .text(text, x + labelWidth, top + PAD, { width: cell - labelWidth - PAD, lineGap: 2.5 });
    });
    doc.y = top + height;
    rule(doc, doc.y, row === rows.at(-1) ? INK : HAIRLINE, row === rows.at(-1) ? 0.9 : 0.5);
  }
  doc.x = MARGIN.left;
}

function measure(sheet: Sheet, fact: Fact, width: number): { text: string; size: number; height: number } {
  const { doc } = sheet;
  const text = sheet.draw(fact.value);
  doc.font(fact.bold ? 'bold' : 'regular');
  const size = fact.unbroken ? fittingSize(doc, text, width, SIZE, 6) : fact.small ? 9.5 : SIZE;
  return { text, size, height: doc.fontSize(size).heightOfString(text, { width, lineGap: 2.5 }) };
}

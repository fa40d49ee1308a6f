import { bytesOf, newPaper } from './paper.ts';

const MM = 72 / 25.4;
const A3: readonly [number, number] = [297 * MM, 420 * MM];
/** Height of a box's face (DA/T 22-2015, 6.4.1.2 [S:DAC]), and the thicknesses there are. */
const SPINE_HEIGHT = 310 * MM;
export const BOX_THICKNESSES = [20, 30, 40, 50] as const;
export type BoxThickness = (typeof BOX_THICKNESSES)[number];

interface Common {
  title: string;
  author: string;
  language: string;
  at: Date;
}

export interface SpinesInput extends Common {
  /** Millimetres. */
  thickness: BoxThickness;
  /** One per box: label and value, from the top down. */
  spines: readonly (readonly (readonly [label: string, value: string])[])[];
}

/** Spines of boxes in their real size, side by side on A3 with lines to cut along. @returns the PDF */
export function printSpines(o: SpinesInput): Promise<Buffer> {
  const { doc, draw } = newPaper({
    title: o.title,
    author: o.author,
    language: o.language,
    at: o.at,
    size: A3,
    margin: 20 * MM,
  });
  const width = o.thickness * MM;
  const onPage = Math.max(1, Math.floor((A3[0] - 40 * MM) / width));
  for (const [i, spine] of o.spines.entries()) {
    if (i > 0 && i % onPage === 0) doc.addPage();
    const x = 20 * MM + (i % onPage) * width;
    const y = 20 * MM;
    doc.rect(x, y, width, SPINE_HEIGHT).lineWidth(0.4).stroke();
    const cell = SPINE_HEIGHT / Math.max(1, spine.length);
    for (const [n, [label, value]] of spine.entries()) {
      const top = y + n * cell;
      if (n > 0)
        doc
          .moveTo(x, top)
          .lineTo(x + width, top)
          .stroke();
      doc.font('regular').fontSize(7);
      doc.text(draw(label), x + 2, top + 5, { width: width - 4, align: 'center' });
      doc.font('bold').fontSize(o.thickness >= 30 ? 12 : 9);
      doc.text(draw(value), x + 2, doc.y + 4, { width: width - 4, align: 'center', height: cell - 24 });
    }
  }
  return bytesOf(doc);
}

export interface NoteSheetInput extends Common {
  /** Whose box: label and value. */
  facts: readonly (readonly [label: string, value: string])[];
  /** What is to be said of the box: its heading, and what is known already. */
  statement: readonly [heading: string, text: string];
  /** Lines to be signed by hand, with a date each. */
  signatures: readonly (readonly [label: string, dateLabel: string])[];
}

/** The note sheet of a box 备考表 on A4, to be filled in and signed. @returns the PDF */
export function printNoteSheet(o: NoteSheetInput): Promise<Buffer> {
  const margin = 60;
  const { doc, draw } = newPaper({
    title: o.title,
    author: o.author,
    language: o.language,
    at: o.at,
    margin,
  });
  const width = doc.page.width - 2 * margin;
  doc
    .font('bold')
    .fontSize(24)
    .text(draw(o.title), margin, 60, { width, align: 'center', characterSpacing: 8 });
  doc.fontSize(11).font('regular');
  doc.text(draw(o.facts.map(([label, value]) => `${label} ${value}`).join('    ')), margin, 110, { width });
  const top = Math.max(150, doc.y + 12);
  const height = doc.page.height - margin - top;
  doc.rect(margin, top, width, height).lineWidth(0.8).stroke();
  doc
    .font('bold')
    .fontSize(12)
    .text(draw(o.statement[0]), margin + 12, top + 12, { width: width - 24 });
  doc
    .font('regular')
    .fontSize(11)
    .text(draw(o.statement[1]), { width: width - 24 });
  let y = top + height - 16 - o.signatures.length * 30;
  for (const [label, dateLabel] of o.signatures) {
    doc.text(`${draw(label)} ________________`, margin + width - 330, y, { width: 170, lineBreak: false });
    doc.text(`${draw(dateLabel)} ________________`, margin + width - 160, y, {
      width: 160,
      lineBreak: false,
    });
    y += 30;
  }
  return bytesOf(doc);
}

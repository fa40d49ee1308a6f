import { setImmediate as breathe } from 'node:timers/promises';
import { bytesOf, newPaper, type Paper, writeFeet } from './paper.ts';

/** What was found in a check, to be printed: a verdict, facts, then what is wrong rule by rule. */
export interface ReportInput {
  title: string;
  /** What was checked. */
  name: string;
  language: string;
  at: Date;
  author: string;
  /** One sentence. */
  verdict: string;
  facts: readonly (readonly [label: string, value: string])[];
  sections: AsyncIterable<ReportSection> | Iterable<ReportSection>;
}

export interface ReportSection {
  heading: string;
  /** Beside the heading, small: a code, a count. */
  aside: string;
  /** What to do. */
  advice: string;
  lines: readonly { place: string; words: string }[];
  /** Said where there are more lines than are printed. */
  more: string;
}

const MARGIN = 50;

function head({ doc, draw }: Paper, o: ReportInput): void {
  const width = doc.page.width - 2 * MARGIN;
  doc.font('bold').fontSize(20).text(draw(o.title), MARGIN, MARGIN, { width });
  doc.font('regular').fontSize(13).text(draw(o.name), { width });
  doc.moveDown(0.8);
  doc.font('bold').fontSize(12).text(draw(o.verdict), { width });
  doc.moveDown(0.8).fontSize(10);
  for (const [label, value] of o.facts) {
    const y = doc.y;
    doc.font('bold').text(draw(label), MARGIN, y, { width: 120 });
    const below = doc.y;
    doc.font('regular').text(draw(value), MARGIN + 130, y, { width: width - 130 });
    doc.y = Math.max(doc.y, below) + 2;
  }
  doc.x = MARGIN;
}

function section({ doc, draw }: Paper, s: ReportSection): void {
  const width = doc.page.width - 2 * MARGIN;
  if (doc.y > doc.page.height - MARGIN - 80) doc.addPage();
  doc.moveDown(1);
  doc.font('bold').fontSize(12).text(draw(s.heading), MARGIN, doc.y, { width });
  doc.font('regular').fontSize(9).text(draw(s.aside), { width });
  doc.fontSize(10).text(draw(s.advice), { width });
  doc.moveDown(0.3).fontSize(9);
  for (const { place, words } of s.lines) {
    if (place !== '') doc.font('bold').text(draw(place), MARGIN + 12, doc.y, { width: width - 12 });
    if (words !== '') doc.font('regular').text(draw(words), MARGIN + 12, doc.y, { width: width - 12 });
    doc.moveDown(0.2);
  }
  if (s.more !== '') doc.font('regular').text(draw(s.more), MARGIN + 12, doc.y, { width: width - 12 });
}

/** Draws the report on A4. Gives way to others between sections. @returns the PDF */
export async function printReport(o: ReportInput): Promise<Buffer> {
  const paper = newPaper({
    title: `${o.title} ${o.name}`,
    author: o.author,
    language: o.language,
    at: o.at,
    margin: MARGIN,
  });
  const { doc } = paper;
  head(paper, o);
  for await (const one of o.sections) {
    section(paper, one);
    await breathe();
  }
  writeFeet(paper, { margin: MARGIN, size: 8, below: 14 }, (page, pages) => `${page} / ${pages}`);
  return bytesOf(doc);
}

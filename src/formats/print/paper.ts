import PDFDocument from 'pdfkit';
import { drawable, type Face, loadFace } from '#formats/certificate';

/** A document being printed, and a way to draw text that hides no character. */
export interface Paper {
  doc: PDFKit.PDFDocument;
  draw(text: string): string;
}

export interface PaperProperties {
  title: string;
  author: string;
  language: string;
  at: Date;
  /** Points; A4 where absent. */
  size?: readonly [number, number];
  landscape?: boolean;
  margin: number;
}

/** Fonts are embedded as subsets. */
export function newPaper(o: PaperProperties): Paper {
  const face: Face = loadFace();
  const doc = documentOf(o, face, {
    size: o.size ? [...o.size] : 'A4',
    layout: o.landscape ? 'landscape' : 'portrait',
    margin: o.margin,
    bufferPages: true,
  });
  return { doc, draw: (text) => drawable(text, face).text };
}

/** A paper that begins with its title and its number below it, in the middle. @returns also the width between the margins */
export function titledPaper(
  o: Pick<PaperProperties, 'title' | 'author' | 'language' | 'at'> & { number: string },
  { margin, title, number }: { margin: number; title: number; number: number },
): Paper & { width: number } {
  const { language, at, author } = o;
  const paper = newPaper({ title: `${o.title} ${o.number}`, author, language, at, margin });
  const { doc, draw } = paper;
  const width = doc.page.width - 2 * margin;
  doc.font('bold').fontSize(title).text(draw(o.title), margin, margin, { width, align: 'center' });
  doc.font('regular').fontSize(number).text(draw(o.number), { width, align: 'center' });
  return { doc, draw, width };
}

/** Writes a line into the lower margin of each page, when all of them are drawn. @param below how far below the text it stands */
export function writeFeet(
  { doc, draw }: Paper,
  {
    margin,
    size,
    below,
    ...layout
  }: { margin: number; size: number; below: number } & Pick<PDFKit.Mixins.TextOptions, 'width' | 'align'>,
  foot: (page: number, pages: number) => string,
): void {
  const { count } = doc.bufferedPageRange();
  for (let i = 0; i < count; i++) {
    doc.switchToPage(i);
    doc.page.margins.bottom = 0;
    doc.font('regular').fontSize(size);
    doc.text(draw(foot(i + 1, count)), margin, doc.page.height - margin + below, {
      ...layout,
      lineBreak: false,
    });
  }
}

/** A PDF with both faces at hand, the regular one chosen. */
export function documentOf(
  o: Pick<PaperProperties, 'title' | 'author' | 'language' | 'at'>,
  face: Face,
  pages: PDFKit.PDFDocumentOptions,
): PDFKit.PDFDocument {
  const doc = new PDFDocument({
    ...pages,
    pdfVersion: '1.7',
    lang: o.language,
    displayTitle: true,
    font: '',
    info: {
      Title: o.title,
      Author: o.author,
      Creator: 'Lantai 蘭台',
      Producer: 'Lantai 蘭台 (pdfkit)',
      CreationDate: o.at,
      ModDate: o.at,
    },
  });
  doc.registerFont('regular', face.regular);
  doc.registerFont('bold', face.bold);
  doc.font('regular');
  if (pages.autoFirstPage !== false) doc.fillColor('#000000');
  return doc;
}

/** The bytes of a document that is drawn to its end. */
export function bytesOf(doc: PDFKit.PDFDocument): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
    doc.end();
  });
}

/** Text shortened so that it fits into a width on one line. */
export function fitted(doc: PDFKit.PDFDocument, text: string, width: number): string {
  if (doc.widthOfString(text) <= width) return text;
  const letters = [...text];
  let [low, high] = [0, letters.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (doc.widthOfString(`${letters.slice(0, middle).join('')}…`) <= width) low = middle;
    else high = middle - 1;
  }
  return `${letters.slice(0, low).join('')}…`;
}

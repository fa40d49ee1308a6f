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
  const doc = new PDFDocument({
    size: o.size ? [...o.size] : 'A4',
    layout: o.landscape ? 'landscape' : 'portrait',
    margin: o.margin,
    bufferPages: true,
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
  doc.font('regular').fillColor('#000000');
  return { doc, draw: (text) => drawable(text, face).text };
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

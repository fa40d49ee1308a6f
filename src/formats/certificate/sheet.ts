import PDFDocument from 'pdfkit';
import { drawable, type Face } from './fonts.ts';
import type { Wording } from './wording.ts';

export const INK = '#1d1b18';
export const FAINT = '#6b655c';
export const HAIRLINE = '#a8a196';
export const VERMILION = '#b5301c';

export const MARGIN = { left: 66, right: 66, top: 78, bottom: 62 } as const;

/** The paper being written on: the document, its words, and a way to draw text that hides no character. */
export interface Sheet {
  doc: PDFKit.PDFDocument;
  wording: Wording;
  /** Text as the face can draw it; what it replaces is remembered in `replaced`. */
  draw(text: string): string;
  replaced: Set<string>;
  wide: boolean;
}

export interface SheetProperties {
  title: string;
  archiveName: string;
  language: string;
  at: Date;
}

/** A4, PDF 1.7 written along PDF/A-3b, all fonts embedded as subsets. */
export function newSheet(face: Face, wording: Wording, properties: SheetProperties): Sheet {
  const doc = new PDFDocument({
    size: 'A4',
    margins: { ...MARGIN },
    bufferPages: true,
    pdfVersion: '1.7',
    subset: 'PDF/A-3b',
    lang: properties.language,
    displayTitle: true,
    font: '',
    info: {
      Title: properties.title,
      Author: properties.archiveName,
      Creator: 'Lantai 蘭台',
      Producer: 'Lantai 蘭台 (pdfkit)',
      CreationDate: properties.at,
      ModDate: properties.at,
    },
  });
  doc.registerFont('regular', face.regular);
  doc.registerFont('bold', face.bold);
  doc.font('regular').fillColor(INK);
  const replaced = new Set<string>();
  const draw = (text: string): string => {
    const result = drawable(text, face);
    for (const character of result.replaced) replaced.add(character);
    return result.text;
  };
  return { doc, wording, draw, replaced, wide: properties.language !== 'en' };
}

export function contentWidth(doc: PDFKit.PDFDocument): number {
  return doc.page.width - MARGIN.left - MARGIN.right;
}

/** The largest size from `most` down to `least` at which a line fits into a width. */
export function fittingSize(
  doc: PDFKit.PDFDocument,
  text: string,
  width: number,
  most: number,
  least: number,
): number {
  for (let size = most; size > least; size -= 0.5) {
    if (doc.fontSize(size).widthOfString(text) <= width) return size;
  }
  return least;
}

/** One line at a fixed place, never wrapped and never starting a new page. */
export function line(
  doc: PDFKit.PDFDocument,
  text: string,
  x: number,
  y: number,
  options: { width?: number; align?: 'left' | 'center' | 'right' } = {},
): void {
  const width = options.width ?? 0;
  const free = width - doc.widthOfString(text);
  const shift = options.align === 'right' ? free : options.align === 'center' ? free / 2 : 0;
  const { bottom } = doc.page.margins;
  doc.page.margins.bottom = 0;
  doc.text(text, x + (width ? shift : 0), y, { lineBreak: false });
  doc.page.margins.bottom = bottom;
}

export function rule(doc: PDFKit.PDFDocument, y: number, colour = HAIRLINE, weight = 0.5): void {
  doc
    .moveTo(MARGIN.left, y)
    .lineTo(doc.page.width - MARGIN.right, y)
    .lineWidth(weight)
    .strokeColor(colour)
    .stroke();
}

import { readFile, stat } from 'node:fs/promises';
import { asPng } from '#formats/images';
import { type NotDrawn, type Ofd, openOfd } from '#formats/ofd';
import { openPdf } from '#formats/pdf';
import { isRefusal, Refusal } from '#kernel/errors';
import { type HeldFile, notDrawnOf, type Page } from '#modules/preservation';

/** What can be had of a page: its own text, or a picture to read text from. */
export type PageContent =
  | {
      kind: 'text';
      text: string;
      width: number | null;
      height: number | null;
      /** Letters drawn by their shapes alone, which the text lacks. */
      nameless?: number;
      notDrawn?: NotDrawn[];
    }
  | { kind: 'image'; image: string | Uint8Array; page: number; notDrawn?: NotDrawn[] };

/** Fine enough for reading, small enough for memory (DA/T 77: 300 dpi for OCR). */
const OCR_DPI = 300;

/**
 * A page with more glyphs than this for each letter of its text, of which the text says nothing, is read as a picture;
 * reading by machine loses about as many.
 */
const MOST_NAMELESS = 0.1;

/** An opened file of a unit, giving out its pages. Close it. */
export interface PageSource {
  content(page: Page): Promise<PageContent>;
  close(): Promise<void>;
}

/** Opens a held file for reading its pages. @throws Refusal of the format */
export async function openPages(file: HeldFile): Promise<PageSource> {
  const path = await file.localPath();
  if (file.mediaType === 'application/pdf') {
    const pdf = await openPdf(path);
    return {
      async content({ filePage }) {
        const { text, scanned, hasText, width, height } = await pdf.text(filePage);
        if (hasText && !scanned)
          return { kind: 'text', text, width: Math.round(width), height: Math.round(height) };
        return { kind: 'image', image: (await pdf.render(filePage, { dpi: OCR_DPI })).data, page: 0 };
      },
      close: () => pdf.close(),
    };
  }
  if (file.mediaType === 'application/ofd') {
    const ofd = await openOfd(path);
    return {
      async content({ filePage }) {
        const { text, nameless } = await ofd.text(filePage);
        const letters = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
        if (letters > 0 && nameless <= letters * MOST_NAMELESS)
          return {
            kind: 'text',
            text,
            width: null,
            height: null,
            nameless,
            ...(await lacks(ofd, filePage)),
          };
        const { data, notDrawn } = await ofd.render(filePage, { dpi: OCR_DPI });
        return { kind: 'image', image: data, page: 0, notDrawn };
      },
      close: () => ofd.close(),
    };
  }
  if (file.mediaType === 'text/plain') {
    return {
      content: async () => ({
        kind: 'text',
        text: await plainText(path),
        width: null,
        height: null,
      }),
      close: async () => {},
    };
  }
  // Engines read no JPEG 2000.
  const decoded = file.mediaType === 'image/jp2';
  return {
    content: async ({ filePage }) =>
      decoded
        ? { kind: 'image', image: await asPng(path, filePage - 1), page: 0 }
        : { kind: 'image', image: path, page: filePage - 1 },
    close: async () => {},
  };
}

/** Longer than any record; what is longer is data, and would be kept in memory whole. */
const LONGEST_TEXT = 16 * 1024 * 1024;

/** The text of a file. The database keeps no zero characters. @throws Refusal text.tooLong */
async function plainText(path: string): Promise<string> {
  const { size } = await stat(path);
  if (size > LONGEST_TEXT)
    throw new Refusal('text.tooLong', 'The file has more text than is read for searching.', { bytes: size });
  return (await readFile(path, 'utf8')).replaceAll('\0', '');
}

/** What the picture of a page lacks; a page that has text and can not be drawn at all keeps its text. */
async function lacks(ofd: Ofd, filePage: number): Promise<{ notDrawn?: NotDrawn[] }> {
  try {
    return { notDrawn: await notDrawnOf(ofd, filePage) };
  } catch (e) {
    if (!isRefusal(e)) throw e;
    return {};
  }
}

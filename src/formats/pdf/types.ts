/** What a PDF says of itself. */
export interface PdfFacts {
  version: string | undefined;
  /** The program that wrote the PDF, and the one its text was made with. */
  producer: string | undefined;
  creator: string | undefined;
  /** As written: `D:20260301100000+08'00'`. */
  made: string | undefined;
  /** Enciphered, though it opens without a password. */
  encrypted: boolean;
}

export interface PdfOpened {
  pageCount: number;
  facts: PdfFacts;
}

/** A word with its place on the page, relative to the page's width and height (0 to 1, from the top left). */
export interface PdfWord {
  text: string;
  x: number;
  y: number;
  w: number;
  h: number;
}

export interface PdfPageText {
  /** From 1. */
  page: number;
  /** In the order of the content stream; lines parted by line feeds. */
  text: string;
  /** Size in points (1/72 inch), the page's own rotation applied. */
  width: number;
  height: number;
  /** The page has a text layer. */
  hasText: boolean;
  /** A picture with next to no text: read its rendering by OCR. */
  scanned: boolean;
  /** The page is damaged, or took too long: its text is empty. */
  unreadable: boolean;
  words?: PdfWord[];
}

export interface RenderOptions {
  /** Dots per inch; 150 when neither is given. */
  dpi?: number;
  /** Longer side in pixels; goes before `dpi`. */
  maxSide?: number;
  format?: 'jpeg' | 'png';
  signal?: AbortSignal | undefined;
}

export interface RenderedPage {
  data: Buffer;
  width: number;
  height: number;
  mime: 'image/jpeg' | 'image/png';
}

export interface TextOptions {
  /** Stop after so many pages. */
  maxPages?: number;
  /** Also give the place of every word. */
  words?: boolean;
  signal?: AbortSignal | undefined;
}

/** What a page image says, as an engine read it. Boxes are `[x, y, width, height]` in pixels of the upright image. */

export type Box = readonly [x: number, y: number, width: number, height: number];
export type Rotation = 0 | 90 | 180 | 270;

/** Scripts the engine may be told to expect. `auto` lets it find out, page by page. */
export type OcrLanguage = 'zh-Hans' | 'zh-Hant' | 'en';

export interface OcrWord {
  text: string;
  /** 0 to 100, the engine's own opinion. */
  confidence: number;
  box: Box;
}

export interface OcrLine extends OcrWord {
  words: OcrWord[];
}

export interface OcrPage {
  /** Size of the upright image in pixels. */
  width: number;
  height: number;
  /** Clockwise degrees by which the stored image was turned to stand upright. */
  rotation: Rotation;
  language: OcrLanguage;
  /** Lines joined by line feeds; no spaces between Han characters. */
  text: string;
  /** Mean confidence of the characters, 0 to 100; 0 for a page without text. */
  confidence: number;
  lines: OcrLine[];
  /**
   * The reading is not to be relied upon: low confidence, vertical writing, a photograph, or nothing read where there is
   * writing. A blank page is not poor.
   */
  poor: boolean;
}

export interface OcrOptions {
  /** Scripts to choose from; all when absent. One alone switches the choosing off. */
  languages?: readonly OcrLanguage[] | undefined;
  /** Page of a multi-page image, from 0. */
  page?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** Any OCR engine: the built-in one, or another behind the same face. */
export interface OcrEngine {
  readonly name: string;
  readonly version: string;
  /**
   * Reads one page image (path or encoded bytes).
   * @throws Refusal `ocr.unreadableImage`, `ocr.timedOut`; the signal's reason when aborted.
   */
  read(image: string | Uint8Array, options?: OcrOptions): Promise<OcrPage>;
  close(): Promise<void>;
}

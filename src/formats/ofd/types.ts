import type { NotDrawn } from './notDrawn.ts';

/** A stretch of text with its place on the page, relative to the page's width and height (0 to 1, from the top left). */
export interface OfdWord {
  text: string;
  x: number;
  y: number;
  w: number;
  h: number;
}

export interface OfdPageText {
  /** From 1. */
  page: number;
  /** In reading order; lines parted by line feeds. */
  text: string;
  /** In millimetres. */
  width: number;
  height: number;
  hasText: boolean;
  /** Glyphs drawn by their numbers alone: letters to the eye of which the text says nothing. */
  nameless: number;
  /** The document names a page that the file does not hold. */
  missing: boolean;
  words: OfdWord[];
}

export interface OfdRendering {
  /** PNG. */
  data: Buffer;
  width: number;
  height: number;
  /** What the page holds and the picture does not show; empty when all was drawn. */
  notDrawn: NotDrawn[];
}

import { type BoxThickness, type Margins, type PageShape, type PaperName, pageShape } from './measures.ts';

/** Words at the head or the foot of a page; `{page}`, `{pages}`, `{title}`, `{archive}`, `{fondsNo}`, `{fondsName}`, `{date}`. */
export interface Running {
  left: string;
  center: string;
  right: string;
}

export interface ShownColumn {
  key: string;
  /** Its share of the width. */
  width: number;
}

/** A sheet of labels, in millimetres. */
export interface LabelGrid {
  columns: number;
  rows: number;
  width: number;
  height: number;
  gapX: number;
  gapY: number;
}

export const LABEL_CODES = ['code128', 'qr', 'both'] as const;
export type LabelCode = (typeof LABEL_CODES)[number];

/** How a form is printed. Each form uses some of these. */
export interface PrintSettings {
  paper: PaperName;
  landscape: boolean;
  /** Millimetres. */
  margins: Margins;
  /** Points. */
  fontSize: number;
  titleSize: number;
  /** '' for the form's own. */
  title: string;
  header: Running;
  footer: Running;
  columns: readonly ShownColumn[];
  /** The least height of a row, in millimetres. */
  rowHeight: number;
  /** Empty rows to the foot of the last page, to be written by hand. */
  fillRows: boolean;
  /** A cover before each list. */
  cover: boolean;
  /** A list of its own for each class. */
  perClass: boolean;
  thickness: BoxThickness;
  /** Pages cut to the size of the thing itself, in place of sheets with lines to cut along. */
  trueSize: boolean;
  labels: LabelGrid;
  labelCode: LabelCode;
  /** English beside the Chinese. */
  bilingual: boolean;
}

export const shapeOf = (s: Pick<PrintSettings, 'paper' | 'landscape' | 'margins'>): PageShape =>
  pageShape(s.paper, s.landscape, s.margins);

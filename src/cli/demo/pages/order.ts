import type { PageKind } from '../catalogue/entry.ts';

/** A page to be drawn: everything its picture depends on, so that a thread can be handed it. */
export interface PageOrder {
  /** Where the picture goes, below the folder of its archive. */
  path: string;
  archive: string;
  kind: PageKind;
  code: string;
  fonds: string;
  year: number;
  retention: string;
  title: string;
  creator: string;
  docNo: string;
  date: string;
  subject: string;
  persons: readonly string[];
  page: number;
  pages: number;
  /** Look of the scan. */
  dpi: number;
  /** Degrees the sheet lies askew. */
  tilt: number;
  /** Clockwise: how the picture as a whole is turned. */
  turned: 0 | 90 | 270;
  grey: boolean;
  /** Strength of the grain, 0 to 1. */
  grain: number;
}

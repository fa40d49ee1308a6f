import type { SheetLimits } from './limits.ts';

/** Why a cell may not be what its author saw. The cell's text is given all the same. */
export interface CellProblem {
  /** 0-based column. */
  column: number;
  /**
   * `uncalculated`: a formula whose result was never stored, so there is nothing to show.
   * `undecodable`: bytes that are no text in the file's encoding (shown as U+FFFD).
   */
  code: 'uncalculated' | 'undecodable';
}

/** One row that holds something. Rows without any text are passed over; `number` tells where the gaps are. */
export interface SheetRow {
  /** 1-based, as the spreadsheet program shows it. In text files: the record's number, blank lines counted. */
  number: number;
  /** What each cell shows, from column A on; empty cells are '', trailing ones are left off. */
  cells: string[];
  /**
   * For cells whose number format shows a date: the date in ISO form, by 0-based column, as exact as the format
   * shows it (`2024`, `2024-03`, `2024-03-18`, `2024-03-18T09:30:00`). Excel's 29 February 1900 stays as it is.
   */
  dates?: Map<number, string>;
  problems?: CellProblem[];
}

export interface SheetHandle {
  readonly index: number;
  /** The sheet's name; '' for a text file. */
  readonly name: string;
  readonly hidden: boolean;
  /**
   * The rows in batches, from the top. May be called again for another reading; breaking off releases everything.
   * Throws a Refusal (`sheet.*`) that names sheet, row and column where these are known.
   */
  rows(): AsyncGenerator<SheetRow[], void, undefined>;
  /** How much of the sheet the latest reading has taken in, 0 to 1, by bytes of the file. */
  progress(): number;
}

export type SheetKind = 'xlsx' | 'xls' | 'csv';

/** An opened tabular file. `close` it when done. */
export interface SheetBook {
  readonly kind: SheetKind;
  /** Text files only: how the bytes were read, e.g. `utf-8`, `gb18030`, `big5`, `utf-16le`. */
  readonly encoding?: string;
  /** Text files only. */
  readonly delimiter?: string;
  readonly sheets: readonly SheetHandle[];
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Rows handed over at a time, at least. Default 500. */
  batchRows?: number;
  /** Text files: use this encoding in place of the detected one. */
  encoding?: string;
  /** Text files: use this delimiter in place of the detected one. */
  delimiter?: string;
  /** Whose reading of the locale-dependent number formats (14, 22, 27–36, 50–58) is meant. Default zh-CN. */
  locale?: 'zh-CN' | 'zh-TW' | 'en-US';
  /** Where text tables too large for memory are put for the time of reading. Default: the system's folder. */
  temporaryFolder?: string;
  limits?: Partial<SheetLimits>;
}

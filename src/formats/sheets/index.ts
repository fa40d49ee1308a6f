/** Reads and writes tabular files: .xlsx, .xls and delimited text in, .xlsx out. Usable alone. */
export { columnLetters } from './columns.ts';
export { DEFAULT_LIMITS, type SheetLimits } from './limits.ts';
export { openSheets } from './open.ts';
export { readInWorker } from './threads/read-in-worker.ts';
export type { CellProblem, OpenOptions, SheetBook, SheetHandle, SheetKind, SheetRow } from './types.ts';
export { type StreamedSheet, streamSheet } from './writing/stream-sheet.ts';
export {
  type CellInput,
  type ColumnInput,
  createWorkbookWriter,
  type SheetWriter,
  type WorkbookWriter,
  type WriterOptions,
} from './writing/workbook-writer.ts';

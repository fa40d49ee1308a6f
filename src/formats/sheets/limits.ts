/** Bounds on what a file may make us do. Rows, columns and cell length are those of the .xlsx format as Excel keeps it. */
export interface SheetLimits {
  rows: number;
  columns: number;
  /** Rows of a text file (the format sets no bound). */
  textRows: number;
  /** Characters in one cell of a workbook. */
  cellLength: number;
  /** Characters in one cell of a text file (the format sets none). */
  textCellLength: number;
  /** Cells of one sheet, gaps within rows counted. */
  cells: number;
  /** Size of the file itself, bytes. */
  fileBytes: number;
  /** Size of an .xls file, which is read whole, bytes. */
  oldFileBytes: number;
  /** Entries of the zip container. */
  parts: number;
  /** One small part (workbook, styles, relations) unpacked, bytes. */
  smallPartBytes: number;
  /** One large part (a sheet, the shared texts) unpacked, bytes. */
  partBytes: number;
  /** Unpacked to packed size of a part, once `ratioFloorBytes` are unpacked. */
  ratio: number;
  ratioFloorBytes: number;
  /** Entries of the shared text table. */
  sharedTexts: number;
  /** Bytes of the shared text table kept in memory; the rest goes to a temporary file. */
  sharedTextMemory: number;
}

export const DEFAULT_LIMITS: Readonly<SheetLimits> = {
  rows: 1_048_576,
  columns: 16_384,
  textRows: 10_000_000,
  cellLength: 32_767,
  textCellLength: 1_000_000,
  cells: 200_000_000,
  fileBytes: 2 * 1024 ** 3,
  oldFileBytes: 64 * 1024 ** 2,
  parts: 20_000,
  smallPartBytes: 32 * 1024 ** 2,
  partBytes: 4 * 1024 ** 3 - 1,
  // A sheet of nothing but equal styled cells packs about 40 : 1; deflate can not exceed 1032 : 1.
  ratio: 200,
  ratioFloorBytes: 64 * 1024 ** 2,
  sharedTexts: 20_000_000,
  sharedTextMemory: 32 * 1024 ** 2,
};

export function limitsWith(changed: Partial<SheetLimits> | undefined): SheetLimits {
  return { ...DEFAULT_LIMITS, ...changed };
}

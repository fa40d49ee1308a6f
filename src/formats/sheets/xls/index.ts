import { readFile, stat } from 'node:fs/promises';
import type { SheetLimits } from '../limits.ts';
import { refuse } from '../refusals.ts';
import type { OpenOptions, SheetBook, SheetHandle } from '../types.ts';
import { readCompoundFile } from './compound-file.ts';
import { type OldSheet, readGlobals } from './globals.ts';
import { readOldSheet } from './sheet-rows.ts';

/**
 * Opens an .xls workbook (BIFF5 and BIFF8). The format holds at most 65,536 rows of 256 columns, so the file is
 * read whole. An encrypted .xlsx comes in the same container and is refused as such.
 */
export async function openXls(path: string, options: OpenOptions, limits: SheetLimits): Promise<SheetBook> {
  const { size } = await stat(path);
  if (size > limits.oldFileBytes) {
    throw refuse(
      'tooLarge',
      `an .xls file may have ${Math.round(limits.oldFileBytes / 2 ** 20)} MiB: save it as .xlsx and try again.`,
    );
  }
  const streams = readCompoundFile(await readFile(path));
  if (streams.has('EncryptedPackage')) {
    throw refuse('encrypted', 'the file is protected by a password: save it without one.');
  }
  const stream = streams.get('Workbook') ?? streams.get('Book');
  if (!stream) throw refuse('notASpreadsheet', 'the file is an office document, but not a spreadsheet.');
  const book = readGlobals(stream, options.locale ?? 'zh-CN');
  const batchRows = options.batchRows ?? 500;
  const handle = (sheet: OldSheet, index: number): SheetHandle => {
    let progress = 0;
    return {
      index,
      name: sheet.name,
      hidden: sheet.hidden,
      progress: () => progress,
      async *rows() {
        progress = 0;
        const rows = readOldSheet(stream, book, sheet, limits);
        for (let at = 0; at < rows.length; at += batchRows) {
          progress = Math.min(1, (at + batchRows) / rows.length);
          yield rows.slice(at, at + batchRows);
        }
      },
    };
  };
  return { kind: 'xls', sheets: book.sheets.map(handle), async close() {} };
}

import type { Writable } from 'node:stream';
import { createWorkbookWriter, type SheetWriter } from '#formats/sheets';
import type { Language } from '#kernel/actor';
import { columnName } from './headings/describe.ts';
import { REJECT_MARK } from './headings/normalise.ts';
import type { NotedRow, RowFinding, Sheet } from './types.ts';
import { rejectHeadings, sentence } from './wording.ts';

/** A cell of a workbook holds 32,767 characters. */
const CELL = 32_000;

/**
 * Writes the rows that were turned away as a workbook: the columns as received, the row's number and the reason. It can
 * be corrected and imported as it is.
 *
 * @param rows in the order of the file; only rejected ones are written
 * @returns how many rows were written
 */
export async function writeRejects(
  target: string | Writable,
  sheets: readonly Sheet[],
  rows: AsyncIterable<NotedRow>,
  language: Language,
): Promise<number> {
  const book = createWorkbookWriter(target);
  const head = rejectHeadings(language);
  let current: { index: number; sheet: Sheet; width: number; writer: SheetWriter } | undefined;
  let written = 0;
  try {
    for await (const r of rows) {
      if (!r.rejected) continue;
      if (current?.index !== r.sheet) {
        const sheet = sheets.find((s) => s.index === r.sheet);
        if (!sheet) continue;
        const width = Math.max(0, ...sheet.columns.map((c) => c.index + 1));
        const headings = Array.from({ length: width }, (_, i) => ({
          heading: sheet.columns.find((c) => c.index === i)?.heading ?? '',
        }));
        const own = [
          { heading: `${head.row} ${REJECT_MARK}` },
          { heading: `${head.reason} ${REJECT_MARK}`, width: 60 },
        ];
        current = {
          index: r.sheet,
          sheet,
          width,
          writer: await book.sheet(sheet.name || head.reason, [...headings, ...own]),
        };
      }
      const { sheet, width, writer } = current;
      const cells = Array.from({ length: width }, (_, i) => (r.cells?.[i] ?? '').slice(0, CELL));
      const reasons = r.findings.map((f) => reasonOf(sheet, f, language)).join(' ');
      await writer.row([...cells, String(r.row), reasons]);
      written++;
    }
    await book.finish();
    return written;
  } catch (e) {
    await book.abandon();
    throw e;
  }
}

function reasonOf(sheet: Sheet, f: RowFinding, language: Language): string {
  const column = f.column === null ? undefined : sheet.columns.find((c) => c.index === f.column);
  const said = sentence(language, f);
  return column ? `${columnName(column)}: ${said}` : said;
}

import { open } from 'node:fs/promises';
import { openSheets, type SheetBook, type SheetRow } from '#formats/sheets';
import { Refusal } from '#kernel/errors';
import { describeSheet, suggestOptions } from '../headings/describe.ts';
import { headingAt } from '../headings/headerRow.ts';
import { MOST_SHEETS } from '../rows/row-ids.ts';
import type { Mapping, Sheet } from '../types.ts';

/** Rows of each sheet read to understand it. */
const DEPTH = 120;

export interface Inspection extends Mapping {
  format: string;
  encoding: string | null;
}

/** Opens a catalogue file. EAD is told apart first: it is no table. @throws Refusal sheet.*, import.* */
export async function openCatalogue(path: string): Promise<SheetBook> {
  await refuseXml(path);
  const book = await openSheets(path);
  if (book.sheets.length > MOST_SHEETS) {
    await book.close();
    throw new Refusal(
      'import.tooManySheets',
      `The file has ${book.sheets.length} sheets; at most ${MOST_SHEETS} can be taken in at once.`,
    );
  }
  return book;
}

async function firstRows(
  rows: AsyncGenerator<SheetRow[]>,
  depth: number,
): Promise<{ rows: SheetRow[]; ended: boolean }> {
  const found: SheetRow[] = [];
  for await (const batch of rows) {
    found.push(...batch);
    if (found.length >= depth) return { rows: found.slice(0, depth), ended: false };
  }
  return { rows: found, ended: true };
}

/**
 * Reads the beginning of each sheet and says how it is understood.
 *
 * @param headerRows where a person says the heading of a sheet stands (by the sheet's index)
 * @throws Refusal `sheet.*` for a file that can not be read
 */
export async function inspectCatalogue(
  path: string,
  fileName: string,
  headerRows: ReadonlyMap<number, number> = new Map(),
): Promise<Inspection> {
  const book = await openCatalogue(path);
  try {
    const sheets: Sheet[] = [];
    for (const handle of book.sheets) {
      const { rows, ended } = await firstRows(handle.rows(), DEPTH);
      const at = headerRows.get(handle.index);
      const about = { index: handle.index, name: handle.name, hidden: handle.hidden };
      const sheet = describeSheet(about, rows, at === undefined ? undefined : headingAt(rows, at));
      sheets.push({ ...sheet, rowsIsExact: ended });
    }
    leaveNotesOut(sheets);
    return {
      format: book.kind,
      encoding: book.encoding ?? null,
      sheets,
      options: suggestOptions(fileName, sheets),
    };
  } finally {
    await book.close();
  }
}

/** Where one sheet surely is a catalogue, sheets without its kind of columns (explanations, lists) are not taken in unasked. */
function leaveNotesOut(sheets: Sheet[]): void {
  const named = (s: Sheet) => s.columns.filter((c) => c.field !== null && c.reason !== 'content').length;
  const most = Math.max(0, ...sheets.map(named));
  if (most < 2) return;
  for (const s of sheets) if (named(s) < 2 && named(s) < most / 2) s.use = false;
}

/** EAD and other XML would be read as text of one column. */
async function refuseXml(path: string): Promise<void> {
  const file = await open(path, 'r').catch(() => undefined);
  if (!file) return;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0);
    const head = buffer
      .toString('utf8', 0, bytesRead)
      .replace(/^\ufeff/, '')
      .trimStart();
    if (/^<(?:\?xml|!DOCTYPE|ead)\b/i.test(head)) {
      throw new Refusal(
        'import.xml',
        'This is XML. EAD finding aids can not be taken in yet; give the catalogue as .xlsx or .csv.',
      );
    }
  } finally {
    await file.close();
  }
}

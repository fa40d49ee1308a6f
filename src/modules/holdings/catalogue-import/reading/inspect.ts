import type { SheetRow } from '#formats/sheets';
import type { OwnScheme } from '../../domain/schemes.ts';
import { describeSheet, suggestOptions } from '../headings/describe.ts';
import { headingAt } from '../headings/headerRow.ts';
import { ownFields, withOwnElements } from '../headings/ownElements.ts';
import { storable } from '../rows/digest.ts';
import type { Mapping, Sheet } from '../types.ts';
import type { CatalogueSheet } from './catalogue-file.ts';
import { openCatalogue } from './open.ts';

/** Rows of each sheet read to understand it. */
const DEPTH = 120;
/** Sheets up to this size are counted; of larger ones the number of rows is reckoned from how far that took. */
const COUNTED = 10_000;

export interface Inspection extends Mapping {
  format: string;
  encoding: string | null;
}

interface Beginning {
  rows: SheetRow[];
  /** Rows that hold something, those of the heading included. */
  count: number;
  /** Whether `count` is exact. */
  exact: boolean;
}

async function beginningOf(sheet: CatalogueSheet): Promise<Beginning> {
  const rows: SheetRow[] = [];
  let count = 0;
  for await (const batch of sheet.rows()) {
    if (rows.length < DEPTH) rows.push(...batch.slice(0, DEPTH - rows.length));
    count += batch.length;
    if (count < (sheet.exactRows === undefined ? COUNTED : DEPTH)) continue;
    const share = sheet.progress();
    return { rows, count: share > 0 ? Math.max(count, Math.round(count / share)) : count, exact: false };
  }
  return { rows, count, exact: true };
}

/**
 * Reads the beginning of each sheet and says how it is understood.
 *
 * @param own what the archive says over the standards' schemes: its own elements name columns too
 * @param headerRows where a person says the heading of a sheet stands (by the sheet's index)
 * @throws Refusal `sheet.*`, `ead.*` for a file that can not be read
 */
export async function inspectCatalogue(
  path: string,
  fileName: string,
  headerRows: ReadonlyMap<number, number> = new Map(),
  own: readonly OwnScheme[] = [],
): Promise<Inspection> {
  const book = await openCatalogue(path, fileName);
  try {
    const fields = ownFields(own);
    const sheets: Sheet[] = [];
    for (const handle of book.sheets) {
      const { rows, count, exact } = await beginningOf(handle);
      const at = headerRows.get(handle.index) ?? handle.headerRow;
      const about = { index: handle.index, name: storable(handle.name), hidden: handle.hidden };
      const plain = describeSheet(about, rows, at === undefined ? undefined : headingAt(rows, at));
      const sheet = withOwnElements(plain, fields);
      const headed = rows.length - sheet.rows;
      sheets.push({
        ...sheet,
        rows: handle.exactRows ?? count - headed,
        rowsIsExact: exact || handle.exactRows !== undefined,
      });
    }
    leaveNotesOut(sheets);
    return {
      format: book.kind,
      encoding: book.encoding ?? null,
      sheets,
      options: {
        ...suggestOptions(fileName, sheets),
        // A unitid is unique in its finding aid at most.
        ...(book.kind === 'ead' ? { codes: 'withinFonds' as const } : {}),
      },
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

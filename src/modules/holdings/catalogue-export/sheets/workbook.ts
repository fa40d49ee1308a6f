import { createWorkbookWriter, type SheetWriter, type WorkbookWriter } from '#formats/sheets';
import type { Language } from '#kernel/actor';
import { t } from '#kernel/wording';
import type { ImportField } from '../../catalogue-import/headings/fields.ts';
import type { DescribedFonds, WalkedUnit } from '../types.ts';
import { cellsOf, entryColumns, inCells, labelOf, type Used } from './columns.ts';
import { type Leaving, word } from './values.ts';

/** Rows of one sheet; Excel takes 1,048,576. */
const MOST_ROWS = 1_000_000;

export interface WorkbookOrder {
  target: string;
  language: Language;
  used: Used;
  fonds: readonly DescribedFonds[];
  /** The entries of a fonds in the order of the tree; `plain`: without families that are a list of items. */
  walk(fonds: DescribedFonds, without?: 'plain'): AsyncIterable<readonly WalkedUnit[]>;
  /** Entries written since. */
  wrote(entries: number): void;
}

/**
 * Writes fonds, volumes and items as the sheets of one workbook that the import reads again. Lists of items stand in the sheet of
 * items, all else among the volumes: so each family stays together and keeps its order.
 */
export async function writeWorkbook(o: WorkbookOrder): Promise<void> {
  const { language } = o;
  const book = createWorkbookWriter(o.target);
  try {
    await writeFonds(book, o);
    const columns = entryColumns(language, o.used);
    const sheetOf = (name: string) => {
      let open: SheetWriter | undefined;
      return async (rows: readonly Leaving[]) => {
        if (!open || open.rowCount + rows.length > MOST_ROWS) open = await book.sheet(name, columns);
        await open.rows(rows.map((l) => cellsOf(columns, l, language)));
        o.wrote(rows.length);
      };
    };
    const volumes = sheetOf(t(language, 'export.sheetVolumes'));
    await volumes([]);
    for await (const rows of leaving(o, 'plain')) await volumes(rows.filter((l) => !l.plain));
    const items = sheetOf(t(language, 'export.sheetItems'));
    await items([]);
    for await (const rows of leaving(o)) await items(rows.filter((l) => l.plain));
    await book.finish();
  } catch (e) {
    await book.abandon();
    throw e;
  }
}

async function* leaving(o: WorkbookOrder, without?: 'plain'): AsyncGenerator<Leaving[]> {
  for (const fonds of o.fonds)
    for await (const batch of o.walk(fonds, without))
      yield batch.map((w) => ({ ...w, fondsNo: fonds.number }));
}

const FONDS: readonly [ImportField, (f: DescribedFonds, language: Language) => string | null][] = [
  ['fondsNo', (f) => f.number],
  ['level', (_, language) => word(language, 'level', 'fonds')],
  ['title', (f) => f.name],
  ['date', (f) => f.dates],
  ['history', (f) => f.history],
  ['custody', (f) => f.custody],
  ['abstract', (f) => f.scope],
];

async function writeFonds(book: WorkbookWriter, { fonds, language }: WorkbookOrder): Promise<void> {
  const columns = FONDS.flatMap(([field, value]) => {
    const longest = Math.max(0, ...fonds.map((f) => value(f, language)?.length ?? 0));
    return inCells(labelOf(field, language), (f: DescribedFonds) => value(f, language), longest);
  });
  const sheet = await book.sheet(t(language, 'export.sheetFonds'), columns);
  for (const f of fonds) await sheet.row(columns.map((c) => c.value(f, language)));
}

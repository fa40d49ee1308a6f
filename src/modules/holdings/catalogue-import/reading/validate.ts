import { createRowRule } from '../rows/row-rule.ts';
import type { Mapping, Stretch } from '../types.ts';
import type { CatalogueFile } from './catalogue-file.ts';
import type { Gather } from './gather.ts';
import { openCatalogue } from './open.ts';

/** Rows of one chunk: one transaction, one audit entry. */
export const CHUNK_ROWS = 5_000;

export interface Place {
  /** Index of the sheet; -1 before the first. */
  sheet: number;
  row: number;
}

export const START: Place = { sheet: -1, row: 0 };

const behind = (sheet: number, row: number, p: Place) =>
  sheet > p.sheet || (sheet === p.sheet && row > p.row);

export interface Reading<T> {
  /** Begins what becomes of the accepted rows of a stretch. */
  gather: () => Gather<T>;
  /** Rows up to here were dealt with before: they are read again (what follows depends on them) but not given out. */
  after?: Place;
  /** Rows of one stretch. */
  chunkRows?: number;
  /** Whether entries above that the file does not have are looked for in the holdings. */
  mayBeHeld?: boolean;
}

/**
 * Reads the used sheets of a file and applies the row rule, in stretches.
 *
 * @throws Refusal `sheet.*`, `ead.*` where the file turns out damaged
 */
export async function* validateCatalogue<T>(
  path: string,
  mapping: Mapping,
  reading: Reading<T>,
): AsyncGenerator<Stretch & T, void, undefined> {
  const book = await openCatalogue(path);
  try {
    yield* validate(book, mapping, reading);
  } finally {
    await book.close();
  }
}

async function* validate<T>(
  book: CatalogueFile,
  mapping: Mapping,
  { gather, after = START, chunkRows = CHUNK_ROWS, mayBeHeld = false }: Reading<T>,
): AsyncGenerator<Stretch & T, void, undefined> {
  const readerOf = createRowRule(mapping.options, {
    sheets: mapping.sheets,
    own: mapping.own ?? [],
    mayBeHeld,
  });
  const used = mapping.sheets.filter((s) => s.use);
  let stretch = emptyStretch();
  let gathered = gather();
  for (const [done, sheet] of used.entries()) {
    const handle = book.sheets[sheet.index];
    if (!handle) continue;
    const read = readerOf(sheet);
    const progress = () => (done + handle.progress()) / used.length;
    for await (const batch of handle.rows()) {
      for (const row of batch) {
        if (row.number <= sheet.headerRow) continue;
        const { entry, noted } = read(row);
        if (!behind(sheet.index, row.number, after)) continue;
        stretch.rows++;
        stretch.rowsBySheet[sheet.index] = (stretch.rowsBySheet[sheet.index] ?? 0) + 1;
        stretch.last = { sheet: sheet.index, row: row.number };
        if (entry) gathered.add(entry, row.cells);
        if (noted) stretch.noted.push(noted);
        if (stretch.rows >= chunkRows) {
          yield { ...stretch, progress: progress(), ...gathered.done() };
          stretch = emptyStretch();
          gathered = gather();
        }
      }
    }
  }
  if (stretch.rows > 0) yield { ...stretch, progress: 1, ...gathered.done() };
}

function emptyStretch(): Stretch {
  return { noted: [], rows: 0, rowsBySheet: {}, last: { sheet: 0, row: 0 }, progress: 0 };
}

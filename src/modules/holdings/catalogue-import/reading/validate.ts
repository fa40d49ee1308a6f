import { createRowRule } from '../rows/row-rule.ts';
import type { Chunk, Mapping } from '../types.ts';
import type { CatalogueFile } from './catalogue-file.ts';
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

/**
 * Reads the used sheets of a file and applies the row rule, in chunks.
 *
 * @param after rows up to here were dealt with before: they are read again (what follows depends on them) but not
 * given out
 * @throws Refusal `sheet.*`, `ead.*` where the file turns out damaged
 */
export async function* validateCatalogue(
  path: string,
  mapping: Mapping,
  after: Place = START,
  chunkRows: number = CHUNK_ROWS,
): AsyncGenerator<Chunk, void, undefined> {
  const book = await openCatalogue(path);
  try {
    yield* validate(book, mapping, after, chunkRows);
  } finally {
    await book.close();
  }
}

async function* validate(
  book: CatalogueFile,
  mapping: Mapping,
  after: Place,
  chunkRows: number,
): AsyncGenerator<Chunk, void, undefined> {
  const readerOf = createRowRule(mapping.options);
  const used = mapping.sheets.filter((s) => s.use);
  let chunk = emptyChunk();
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
        chunk.rows++;
        chunk.rowsBySheet[sheet.index] = (chunk.rowsBySheet[sheet.index] ?? 0) + 1;
        chunk.last = { sheet: sheet.index, row: row.number };
        if (entry) {
          chunk.accepted.push(entry);
          chunk.cells.push(row.cells);
        }
        if (noted) chunk.noted.push(noted);
        if (chunk.rows >= chunkRows) {
          yield { ...chunk, progress: progress() };
          chunk = emptyChunk();
        }
      }
    }
  }
  if (chunk.rows > 0) yield { ...chunk, progress: 1 };
}

function emptyChunk(): Chunk {
  return {
    accepted: [],
    cells: [],
    noted: [],
    rows: 0,
    rowsBySheet: {},
    last: { sheet: 0, row: 0 },
    progress: 0,
  };
}

import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openSheets, type SheetRow } from '#formats/sheets';
import type { FileTree } from '#formats/tree';

/**
 * The rows of a table's first visible sheet (.xlsx, .xls, delimited text). Tables are read back and forth, which a stream can
 * not be: it is copied aside, and the copy removed when the reading ends.
 *
 * @throws Refusal `sheet.*`, `tree.*`
 */
export async function* tableRows(tree: FileTree, path: string): AsyncGenerator<SheetRow> {
  const folder = await mkdtemp(join(tmpdir(), 'lantai-handover-'));
  try {
    const copy = join(folder, 'table');
    await pipeline(await tree.open(path), createWriteStream(copy));
    const book = await openSheets(copy, { temporaryFolder: folder });
    try {
      for await (const batch of book.sheets.find((s) => !s.hidden)?.rows() ?? []) yield* batch;
    } finally {
      await book.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

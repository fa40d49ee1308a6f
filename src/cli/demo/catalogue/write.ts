import { rename } from 'node:fs/promises';
import { createWorkbookWriter } from '#formats/sheets';
import type { SampleSheet } from './entry.ts';
import { headingOf, rowsOf } from './rows.ts';

/** Writes a catalogue as a workbook. The file is there whole or not at all. */
export async function writeCatalogue(path: string, sheets: readonly SampleSheet[]): Promise<void> {
  const book = createWorkbookWriter(`${path}.part`);
  for (const s of sheets) {
    const columns = headingOf(s).map((heading, i) => ({
      heading,
      width: s.columns[i] === 'title' ? 50 : 16,
    }));
    const sheet = await book.sheet(s.name, columns);
    await sheet.rows(rowsOf(s));
  }
  await book.finish();
  await rename(`${path}.part`, path);
}

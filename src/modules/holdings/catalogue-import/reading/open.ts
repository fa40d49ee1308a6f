import { open } from 'node:fs/promises';
import { beginsAsXml } from '#formats/ead';
import { openSheets } from '#formats/sheets';
import { Refusal } from '#kernel/errors';
import { MOST_SHEETS } from '../rows/row-ids.ts';
import type { CatalogueFile } from './catalogue-file.ts';
import { openEadBook } from './ead/book.ts';

const HEAD = 512;
/** How workbooks begin, whatever they are called. */
const CONTAINERS = /^(?:PK|\xd0\xcf)/;

/**
 * Opens a catalogue file, told by its content: a table, or a finding aid in EAD.
 *
 * @param fileName text under a name that ends in `.xml` is not taken for a table
 * @throws Refusal sheet.*, ead.*, import.*
 */
export async function openCatalogue(path: string, fileName = ''): Promise<CatalogueFile> {
  if (await isXml(path, /\.xml$/i.test(fileName))) return openEadBook(path);
  const book = await openSheets(path);
  if (book.sheets.length > MOST_SHEETS) {
    await book.close();
    throw new Refusal(
      'import.tooManySheets',
      `The file has ${book.sheets.length} sheets; at most ${MOST_SHEETS} can be taken in at once.`,
      { sheets: book.sheets.length, most: MOST_SHEETS },
    );
  }
  return book;
}

/** What can not be opened is left to the reader of tables, which says why. */
async function isXml(path: string, named: boolean): Promise<boolean> {
  const file = await open(path, 'r').catch(() => undefined);
  if (!file) return false;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    if (named && bytesRead > 0) return !CONTAINERS.test(buffer.toString('latin1', 0, 4));
    return beginsAsXml(buffer.subarray(0, bytesRead));
  } catch {
    return false;
  } finally {
    await file.close();
  }
}

import { openEad } from '#formats/ead';
import type { SheetRow } from '#formats/sheets';
import type { CatalogueFile } from '../catalogue-file.ts';
import { eadColumns } from './columns.ts';
import { identifierReader } from './identifiers.ts';

/**
 * A finding aid as a sheet: the headings in its first row, a row for the archdesc and for every component below.
 *
 * @throws Refusal `ead.*`
 */
export async function openEadBook(path: string): Promise<CatalogueFile> {
  const document = await openEad(path);
  async function* rows(): AsyncGenerator<SheetRow[], void, undefined> {
    const identify = identifierReader();
    const { headings, cells } = eadColumns(document.own);
    yield [{ number: 1, cells: headings }];
    for await (const batch of document.read())
      yield batch.map((d) => ({ number: d.number + 1, cells: cells(d, identify(d)) }));
  }
  return {
    kind: 'ead',
    sheets: [
      {
        index: 0,
        name: '',
        hidden: false,
        headerRow: 1,
        exactRows: document.descriptions,
        progress: document.progress,
        rows,
      },
    ],
    async close() {},
  };
}

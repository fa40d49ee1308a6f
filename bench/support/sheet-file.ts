import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { columnLetters } from '#formats/sheets';
import * as parts from '../../src/formats/sheets/writing/parts.ts';
import { cellText } from '../../src/formats/sheets/writing/xml-text.ts';
import { ZipWriter } from '../../src/formats/sheets/zip/writer.ts';
import { sheetRow } from './sheet-rows.ts';

const DISTINCT = 10;
const PIECE = 128 * 1024;

/** The relations of a workbook of one sheet, the shared texts among them. */
function relations(): string {
  const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings';
  const relation = `<Relationship Id="texts" Type="${type}" Target="sharedStrings.xml"/>`;
  return parts.workbookRelations(1).replace('</Relationships>', `${relation}</Relationships>`);
}

/**
 * Writes `rows` rows of 15 columns with a shared text table as Excel does: texts numbered in the order of their
 * first use, the table behind the sheet. Ten texts of each row are new.
 */
export async function buildShared(path: string, rows: number): Promise<{ rows: number; characters: number }> {
  const file = createWriteStream(path);
  const zip = new ZipWriter(file, 3);
  const common = new Map<string, number>();
  const order: (number | string)[] = [];
  let characters = 0;
  let count = 0;
  let pending = parts.sheetStart([], false);
  await zip.begin('xl/worksheets/sheet1.xml');
  for (let n = 0; n < rows; n++) {
    const cells = sheetRow(n);
    order.push(n);
    const first = count;
    count += DISTINCT;
    pending += `<row r="${n + 1}" spans="1:15">`;
    cells.forEach((text, column) => {
      characters += text.length;
      let index = first + column;
      if (column >= DISTINCT) {
        if (text === '') return;
        const known = common.get(text);
        index = known ?? count++;
        if (known === undefined) {
          common.set(text, index);
          order.push(text);
        }
      }
      pending += `<c r="${columnLetters(column)}${n + 1}" t="s"><v>${index}</v></c>`;
    });
    pending += '</row>';
    if (pending.length > PIECE) {
      await zip.write(pending);
      pending = '';
    }
  }
  await zip.write(pending + parts.SHEET_END);
  await zip.end();
  await zip.begin('xl/sharedStrings.xml');
  pending = `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="${count}">`;
  for (const entry of order) {
    const texts = typeof entry === 'string' ? [entry] : sheetRow(entry).slice(0, DISTINCT);
    for (const text of texts) pending += `<si><t>${cellText(text)}</t></si>`;
    if (pending.length > PIECE) {
      await zip.write(pending);
      pending = '';
    }
  }
  await zip.write(`${pending}</sst>`);
  await zip.end();
  const rest: [string, string][] = [
    ['xl/styles.xml', parts.styles()],
    ['xl/workbook.xml', parts.workbook(['目录'])],
    ['xl/_rels/workbook.xml.rels', relations()],
    ['_rels/.rels', parts.rootRelations()],
    ['[Content_Types].xml', parts.contentTypes(1)],
  ];
  for (const [name, xml] of rest) {
    await zip.begin(name);
    await zip.write(xml);
    await zip.end();
  }
  await zip.finish();
  file.end();
  await finished(file);
  return { rows, characters };
}

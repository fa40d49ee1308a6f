import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openSheets, type SheetRow } from '#formats/sheets';
import { isRefusal } from '#kernel/errors';

/** Real and awkward catalogues (see the corpora's own README). Skipped, and said so, when LANTAI_CORPORA is not set. */
const corpora = process.env.LANTAI_CORPORA;
const folder = join(corpora ?? '', 'catalogues');

interface Read {
  kind: string;
  encoding?: string;
  sheets: { name: string; hidden: boolean; rows: SheetRow[] }[];
}

async function read(file: string): Promise<Read> {
  const book = await openSheets(join(folder, file));
  try {
    const sheets: Read['sheets'] = [];
    for (const sheet of book.sheets) {
      const rows: SheetRow[] = [];
      for await (const batch of sheet.rows()) rows.push(...batch);
      sheets.push({ name: sheet.name, hidden: sheet.hidden, rows });
    }
    return { kind: book.kind, encoding: book.encoding, sheets };
  } finally {
    await book.close();
  }
}

/** What the cells of a sheet show. */
async function shown(file: string, sheet = 0): Promise<string[][]> {
  return (await read(file)).sheets[sheet]!.rows.map((row) => row.cells);
}

/** The ISO dates of a column, top to bottom. */
async function dates(file: string, column: number, sheet = 0): Promise<(string | undefined)[]> {
  return (await read(file)).sheets[sheet]!.rows.map((row) => row.dates?.get(column));
}

function files(): string[] {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true });
  return all
    .filter((entry) => entry.isFile() && /\.(csv|xlsx?)$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

describe.skipIf(!corpora)('catalogues of the corpora (needs LANTAI_CORPORA)', () => {
  test('each file is read, or refused with a sentence and a code', async () => {
    const all = files();
    expect(all.length).toBeGreaterThan(90);
    for (const file of all) {
      try {
        const { kind } = await read(file);
        expect({ file, kind }).toEqual({ file, kind: file.slice(file.lastIndexOf('.') + 1) });
      } catch (cause) {
        if (!isRefusal(cause)) throw new Error(`${file} is neither read nor refused`, { cause });
        expect(cause.code).toMatch(/^sheet\./);
        expect(cause.message).toMatch(/^[A-Z"].*\.$/);
      }
    }
  });

  test('dates before March 1900 are those the program shows, the 29 February 1900 included', async () => {
    expect(await dates('readxl/dates-leap-year-1900-xlsx.xlsx', 0)).toEqual([
      undefined,
      '1900-01-01',
      '1900-01-02',
      '1900-02-28',
      '1900-02-29',
      '1900-03-01',
      '1903-12-31',
      '1904-01-01',
    ]);
    expect((await shown('readxl/dates-leap-year-1900-xlsx.xlsx'))[4]![0]).toBe(
      'Wednesday, February 29, 1900',
    );
  });

  test('dates counted from 1904 and from 1900 are the same days', async () => {
    for (const file of ['readxl/dates-1904.xls', 'readxl/dates-1900-LibreOffice.xlsx']) {
      const { sheets } = await read(file);
      expect([...sheets[0]!.rows[0]!.dates!.values()]).toEqual(Array(5).fill('2000-01-01'));
    }
  });

  test('times are rounded to the second, as shown', async () => {
    expect((await dates('readxl/datetime-rounding.xlsx', 0)).slice(1)).toEqual([
      '2016-04-28T11:30:00',
      '2016-03-23T09:50:00',
      '2017-01-02T11:30:00',
      '2017-01-03T11:30:00',
    ]);
  });

  test('the runs of rich text are joined', async () => {
    expect(await shown('readxl/richtext-coloured.xlsx')).toEqual([
      ['abcd', 'abcd', 'abcd', 'abcd'],
      ['tvalrval1rval2', 'rval1rval2', 'rval1rval2', 'rval1rval2'],
    ]);
  });

  test('formula results of every kind are shown', async () => {
    expect((await shown('exceljs/fibonacci.xlsx')).at(-1)).toEqual(['19', '4181']);
    const formulas = (await shown('readxl/types.xls', 2)).filter(([label]) => label!.includes('formula'));
    expect(formulas.slice(0, 4)).toEqual([
      ['text formula', 'HELLO WORLD'],
      ['numeric formula', '1.69'],
      ['boolean formula true', 'TRUE'],
      ['boolean formula false', 'FALSE'],
    ]);
  });

  test('a formula without a stored result is reported', async () => {
    const { sheets } = await read('readxl/missing-v-node-xlsx.xlsx');
    expect(sheets[0]!.rows[1]).toEqual({
      number: 2,
      cells: ['1', '2'],
      problems: [{ column: 2, code: 'uncalculated' }],
    });
  });

  test('a workbook without styles and shared texts is read', async () => {
    const rows = await shown('readxl/no-styles-or-sharedStrings-parts.xlsx');
    expect(rows).toHaveLength(12);
    expect(rows[1]).toEqual(['german', '73', '0.143292665']);
  });

  test('inline texts are read, and escapes of the format resolved', async () => {
    expect((await shown('readxl/inlineStr.xlsx'))[1]!.slice(0, 6)).toEqual([
      '1',
      '+',
      '',
      '1.01.',
      'RQ11610',
      'requirement',
    ]);
    expect(await shown('exceljs/shared_string_with_escape.xlsx')).toEqual([['_x000D_']]);
    expect(await shown('exceljs/test-pr-567.xlsx')).toEqual([[' leading', 'trailing ', ' both ']]);
  });

  test('rows keep the numbers the program shows, empty ones passed over', async () => {
    const { sheets } = await read('readxl/65536-rows-xls.xls');
    expect(sheets[0]!.rows).toEqual([
      { number: 65_535, cells: ['HELLO'] },
      { number: 65_536, cells: ['WORLD'] },
    ]);
    const skipping = await read('readxl/skipping.xls');
    expect(skipping.sheets.map((sheet) => sheet.rows.map((row) => row.number))).toEqual([
      [3, 5, 7],
      [1, 3, 5, 7],
      [1, 2, 3, 5, 7],
    ]);
  });

  test('hidden sheets are told', async () => {
    const { sheets } = await read('exceljs/test-issue-877.xlsx');
    expect(sheets.map((sheet) => sheet.hidden)).toEqual([false, true, true, true, true]);
    expect(sheets[1]!.rows.find((row) => row.number === 5)!.cells.slice(0, 3)).toEqual([
      '1',
      '500',
      '0212509',
    ]);
  });

  test('numbers too long for a machine word, and texts that look like numbers, stay whole', async () => {
    expect((await shown('readxl/big-texty-numbers-xls.xls')).slice(2, 4)).toEqual([
      ['2147483647', '2147483647', 'x = 2^31 - 1'],
      ['2147483648', '2147483648', 'x + 1'],
    ]);
  });

  test('Excel 5 workbooks, Vietnamese texts and Greek sheet names are read', async () => {
    expect((await shown('readxl/biff5-label-records.xls'))[3]).toEqual([
      '21/01/2017',
      '01:00',
      '0.170769',
      '54.033',
    ]);
    expect((await shown('readxl/vietnamese-utf8.xls')).slice(0, 3)).toEqual([
      ['Mô tả'],
      ['BÙN SÉT'],
      ['SÉT lẫn sạn laterite'],
    ]);
    expect((await read('readxl/utf8-sheet-names.xls')).sheets.map((sheet) => sheet.name)).toEqual(['µ', '∂']);
  });

  test('cells that come late in their row are put in their place', async () => {
    const { sheets } = await read('archivesspace/bulk_import_VFIRST01_test01.xlsx');
    const DZ = 129;
    expect(sheets[0]!.rows.slice(1, 4).map((row) => row.cells[DZ])).toEqual([
      'Accession Links',
      'Accession URI (link to existing accession record)',
      'accession_uri_1',
    ]);
  });

  test('a list and its spreadsheet have the same rows', async () => {
    for (const name of [
      '64463_australian_foremen_stevedores_association',
      '64465_operative_painters_and_decorators_union_of_australia_vic_branch_7352',
    ]) {
      const csv = await shown(`melbourne-archives/${name}.csv`);
      const xlsx = await shown(`melbourne-archives/${name}_formatted.xlsx`);
      expect(xlsx).toHaveLength(csv.length);
    }
  });

  test('a byte order mark is no part of the first heading', async () => {
    const rows = await shown('archivesspace/test_digital_object_utf8_bom.csv');
    expect(rows[0]![0]!.charCodeAt(0)).toBeLessThan(128);
  });
});

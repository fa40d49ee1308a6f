import { describe, expect, test } from 'vitest';
import { openSheets } from '../open.ts';
import {
  buildOldWorkbook,
  compoundFile,
  f64,
  record,
  u16,
  u32,
  wide,
} from '../testing/old-workbook-builder.ts';
import { rowsOf, withFile } from '../testing/workbook-builder.ts';

const style = (format: number) => record(0x00e0, u16(0, format), Buffer.alloc(16));
const number = (row: number, column: number, xf: number, value: number) =>
  record(0x0203, u16(row, column, xf), f64(value));

describe('an .xls workbook', () => {
  test('shows numbers, dates and texts as Excel does, rows in order', async () => {
    const globals = [
      record(0x041e, u16(164), wide('0000')),
      style(0),
      style(164),
      style(14),
      record(0x00fc, u32(2), u32(2), wide('题名'), wide('档号')),
    ];
    const cells = [
      number(2, 0, 1, 7),
      number(2, 2, 2, 60),
      record(0x00fd, u16(0, 1, 0), u32(0)),
      record(0x00fd, u16(0, 0, 0), u32(1)),
      record(0x00bd, u16(4, 0), u16(0), u32((5 << 2) | 2), u16(0), u32((1234 << 2) | 3), u16(1)),
      record(0x0205, u16(5, 0, 0), [1, 0]),
      record(0x0205, u16(5, 1, 0), [42, 1]),
      record(0x0204, u16(6, 0, 0), wide('直接')),
    ];
    expect(await rowsOf(buildOldWorkbook({ globals, cells }))).toEqual([
      { number: 1, cells: ['档号', '题名'] },
      { number: 3, cells: ['0007', '', '1900/2/29'], dates: new Map([[2, '1900-02-29']]) },
      { number: 5, cells: ['5', '12.34'] },
      { number: 6, cells: ['TRUE', '#N/A'] },
      { number: 7, cells: ['直接'] },
    ]);
  });
  test('shows what formulas gave: 0, truth values, errors and texts', async () => {
    const formula = (column: number, result: number[] | Buffer) =>
      record(0x0006, u16(0, column, 0), Buffer.from(result), Buffer.alloc(8));
    const cells = [
      formula(0, f64(0)),
      formula(1, [1, 0, 1, 0, 0, 0, 255, 255]),
      formula(2, [2, 0, 7, 0, 0, 0, 255, 255]),
      formula(3, [0, 0, 0, 0, 0, 0, 255, 255]),
      record(0x04bc),
      record(0x0207, wide('永久')),
    ];
    expect((await rowsOf(buildOldWorkbook({ cells })))[0]!.cells).toEqual(['0', 'TRUE', '#DIV/0!', '永久']);
  });
  test('joins texts that run over into continuation records, there with another width', async () => {
    const globals = [
      record(0x00fc, u32(1), u32(1), u16(4), [1], Buffer.from('案卷', 'utf16le')),
      record(0x003c, [0], Buffer.from('AB', 'latin1')),
    ];
    const cells = [record(0x00fd, u16(0, 0, 0), u32(0))];
    expect((await rowsOf(buildOldWorkbook({ globals, cells })))[0]!.cells).toEqual(['案卷AB']);
  });
  test('tells hidden sheets', async () => {
    await withFile(buildOldWorkbook({ cells: [], hidden: true }), async (path) => {
      const book = await openSheets(path);
      expect(book.sheets.map(({ name, hidden }) => [name, hidden])).toEqual([['目录', true]]);
    });
  });
  test.each([
    [
      'encrypted, .xls',
      buildOldWorkbook({ globals: [record(0x002f, u16(1, 1))], cells: [] }),
      'sheet.encrypted',
    ],
    ['encrypted, .xlsx', compoundFile('EncryptedPackage', Buffer.from('x')), 'sheet.encrypted'],
    ['a text document', compoundFile('WordDocument', Buffer.from('x')), 'sheet.notASpreadsheet'],
    ['cut off', buildOldWorkbook({ cells: [number(0, 0, 0, 1)] }).subarray(0, 3000), 'sheet.damaged'],
    [
      'a mere header',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]),
      'sheet.damaged',
    ],
  ])('is refused when it is %s', async (_, bytes, code) => {
    await expect(rowsOf(bytes)).rejects.toMatchObject({ name: 'Refusal', code });
  });
  test('is refused when a cell refers to a text it does not hold', async () => {
    const cells = [record(0x00fd, u16(4, 2, 0), u32(9))];
    await expect(rowsOf(buildOldWorkbook({ cells }))).rejects.toMatchObject({
      code: 'sheet.damaged',
      detail: { sheet: '目录', row: 5, column: 'C' },
    });
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRefusal } from '#kernel/errors';
import { openSheets } from './open.ts';
import { buildWorkbook, rowsOf, type WorkbookSpec, withFile } from './testing/workbook-builder.ts';
import type { OpenOptions } from './types.ts';

async function refusal(bytes: Buffer | string, options: OpenOptions = {}) {
  try {
    await rowsOf(bytes, options);
  } catch (cause) {
    if (isRefusal(cause)) return cause;
    throw cause;
  }
  throw new Error('was not refused');
}

const cell = (reference: string, text = 'x') => `<c r="${reference}" t="str"><v>${text}</v></c>`;
const sound: WorkbookSpec = {
  rows: `<row r="1">${cell('A1')}</row>`,
  texts: '<si><t>a</t></si>',
  formats: ['0'],
};

describe('what is no spreadsheet', () => {
  test.each([
    ['an empty file', '', 'sheet.empty'],
    ['a file of blank lines', '\n  \n', 'sheet.empty'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452000000', 'hex'), 'sheet.notASpreadsheet'],
    ['a PDF', '%PDF-1.7\n1 0 obj', 'sheet.notASpreadsheet'],
    ['a web page', '<html><table><tr><td>1</td></tr></table></html>', 'sheet.unsupportedFormat'],
    ['an XML document', '<?xml version="1.0"?><ead/>', 'sheet.notASpreadsheet'],
    ['a workbook of before Excel 5', Buffer.from('0904060000001000', 'hex'), 'sheet.unsupportedFormat'],
    [
      'an empty zip',
      Buffer.concat([Buffer.from('504b0506', 'hex'), Buffer.alloc(18)]),
      'sheet.notASpreadsheet',
    ],
  ])('is refused: %s', async (_, bytes, code) => {
    expect((await refusal(bytes)).code).toBe(code);
  });
  test('is refused: a file that is not there, a folder', async () => {
    await expect(openSheets('/nowhere/at/all.xlsx')).rejects.toMatchObject({ code: 'sheet.notFound' });
    await expect(openSheets('/')).rejects.toMatchObject({ code: 'sheet.unreadable' });
  });
  test.each([
    [
      'another zip',
      { '[Content_Types].xml': null, '_rels/.rels': null, 'xl/workbook.xml': null },
      'sheet.notASpreadsheet',
    ],
    ['a text document', { 'xl/workbook.xml': '<w:document xmlns:w="w"/>' }, 'sheet.notASpreadsheet'],
    [
      'a binary workbook',
      {
        '_rels/.rels':
          '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>',
        'xl/workbook.bin': 'x',
      },
      'sheet.unsupportedFormat',
    ],
    ['a workbook without sheets', { 'xl/workbook.xml': '<workbook><sheets/></workbook>' }, 'sheet.noSheets'],
    ['a workbook whose sheet is missing', { 'xl/worksheets/sheet1.xml': null }, 'sheet.damaged'],
    [
      'a workbook with an entity bomb',
      { 'xl/workbook.xml': '<!DOCTYPE x [<!ENTITY a "b">]><workbook/>' },
      'sheet.forbiddenXml',
    ],
    ['a workbook with broken XML', { 'xl/workbook.xml': '<workbook><sheets></workbook>' }, 'sheet.damaged'],
    [
      'a workbook with bytes that are no text',
      { 'xl/workbook.xml': Buffer.from([0x3c, 0x61, 0xff, 0x3e]) },
      'sheet.damaged',
    ],
  ] as const)('is refused: %s', async (_, parts, code) => {
    expect((await refusal(await buildWorkbook({ ...sound, parts }))).code).toBe(code);
  });
});

describe('the bounds of a sheet', () => {
  test.each([
    [
      'a column beyond XFD',
      `<row r="2">${cell('XFE2')}</row>`,
      { code: 'sheet.tooManyColumns', row: 2, column: 'XFE' },
    ],
    [
      'the billionth column',
      `<row r="2">${cell('ZZZZZZZZZZ2')}</row>`,
      { code: 'sheet.tooManyColumns', row: 2 },
    ],
    [
      'a row beyond the last',
      `<row r="1048577">${cell('A1048577')}</row>`,
      { code: 'sheet.tooManyRows', row: 1_048_577 },
    ],
    [
      'rows that run back',
      `<row r="5">${cell('A5')}</row><row r="4">${cell('A4')}</row>`,
      { code: 'sheet.damaged', row: 4 },
    ],
    ['a row without a proper number', `<row r="x">${cell('A1')}</row>`, { code: 'sheet.damaged' }],
    ['a cell without a proper name', `<row r="1">${cell('!')}</row>`, { code: 'sheet.damaged', row: 1 }],
    [
      'a text that is not there',
      '<row r="3"><c r="C3" t="s"><v>5</v></c></row>',
      { code: 'sheet.damaged', row: 3, column: 'C' },
    ],
    [
      'a text with no number',
      '<row r="3"><c r="C3" t="s"><v>x</v></c></row>',
      { code: 'sheet.damaged', row: 3, column: 'C' },
    ],
  ])('refuse %s, and say where', async (_, rows, { code, ...where }) => {
    const refused = await refusal(await buildWorkbook({ ...sound, rows }));
    expect(refused.code).toBe(code);
    expect(refused.detail).toMatchObject({ sheet: 'S', ...where });
    expect(refused.message).toContain('"S"');
  });
  test('refuse a cell that is too long, and do not cut it', async () => {
    const long = 'x'.repeat(32_768);
    const inline = await refusal(await buildWorkbook({ rows: `<row r="7">${cell('B7', long)}</row>` }));
    expect(inline).toMatchObject({ code: 'sheet.cellTooLong', detail: { row: 7, column: 'B' } });
    const longest = await rowsOf(
      await buildWorkbook({ rows: `<row r="7">${cell('A7', long.slice(1))}</row>` }),
    );
    expect(longest[0]!.cells[0]).toHaveLength(32_767);
    const shared = await refusal(
      await buildWorkbook({ rows: '<row><c t="s"><v>0</v></c></row>', texts: `<si><t>${long}</t></si>` }),
    );
    expect(shared.code).toBe('sheet.cellTooLong');
  });
  test('hold the sum of all cells, gaps counted', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => `<row r="${i + 1}">${cell(`CV${i + 1}`)}</row>`).join(
      '',
    );
    const refused = await refusal(await buildWorkbook({ rows }), { limits: { cells: 1000 } });
    expect(refused).toMatchObject({ code: 'sheet.tooManyCells', detail: { row: 11 } });
  });
});

describe('the container', () => {
  test('may not unpack to more than its limit or beyond all proportion', async () => {
    const bomb = await buildWorkbook({ rows: ' '.repeat(3_000_000) });
    expect((await refusal(bomb, { limits: { partBytes: 1_000_000 } })).code).toBe('sheet.tooLarge');
    expect((await refusal(bomb, { limits: { ratioFloorBytes: 1_000_000 } })).code).toBe(
      'sheet.suspiciousCompression',
    );
    expect(await rowsOf(bomb)).toEqual([]);
  });
  test('may not hold more parts than its limit', async () => {
    expect((await refusal(await buildWorkbook(sound), { limits: { parts: 3 } })).code).toBe(
      'sheet.tooManyParts',
    );
  });
  test('may not lie about sizes or checksums', async () => {
    const bytes = await buildWorkbook(sound);
    for (const offset of [16, 24]) {
      const lying = Buffer.from(bytes);
      // The entry of the sheet in the table of contents: checksum at 16, size at 24.
      const name = lying.lastIndexOf('xl/worksheets/sheet1.xml') - 46;
      lying.writeUInt32LE(lying.readUInt32LE(name + offset) - 1, name + offset);
      expect((await refusal(lying)).code).toBe('sheet.damaged');
    }
  });
  test('is refused when cut off anywhere', async () => {
    const bytes = await buildWorkbook(sound);
    for (let length = 1; length < bytes.length; length += 37) {
      const cut = bytes.subarray(0, length);
      if (length < 4) continue;
      expect(['sheet.damaged', 'sheet.notASpreadsheet']).toContain((await refusal(cut)).code);
    }
  });
  test('with any byte changed is read or refused, never more', async () => {
    const bytes = await buildWorkbook(sound);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(255), async (at, value) => {
        const changed = Buffer.from(bytes);
        changed[at] = value;
        await rowsOf(changed).catch((cause) => {
          if (!isRefusal(cause)) throw cause;
        });
      }),
      { numRuns: 200 },
    );
  });
  test('names its parts by whatever paths; none is ever written to disk', async () => {
    const parts = { '../../../../tmp/evil': 'x', '/xl/other.xml': 'x' };
    expect(await rowsOf(await buildWorkbook({ ...sound, parts }))).toEqual([{ number: 1, cells: ['x'] }]);
  });
  test('may not hold a part twice', async () => {
    const parts = { 'xl\\Workbook.xml': '<workbook/>' };
    expect((await refusal(await buildWorkbook({ ...sound, parts }))).message).toContain('twice');
  });
});

test('a file larger than allowed is refused before it is read', async () => {
  expect((await refusal('a,b\n1,2\n', { limits: { fileBytes: 4 } })).code).toBe('sheet.tooLarge');
  await withFile('a,b\n', async (path) => {
    const book = await openSheets(path);
    expect(book.kind).toBe('csv');
  });
});

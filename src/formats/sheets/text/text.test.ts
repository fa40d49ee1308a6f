import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openSheets } from '../open.ts';
import { rowsOf, withFile } from '../testing/workbook-builder.ts';
import { detectDelimiter } from './delimiter.ts';
import { RecordParser } from './record-parser.ts';

/** Bytes of a text in an encoding TextDecoder knows, made by asking it what every pair of bytes means. */
function encoder(encoding: string): (text: string) => Buffer {
  const known = new Map<string, Buffer>();
  const decoder = new TextDecoder(encoding);
  for (let lead = 0x81; lead < 0xff; lead++) {
    for (let trail = 0x40; trail < 0xff; trail++) {
      const bytes = Buffer.from([lead, trail]);
      const character = decoder.decode(bytes);
      if (character.length === 1 && !known.has(character)) known.set(character, bytes);
    }
  }
  return (text) =>
    Buffer.concat([...text].map((c) => (c < '\u0080' ? Buffer.from(c) : (known.get(c) ?? Buffer.from('?')))));
}

const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();

async function opened(bytes: Buffer | string) {
  return withFile(bytes, async (path) => {
    const book = await openSheets(path);
    const rows: string[][] = [];
    for await (const batch of book.sheets[0]!.rows()) rows.push(...batch.map((row) => row.cells));
    return { kind: book.kind, encoding: book.encoding, delimiter: book.delimiter, rows };
  });
}

const simplified = '档号,题名,责任者\n0001,关于印发县档案馆工作计划的通知,县人民政府办公室\n';
const traditional = '檔號,題名,責任者\n0001,關於印發縣檔案館工作計畫的通知,縣政府秘書處\n';
const rowsOfText = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));

describe('the encoding of a text file is told by its content', () => {
  test.each([
    ['utf-8', Buffer.from(simplified), simplified],
    ['utf-8', Buffer.from(`\ufeff${simplified}`), simplified],
    ['utf-16le', Buffer.from(`\ufeff${simplified}`, 'utf16le'), simplified],
    ['utf-16be', utf16be(`\ufeff${traditional}`), traditional],
    ['gb18030', encoder('gb18030')(simplified), simplified],
    ['gb18030', encoder('gb18030')(traditional), traditional],
    ['big5', encoder('big5')(traditional), traditional],
    ['gb18030', encoder('gb18030')('档号,题名\n'), '档号,题名\n'],
    ['big5', encoder('big5')('檔號,題名\n'), '檔號,題名\n'],
    ['windows-1252', Buffer.from('no,title\n1,Café à la crème\n', 'latin1'), 'no,title\n1,Café à la crème\n'],
  ])('%s', async (encoding, bytes, text) => {
    expect(await opened(bytes)).toMatchObject({ kind: 'csv', encoding, rows: rowsOfText(text) });
  });
  test('also where the first Chinese character comes late', async () => {
    const ascii = 'A,1\n'.repeat(200_000);
    const late = Buffer.concat([Buffer.from(ascii), encoder('gb18030')('县,档案\n')]);
    const { encoding, rows } = await opened(late);
    expect(encoding).toBe('gb18030');
    expect(rows.at(-1)).toEqual(['县', '档案']);
  });
  test('and a damaged character is shown as such and reported, not swallowed', async () => {
    const bytes = Buffer.concat([Buffer.from(simplified), Buffer.from([0x61, 0x2c, 0xe6, 0xa1, 0x0a])]);
    const rows = await rowsOf(bytes);
    expect(rows.at(-1)).toEqual({
      number: 3,
      cells: ['a', '\ufffd'],
      problems: [{ column: 1, code: 'undecodable' }],
    });
  });
  test('unless the caller says which it is', async () => {
    const rows = await rowsOf(Buffer.from('a\n\xe9\n', 'latin1'), { encoding: 'windows-1252' });
    expect(rows[1]!.cells).toEqual(['é']);
    await expect(rowsOf('a\n', { encoding: 'klingon' })).rejects.toMatchObject({
      code: 'sheet.unknownEncoding',
    });
  });
});

describe('the delimiter', () => {
  test.each([
    [',', 'a,b;x,c\n1,2,3\n'],
    [';', 'a;b;c\n1,5;2,5;3\n4;5;6\n'],
    ['\t', 'a\tb\n"1\t,x"\t2\n'],
    [',', 'title\nno delimiter at all\n'],
    [';', '"a,a";b\n'],
  ])('is told by what divides the rows evenly: %j', (delimiter, sample) => {
    expect(detectDelimiter(sample, true).delimiter).toBe(delimiter);
  });
  test('is the one a "sep=" line names, which is no row', async () => {
    expect((await opened('sep=|\na|b,c\n')).rows).toEqual([['a', 'b,c']]);
  });
});

describe('records', () => {
  test('keep leading zeros, quoted delimiters, doubled quotes and newlines', async () => {
    const { rows } = await opened('no,title\r\n0007,"a ""b"",\r\nc"\r\n"",last');
    expect(rows).toEqual([
      ['no', 'title'],
      ['0007', 'a "b",\r\nc'],
      ['', 'last'],
    ]);
  });
  test('are numbered as a spreadsheet program does, blank ones counted', async () => {
    expect(await rowsOf('a\n\n\nb,,\n,,\nc')).toEqual([
      { number: 1, cells: ['a'] },
      { number: 4, cells: ['b'] },
      { number: 6, cells: ['c'] },
    ]);
  });
  test('of old Macs end with a carriage return alone', async () => {
    expect((await opened('a,b\r1,2\r')).rows).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });
  test('show ="0007" as Excel does', async () => {
    expect((await opened('="0007","=""08""",=1+1\n')).rows).toEqual([['0007', '08', '=1+1']]);
  });
  test('with a stray quote are refused where it was opened', async () => {
    await expect(rowsOf('a,b\n1,"x\n2,y\n')).rejects.toMatchObject({
      code: 'sheet.unclosedQuote',
      detail: { row: 2 },
    });
    await expect(
      rowsOf(`a,b\n1,"${'x\n'.repeat(600)}`, { limits: { textCellLength: 1000 } }),
    ).rejects.toMatchObject({
      code: 'sheet.cellTooLong',
      detail: { row: 2, column: 'B' },
    });
  });
  test('may not have more columns or rows than the limits', async () => {
    await expect(rowsOf(`a\n${','.repeat(20_000)}x\n`)).rejects.toMatchObject({
      code: 'sheet.tooManyColumns',
      detail: { row: 2 },
    });
    await expect(rowsOf('a\n'.repeat(30), { limits: { textRows: 20 } })).rejects.toMatchObject({
      code: 'sheet.tooManyRows',
    });
  });
  test('come back as they were written, however the text is cut', () => {
    const field = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', '𠮷', '档', ' ') });
    const table = fc.array(fc.array(field, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(
        table,
        fc.array(fc.integer({ min: 1, max: 9 })),
        fc.constantFrom('\n', '\r\n', '\r'),
        (rows, sizes, end) => {
          const text =
            rows.map((row) => row.map((f) => `"${f.replaceAll('"', '""')}"`).join(',')).join(end) + end;
          const parser = new RecordParser(',', 1000, () => new Error('too long'));
          let at = 0;
          for (const size of sizes) {
            parser.write(text.slice(at, at + size));
            at += size;
          }
          parser.write(text.slice(at));
          parser.end();
          expect(parser.records).toEqual(rows);
        },
      ),
    );
  });
});

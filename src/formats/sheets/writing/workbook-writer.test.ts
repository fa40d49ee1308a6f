import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import fc from 'fast-check';
import { read } from 'hucre';
import { SaxesParser } from 'saxes';
import { afterAll, describe, expect, test } from 'vitest';
import { limitsWith } from '../limits.ts';
import { openSheets } from '../open.ts';
import { openContainer } from '../zip/container.ts';
import { type CellInput, createWorkbookWriter } from './workbook-writer.ts';

const folder = mkdtempSync(join(tmpdir(), 'lantai-writer-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const newPath = () => join(folder, `${++files}.xlsx`);

async function write(rows: CellInput[][], path = newPath()): Promise<string> {
  const book = createWorkbookWriter(path);
  const sheet = await book.sheet('表');
  await sheet.rows(rows);
  await book.finish();
  return path;
}

async function readBack(path: string): Promise<Map<number, string[]>> {
  const book = await openSheets(path);
  const rows = new Map<number, string[]>();
  for await (const batch of book.sheets[0]!.rows()) for (const row of batch) rows.set(row.number, row.cells);
  await book.close();
  return rows;
}

/** As the reader gives it: no trailing empty cells. */
function trimmed(row: CellInput[]): string[] {
  const cells = row.map((cell) => (cell === null || cell === undefined ? '' : String(cell)));
  while (cells.length > 0 && cells.at(-1) === '') cells.pop();
  return cells;
}

describe('a written workbook', () => {
  test('gives back every text as it was', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({
        unit: fc.constantFrom(
          '_',
          'x',
          '0',
          '4',
          '1',
          'A',
          '𠮷',
          '兰',
          '\r',
          '\n',
          '\t',
          '\u0001',
          '\uffff',
          '\ud800',
          '&',
          '<',
          ' ',
        ),
      }),
      fc.constantFrom(
        '0007',
        '=1+1',
        '+86',
        '-',
        '@x',
        '1E5',
        'TRUE',
        '_x0041_',
        '_x005F_x0041_',
        ' leading',
        "'quoted",
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(text, { maxLength: 5 }), { maxLength: 8 }), async (rows) => {
        const back = await readBack(await write(rows));
        rows.forEach((row, i) => {
          expect(back.get(i + 1) ?? []).toEqual(trimmed(row));
        });
      }),
      { numRuns: 60 },
    );
  });
  test('is read the same by another library, text as text and numbers as numbers', async () => {
    const path = await write([
      ['0007', '=1+1', 3.5, 42, null, '𠮷野\n家'],
      ['310101199001011234', 1e20, Number.NaN, '_x0041_&<>"'],
    ]);
    const { sheets } = await read(readFileSync(path));
    expect(sheets[0]!.rows[0]).toEqual(['0007', '=1+1', 3.5, 42, null, '𠮷野\n家']);
    expect(sheets[0]!.rows[1]!.slice(0, 4)).toEqual([
      '310101199001011234',
      '100000000000000000000',
      'NaN',
      '_x0041_&<>"',
    ]);
  });
  test('consists of well-formed parts, with a bold heading that stays in sight', async () => {
    const path = newPath();
    const book = createWorkbookWriter(path);
    const sheet = await book.sheet('退回', [{ heading: '档号 & <号>', width: 30 }, { heading: '原因' }]);
    await sheet.row(['a', 'b']);
    expect(sheet.rowCount).toBe(2);
    await book.finish();
    const container = await openContainer(path, limitsWith(undefined));
    const parts = new Map<string, string>();
    for (const name of container.names()) {
      const bytes: Buffer[] = [];
      for await (const chunk of container.part(name, 1e6)) bytes.push(chunk);
      const xml = Buffer.concat(bytes).toString();
      const parser = new SaxesParser({ xmlns: true });
      parser.on('error', (e) => {
        throw e;
      });
      parser.write(xml).close();
      parts.set(name, xml);
    }
    container.close();
    expect([...parts.keys()].sort()).toEqual([
      '[content_types].xml',
      '_rels/.rels',
      'xl/_rels/workbook.xml.rels',
      'xl/styles.xml',
      'xl/workbook.xml',
      'xl/worksheets/sheet1.xml',
    ]);
    expect(parts.get('xl/worksheets/sheet1.xml')).toMatch(
      /<pane ySplit="1".*<col min="1" max="1" width="30".*<c r="A1" s="1"/,
    );
  });
  test('has sheets with names Excel accepts, each unlike the others', async () => {
    const path = newPath();
    const book = createWorkbookWriter(path);
    const names: string[] = [];
    for (const name of ['案卷/目录', '案卷?目录', "'", '', 'x'.repeat(40), 'X'.repeat(40)])
      names.push((await book.sheet(name)).name);
    await book.finish();
    expect(names).toEqual([
      '案卷 目录',
      '案卷 目录 (2)',
      'Sheet',
      'Sheet (2)',
      'x'.repeat(31),
      `${'X'.repeat(27)} (2)`,
    ]);
    const again = await openSheets(path);
    expect(again.sheets.map((sheet) => sheet.name)).toEqual(names);
    await again.close();
  });
  test('goes to a stream as well, and waits for a slow one', async () => {
    const chunks: Buffer[] = [];
    const slow = new Writable({
      highWaterMark: 1000,
      write(chunk: Buffer, _encoding, done) {
        chunks.push(chunk);
        setImmediate(done);
      },
    });
    const book = createWorkbookWriter(slow);
    const sheet = await book.sheet('s');
    for (let i = 0; i < 5000; i++) await sheet.row([`题名${i * 7919}`, i]);
    await book.finish();
    const { sheets } = await read(Buffer.concat(chunks));
    expect(sheets[0]!.rows).toHaveLength(5000);
    expect(sheets[0]!.rows[4999]).toEqual(['题名39587081', 4999]);
  });
  test('is the same for the same content', async () => {
    expect(readFileSync(await write([['a', 1]]))).toEqual(readFileSync(await write([['a', 1]])));
  });
});

describe('writing is refused', () => {
  test('for a cell that would be cut, and says where', async () => {
    const book = createWorkbookWriter(newPath());
    const sheet = await book.sheet('长');
    await expect(sheet.row(['a', 'x'.repeat(32_768)])).rejects.toMatchObject({
      code: 'sheet.cellTooLong',
      detail: { sheet: '长', row: 1, column: 'B' },
    });
    await book.abandon();
  });
  test('by the failing target, without hanging', async () => {
    const book = createWorkbookWriter('/nowhere/at/all.xlsx');
    await expect(
      (async () => {
        const sheet = await book.sheet('s');
        for (let i = 0; i < 100_000; i++) await sheet.row([String(Math.random())]);
        await book.finish();
      })(),
    ).rejects.toMatchObject({ code: 'ENOENT' });
    const broken = createWorkbookWriter(
      new Writable({
        write(_chunk, _encoding, done) {
          done(new Error('disk full'));
        },
      }),
    );
    await expect(
      (async () => {
        await (await broken.sheet('s')).row(['a']);
        await broken.finish();
      })(),
    ).rejects.toThrow('disk full');
  });
});

import { describe, expect, test } from 'vitest';
import { openSheets } from '../open.ts';
import { buildWorkbook, firstRow, rowsOf, withFile } from '../testing/workbook-builder.ts';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

describe('cells', () => {
  test('show shared texts, the runs of rich text joined, phonetic readings left out', async () => {
    const texts =
      '<si><t>档号</t></si><si><r><rPr><b/></rPr><t>富</t></r><r><t xml:space="preserve"> 文本</t></r><rPh sb="0" eb="1"><t>フ</t></rPh></si><si/>';
    const rows =
      '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>0</v></c><c r="C1" t="s"><v>2</v></c><c r="D1"><v>1</v></c></row>';
    expect(await firstRow({ rows, texts })).toEqual(['富 文本', '档号', '', '1']);
  });
  test('show inline texts, with runs and without', async () => {
    const rows =
      '<row r="1"><c r="A1" t="inlineStr"><is><t>一</t></is></c><c r="B1" t="inlineStr"><is><r><t>二</t></r><r><t>三</t></r><rPh><t>x</t></rPh></is></c></row>';
    expect(await firstRow({ rows })).toEqual(['一', '二三']);
  });
  test('show what formulas gave: 0, truth values, errors and texts', async () => {
    const rows =
      '<row r="1"><c r="A1"><f>1-1</f><v>0</v></c><c r="B1" t="b"><f>1=2</f><v>0</v></c><c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="D1" t="str"><f>"0"&amp;7</f><v>07</v></c><c r="E1" t="b"><v>1</v></c></row>';
    expect(await firstRow({ rows })).toEqual(['0', 'FALSE', '#DIV/0!', '07', 'TRUE']);
  });
  test('report a formula whose result was never stored', async () => {
    const rows = '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><f>A2+1</f></c></row>';
    expect(await rowsOf(await buildWorkbook({ rows }))).toEqual([
      { number: 2, cells: ['1'], problems: [{ column: 1, code: 'uncalculated' }] },
    ]);
  });
  test('show numbers by the format of their style, and give dates in ISO form beside', async () => {
    const rows =
      '<row r="1"><c r="A1" s="1"><v>7</v></c><c r="B1" s="2"><v>45369</v></c><c r="C1" s="9"><v>5</v></c><c r="D1" s="3"><v>60</v></c></row>';
    const [row] = await rowsOf(
      await buildWorkbook({ rows, formats: ['0000', 'yyyy"年"m"月"d"日"', 'yyyy-mm-dd'] }),
    );
    expect(row!.cells).toEqual(['0007', '2024年3月18日', '5', '1900-02-29']);
    expect([...row!.dates!]).toEqual([
      [1, '2024-03-18'],
      [3, '1900-02-29'],
    ]);
  });
  test('count dates from 1904 where the workbook says so', async () => {
    const rows = '<row r="1"><c r="A1" s="1"><v>0</v></c></row>';
    const [row] = await rowsOf(await buildWorkbook({ rows, formats: ['yyyy-mm-dd'], date1904: true }));
    expect(row!.cells).toEqual(['1904-01-01']);
    expect(row!.dates!.get(0)).toBe('1904-01-01');
  });
  test('of type "d" hold ISO dates themselves', async () => {
    const rows =
      '<row r="1"><c r="A1" t="d"><v>2024-03-18T00:00:00Z</v></c><c r="B1" s="1" t="d"><v>2024-03-18</v></c></row>';
    const [row] = await rowsOf(await buildWorkbook({ rows, formats: ['yyyy"年"m"月"d"日"'] }));
    expect(row!.cells).toEqual(['2024-03-18T00:00:00Z', '2024年3月18日']);
    expect(row!.dates!.get(1)).toBe('2024-03-18');
  });
  test('resolve the escapes of the format', async () => {
    const texts = '<si><t>a_x000D_b _x005F_x0041_ _x4E2D_</t></si>';
    expect(await firstRow({ rows: '<row><c t="s"><v>0</v></c></row>', texts })).toEqual(['a\rb _x0041_ 中']);
  });
  test('of a merged area stand in its first cell alone', async () => {
    const rows =
      '<row r="1"><c r="A1" t="inlineStr"><is><t>合并</t></is></c><c r="B1"/><c r="C1"><v>1</v></c></row>';
    expect(await firstRow({ rows })).toEqual(['合并', '', '1']);
  });
});

describe('rows', () => {
  test('keep their numbers; empty ones are passed over and trailing empty cells left off', async () => {
    const rows =
      '<row r="3"><c r="B3"><v>1</v></c><c r="D3" s="1"/></row><row r="4"/><row r="9"><c r="A9"/></row><row r="12"><c r="A12"><v>2</v></c></row>';
    expect(await rowsOf(await buildWorkbook({ rows }))).toEqual([
      { number: 3, cells: ['', '1'] },
      { number: 12, cells: ['2'] },
    ]);
  });
  test('and cells without references follow one another', async () => {
    const rows =
      '<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c><v>3</v></c><c r="D3"><v>4</v></c><c><v>5</v></c></row><row><c r="B8"><v>6</v></c></row>';
    expect(await rowsOf(await buildWorkbook({ rows }))).toEqual([
      { number: 1, cells: ['1', '2'] },
      { number: 3, cells: ['3', '', '', '4', '5'] },
      { number: 8, cells: ['', '6'] },
    ]);
  });
  test('take cells that come late in their row, but not twice', async () => {
    const late = '<row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>3</v></c><c r="B1"><v>2</v></c></row>';
    expect(await firstRow({ rows: late })).toEqual(['1', '2', '3']);
    const twice = '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>3</v></c></row>';
    await expect(firstRow({ rows: twice })).rejects.toMatchObject({
      code: 'sheet.damaged',
      detail: { row: 1, column: 'A' },
    });
  });
  test('come in batches, again for each reading, and a reading may be broken off', async () => {
    const rows = Array.from(
      { length: 3000 },
      (_, i) => `<row r="${i + 1}"><c r="A${i + 1}" t="s"><v>${i}</v></c></row>`,
    ).join('');
    const texts = Array.from({ length: 3000 }, (_, i) => `<si><t>题${i}</t></si>`).join('');
    await withFile(await buildWorkbook({ rows, texts }), async (path) => {
      const book = await openSheets(path, { batchRows: 100 });
      const sheet = book.sheets[0]!;
      for await (const batch of sheet.rows()) {
        expect(batch.length).toBeGreaterThanOrEqual(100);
        expect(batch[0]).toEqual({ number: 1, cells: ['题0'] });
        break;
      }
      for (let turn = 0; turn < 2; turn++) {
        let last = '';
        let count = 0;
        for await (const batch of sheet.rows()) {
          count += batch.length;
          last = batch.at(-1)!.cells[0]!;
        }
        expect([count, last]).toEqual([3000, '题2999']);
        expect(sheet.progress()).toBe(1);
      }
      await book.close();
    });
  });
});

describe('workbooks', () => {
  test('may use prefixes, strict namespaces, absolute targets, other names and UTF-16', async () => {
    const strict = 'http://purl.oclc.org/ooxml';
    const rel = (id: string, type: string, target: string) =>
      `<p:Relationship Id="${id}" Type="${strict}/officeDocument/relationships/${type}" Target="${target}"/>`;
    const relations = (inner: string) => `<p:Relationships xmlns:p="x">${inner}</p:Relationships>`;
    const parts = {
      '_rels/.rels': relations(rel('a', 'officeDocument', '/Book/Main.xml')),
      'Book/Main.xml': `<x:workbook xmlns:x="${strict}/spreadsheetml/main" xmlns:q="y"><x:sheets><x:sheet name="卷内&amp;目录" sheetId="4" state="veryHidden" q:id="s"/><x:sheet name="图" sheetId="5" q:id="c"/></x:sheets></x:workbook>`,
      'Book/_rels/Main.xml.rels': relations(
        rel('s', 'worksheet', '../Sheets/One.xml') +
          rel('c', 'chartsheet', 'chart.xml') +
          rel('t', 'sharedStrings', '/texts.xml'),
      ),
      'sheets/one.xml': Buffer.from(
        '\ufeff<x:worksheet xmlns:x="z"><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c></x:row></x:sheetData><x:extLst><x:ext><x14:x xmlns:x14="w"><x:sheetData><x:row/></x:sheetData></x14:x></x:ext></x:extLst></x:worksheet>',
        'utf16le',
      ),
      'texts.xml': '<sst><si><t>甲</t></si></sst>',
      'xl/workbook.xml': null,
      'xl/_rels/workbook.xml.rels': null,
      'xl/worksheets/sheet1.xml': null,
    };
    await withFile(await buildWorkbook({ parts }), async (path) => {
      const book = await openSheets(path);
      expect(book.kind).toBe('xlsx');
      expect(book.sheets.map(({ name, hidden }) => [name, hidden])).toEqual([['卷内&目录', true]]);
      for await (const batch of book.sheets[0]!.rows()) expect(batch).toEqual([{ number: 1, cells: ['甲'] }]);
      await book.close();
    });
  });
  test('need neither relations nor a list of content types', async () => {
    const parts = { '[Content_Types].xml': null, '_rels/.rels': null, 'xl/_rels/workbook.xml.rels': null };
    expect(
      await firstRow({ rows: '<row><c t="s"><v>0</v></c></row>', texts: '<si><t>a</t></si>', parts }),
    ).toEqual(['a']);
  });
  test('may hold DTD-free comments, CDATA and processing instructions anywhere', async () => {
    const sheet = `<?xml version="1.0"?><!-- x --><worksheet xmlns="${MAIN}"><?y z?><sheetData><row><!-- <row> --><c t="str"><v><![CDATA[<a>]]>b</v></c></row></sheetData></worksheet><!-- end -->`;
    expect(await firstRow({ parts: { 'xl/worksheets/sheet1.xml': sheet } })).toEqual(['<a>b']);
  });
});

import { describe, expect, test } from 'vitest';
import { buildWorkbook, rowsOf, withFile } from '../testing/workbook-builder.ts';
import { readInWorker } from './read-in-worker.ts';

const rows = Array.from(
  { length: 4000 },
  (_, i) =>
    `<row r="${i + 1}"><c r="A${i + 1}" s="1"><v>${i + 40_000}</v></c><c r="C${i + 1}" t="s"><v>${i % 3}</v></c></row>`,
).join('');
const spec = { rows, texts: '<si><t>永久</t></si><si><t>𠮷</t></si><si><t/></si>', formats: ['yyyy-mm-dd'] };

describe('reading in a thread of its own', () => {
  test('gives the same rows, sheet by sheet and again', async () => {
    const bytes = await buildWorkbook(spec);
    const expected = await rowsOf(bytes);
    await withFile(bytes, async (path) => {
      const book = await readInWorker(path, { batchRows: 100 });
      expect(book.kind).toBe('xlsx');
      expect(book.sheets.map((sheet) => sheet.name)).toEqual(['S']);
      for (let turn = 0; turn < 2; turn++) {
        const got = [];
        for await (const batch of book.sheets[0]!.rows()) got.push(...batch);
        expect(got).toEqual(expected);
        expect(book.sheets[0]!.progress()).toBe(1);
      }
      for await (const batch of book.sheets[0]!.rows()) {
        expect(batch[0]).toEqual(expected[0]);
        break;
      }
      await book.close();
    });
  });
  test('refuses what would be refused without it, with the same code and place', async () => {
    await withFile('', async (path) => {
      await expect(readInWorker(path)).rejects.toMatchObject({ name: 'Refusal', code: 'sheet.empty' });
    });
    await withFile(await buildWorkbook({ rows: '<row r="2"><c r="XFE2"/></row>' }), async (path) => {
      const book = await readInWorker(path);
      await expect(book.sheets[0]!.rows().next()).rejects.toMatchObject({
        name: 'Refusal',
        code: 'sheet.tooManyColumns',
        detail: { sheet: 'S', row: 2, column: 'XFE' },
      });
      await book.close();
      await expect(book.sheets[0]!.rows().next()).rejects.toThrow(/ended/);
    });
  });
  test('ends a reading that waits when the book is closed', async () => {
    await withFile(await buildWorkbook(spec), async (path) => {
      const book = await readInWorker(path, { batchRows: 10 });
      const reading = book.sheets[0]!.rows();
      await reading.next();
      await book.close();
      await expect(
        (async () => {
          for await (const batch of reading) expect(batch.length).toBeGreaterThan(0);
        })(),
      ).rejects.toThrow(/ended/);
    });
  });
});

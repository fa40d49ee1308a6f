/**
 * One case of bench/sheets.ts in a process of its own, so that its peak of memory is its own.
 * Called as `node sheet-case.ts CASE FILE ROWS`; prints one line of JSON.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Readable, Writable } from 'node:stream';
import { streamXlsxRows, writeXlsxStream } from 'hucre';
import { createWorkbookWriter, openSheets, readInWorker, type SheetBook } from '#formats/sheets';
import { buildShared } from './sheet-file.ts';
import { sheetRow } from './sheet-rows.ts';

interface Outcome {
  rows: number;
  characters: number;
}

async function readAll(book: SheetBook): Promise<Outcome> {
  let rows = 0;
  let characters = 0;
  for await (const batch of book.sheets[0]!.rows()) {
    rows += batch.length;
    for (const { cells } of batch) for (const cell of cells) characters += cell.length;
  }
  await book.close();
  return { rows, characters };
}

async function readByHucre(input: Uint8Array | ReadableStream<Uint8Array>): Promise<Outcome> {
  let rows = 0;
  let characters = 0;
  for await (const { values } of streamXlsxRows(input)) {
    rows++;
    for (const value of values) if (value !== null) characters += String(value).length;
  }
  return { rows, characters };
}

async function write(path: string, rows: number): Promise<Outcome> {
  const book = createWorkbookWriter(path);
  const sheet = await book.sheet('目录');
  let characters = 0;
  for (let n = 0; n < rows; n++) {
    const cells = sheetRow(n);
    for (const cell of cells) characters += cell.length;
    await sheet.row(cells);
  }
  await book.finish();
  return { rows, characters };
}

async function writeByHucre(path: string, rows: number): Promise<Outcome> {
  let characters = 0;
  const source = function* () {
    for (let n = 0; n < rows; n++) {
      const cells = sheetRow(n);
      for (const cell of cells) characters += cell.length;
      yield cells;
    }
  };
  await writeXlsxStream(source(), { name: '目录' }).pipeTo(Writable.toWeb(createWriteStream(path)));
  return { rows, characters };
}

function stream(path: string): ReadableStream<Uint8Array> {
  return Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>;
}

const CASES: Record<string, (path: string, rows: number) => Promise<Outcome>> = {
  write,
  writeByHucre,
  buildShared,
  read: async (path) => readAll(await openSheets(path)),
  readInWorker: async (path) => readAll(await readInWorker(path)),
  readByHucre: async (path) => readByHucre(stream(path)),
  // From a stream hucre gives no shared texts when they follow the sheet, as they do in files of Excel.
  readWholeByHucre: async (path) => readByHucre(await readFile(path)),
};

const [name, path, rows] = process.argv.slice(2);
const started = performance.now();
const outcome = await CASES[name!]!(path!, Number(rows));
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage();
const peakMiB = Math.round(process.resourceUsage().maxRSS / 1024);
console.log(JSON.stringify({ ...outcome, seconds, cpuSeconds: (user + system) / 1e6, peakMiB }));

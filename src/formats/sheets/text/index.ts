import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { SheetLimits } from '../limits.ts';
import { refuse } from '../refusals.ts';
import type { CellProblem, OpenOptions, SheetBook, SheetRow } from '../types.ts';
import { detectDelimiter } from './delimiter.ts';
import { detectEncoding } from './encoding.ts';
import { RecordParser } from './record-parser.ts';

const CHUNK = 256 * 1024;

/** Decoded text from the start of the file. Bytes that are no text become U+FFFD, which the rows report. */
async function* decoded(
  path: string,
  encoding: string,
  onBytes: (done: number) => void,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  const stream = createReadStream(path, { highWaterMark: CHUNK });
  let done = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    done += chunk.length;
    onBytes(done);
    yield decoder.decode(chunk, { stream: true });
  }
  yield decoder.decode();
}

/** Opens a delimited text file; it has one sheet. @throws Refusal `sheet.*` */
export async function openText(path: string, options: OpenOptions, limits: SheetLimits): Promise<SheetBook> {
  const encoding = options.encoding ? chosen(options.encoding) : await detectEncoding(path);
  const { size } = await stat(path);
  let sample = '';
  for await (const text of decoded(path, encoding, () => {})) {
    sample += text;
    if (sample.length >= CHUNK / 4) break;
  }
  refuseMarkup(sample);
  if (sample.trim() === '' && size < CHUNK) throw refuse('empty', 'the file is empty.');
  const detected = detectDelimiter(sample, sample.length < CHUNK / 4);
  const delimiter = options.delimiter ?? detected.delimiter;
  let progress = 0;
  return {
    kind: 'csv',
    encoding,
    delimiter,
    sheets: [
      {
        index: 0,
        name: '',
        hidden: false,
        progress: () => progress,
        rows() {
          const text = decoded(path, encoding, (done) => {
            progress = done / size;
          });
          return readTextRows(text, delimiter, detected.skip, encoding, limits, options.batchRows ?? 500);
        },
      },
    ],
    async close() {},
  };
}

function chosen(name: string): string {
  try {
    return new TextDecoder(name).encoding;
  } catch (cause) {
    throw refuse('unknownEncoding', `"${name}" is no text encoding known here.`, {}, { name }, cause);
  }
}

/** Web pages and XML saved under the name of a spreadsheet, as many record systems export them. */
function refuseMarkup(sample: string): void {
  const start = sample.slice(0, 2000).trimStart().toLowerCase();
  if (start.startsWith('%pdf-') || start.startsWith('{\\rtf')) {
    throw refuse('notASpreadsheet', 'the file is a text document, not a spreadsheet.');
  }
  if (start.startsWith('<?xml') && start.includes('urn:schemas-microsoft-com:office:spreadsheet')) {
    throw refuse(
      'unsupportedFormat',
      'the file is an XML spreadsheet of 2003: save it as .xlsx and try again.',
    );
  }
  if (/^<(!doctype html|html|head|body|table|meta|script)\b/.test(start)) {
    throw refuse(
      'unsupportedFormat',
      'the file is a web page under the name of a spreadsheet: open it in a spreadsheet program, save it as .xlsx and try again.',
    );
  }
  if (/^<(\?xml|!doctype|!--)/.test(start))
    throw refuse('notASpreadsheet', 'the file is XML, not a spreadsheet.');
}

/** `="0007"` is how systems make Excel keep leading zeros in a text file; Excel shows 0007. */
function shown(field: string): string {
  if (field.charCodeAt(0) !== 61) return field;
  const match = /^="((?:[^"]|"")*)"$/.exec(field);
  return match ? match[1]!.replaceAll('""', '"') : field;
}

function toRow(number: number, fields: string[], limits: SheetLimits): SheetRow | undefined {
  if (fields.length > limits.columns) {
    throw refuse(
      'tooManyColumns',
      `a row may have ${limits.columns} columns.`,
      { row: number },
      { most: limits.columns },
    );
  }
  let problems: CellProblem[] | undefined;
  let last = 0;
  for (let column = 0; column < fields.length; column++) {
    const field = shown(fields[column]!);
    fields[column] = field;
    if (field === '') continue;
    last = column + 1;
    if (field.includes('\uFFFD')) {
      problems ??= [];
      problems.push({ column, code: 'undecodable' });
    }
  }
  if (last === 0) return undefined;
  fields.length = last;
  return problems ? { number, cells: fields, problems } : { number, cells: fields };
}

async function* readTextRows(
  text: AsyncIterable<string>,
  delimiter: string,
  skip: number,
  encoding: string,
  limits: SheetLimits,
  batchRows: number,
): AsyncGenerator<SheetRow[], void, undefined> {
  const parser = new RecordParser(delimiter, limits.textCellLength, (row, column, quoted) =>
    refuse(
      'cellTooLong',
      `a cell may hold ${limits.textCellLength} characters, this one holds more${quoted ? '; probably a quotation mark is not closed' : ''}.`,
      { row, column },
      { encoding, most: limits.textCellLength },
    ),
  );
  let number = 0;
  let batch: SheetRow[] = [];
  let cells = 0;
  const take = (): void => {
    const { records } = parser;
    parser.records = [];
    for (const fields of records) {
      number++;
      if (number > limits.textRows)
        throw refuse(
          'tooManyRows',
          `a text file may have ${limits.textRows} rows.`,
          { row: number },
          { most: limits.textRows },
        );
      cells += fields.length;
      if (cells > limits.cells)
        throw refuse(
          'tooManyCells',
          `the file spans more than ${limits.cells} cells.`,
          { row: number },
          { most: limits.cells },
        );
      const row = toRow(number, fields, limits);
      if (row) batch.push(row);
    }
  };
  let toSkip = skip;
  for await (const piece of text) {
    parser.write(toSkip > 0 ? piece.slice(toSkip) : piece);
    toSkip = Math.max(0, toSkip - piece.length);
    if (parser.width > limits.columns) {
      throw refuse(
        'tooManyColumns',
        `a row may have ${limits.columns} columns.`,
        { row: number + 1 },
        { most: limits.columns },
      );
    }
    take();
    if (batch.length >= batchRows) {
      yield batch;
      batch = [];
    }
  }
  if (parser.insideQuote) {
    throw refuse(
      'unclosedQuote',
      'a quotation mark opened here is never closed, so the rest of the file can not be told apart.',
      {
        row: parser.quoteOpenedIn,
      },
    );
  }
  parser.end();
  take();
  if (batch.length > 0) yield batch;
}

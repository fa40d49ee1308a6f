import { createWriteStream } from 'node:fs';
import { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { columnLetters } from '../columns.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import { refuse } from '../refusals.ts';
import { ZipWriter } from '../zip/writer.ts';
import * as parts from './parts.ts';
import { sheetNames } from './sheet-names.ts';
import { cellText } from './xml-text.ts';

/** A cell to write. Text stays text whatever it looks like; a number is a number; null and '' leave it empty. */
export type CellInput = string | number | null | undefined;

export interface ColumnInput {
  heading: string;
  /** In characters, as Excel counts. Default 16. */
  width?: number;
}

export interface SheetWriter {
  /** The name the sheet was given: made fit for Excel and unlike its sisters. */
  readonly name: string;
  /** Rows written so far, the heading included. */
  readonly rowCount: number;
  row(cells: readonly CellInput[]): Promise<void>;
  rows(rows: Iterable<readonly CellInput[]>): Promise<void>;
}

export interface WorkbookWriter {
  /** Begins a sheet, ending the one before. With columns it has a bold heading row that stays in sight. */
  sheet(name: string, columns?: readonly ColumnInput[]): Promise<SheetWriter>;
  /** Completes the file. Resolves when it is all written (and, for a path, closed). */
  finish(): Promise<void>;
  /** Gives up: closes what is open. The file is no workbook then; removing it is the caller's business. */
  abandon(): Promise<void>;
}

export interface WriterOptions {
  /** Deflate level 1 to 9. Default 3: twice as fast as 6 and some 10 % larger. */
  level?: number;
}

/** Text handed to the packer at a time, in characters. */
const PIECE = 128 * 1024;
const DEFAULT_WIDTH = 16;
/** A whole number Excel shows without loss. */
const MOST_EXACT = 1e15;

/**
 * Writes an .xlsx workbook front to back in constant memory. Text is always stored inline as text, so nothing is
 * taken for a formula, a date or a number, and leading zeros stay.
 *
 * @param target a path (overwritten) or a stream (ended by `finish`)
 * @throws Refusal `sheet.tooManyRows`, `sheet.tooManyColumns`, `sheet.cellTooLong`, `sheet.tooLarge` from its methods
 */
export function createWorkbookWriter(target: string | Writable, options: WriterOptions = {}): WorkbookWriter {
  const stream = target instanceof Writable ? target : createWriteStream(target);
  const zip = new ZipWriter(stream, options.level ?? 3);
  const names = sheetNames();
  let current: OpenSheet | undefined;
  return {
    async sheet(name, columns = []) {
      await current?.end();
      current = new OpenSheet(zip, names.add(name));
      await current.begin(names.list.length, columns);
      return current;
    },
    async finish() {
      if (!current) await this.sheet('');
      await current!.end();
      await part(zip, 'xl/styles.xml', parts.styles());
      await part(zip, 'xl/workbook.xml', parts.workbook(names.list));
      await part(zip, 'xl/_rels/workbook.xml.rels', parts.workbookRelations(names.list.length));
      await part(zip, '_rels/.rels', parts.rootRelations());
      await part(zip, '[Content_Types].xml', parts.contentTypes(names.list.length));
      await zip.finish();
      stream.end();
      await finished(stream, { readable: false });
    },
    async abandon() {
      zip.abandon();
      stream.destroy();
      await finished(stream, { readable: false }).catch(() => {});
    },
  };
}

async function part(zip: ZipWriter, name: string, xml: string): Promise<void> {
  await zip.begin(name);
  await zip.write(xml);
  await zip.end();
}

class OpenSheet implements SheetWriter {
  readonly name: string;
  readonly #zip: ZipWriter;
  #rowCount = 0;
  #pending = '';

  constructor(zip: ZipWriter, name: string) {
    this.#zip = zip;
    this.name = name;
  }

  get rowCount(): number {
    return this.#rowCount;
  }

  async begin(number: number, columns: readonly ColumnInput[]): Promise<void> {
    await this.#zip.begin(`xl/worksheets/sheet${number}.xml`);
    const widths = columns.map((column) => column.width ?? DEFAULT_WIDTH);
    this.#pending = parts.sheetStart(widths, columns.length > 0);
    if (columns.length > 0)
      this.#add(
        columns.map((column) => column.heading),
        parts.STYLE.heading,
      );
  }

  async row(cells: readonly CellInput[]): Promise<void> {
    this.#add(cells, parts.STYLE.text);
    if (this.#pending.length >= PIECE) await this.#flush();
  }

  async rows(rows: Iterable<readonly CellInput[]>): Promise<void> {
    for (const cells of rows) {
      this.#add(cells, parts.STYLE.text);
      if (this.#pending.length >= PIECE) await this.#flush();
    }
  }

  async end(): Promise<void> {
    this.#pending += parts.SHEET_END;
    await this.#flush();
    await this.#zip.end();
  }

  async #flush(): Promise<void> {
    const text = this.#pending;
    this.#pending = '';
    await this.#zip.write(text);
  }

  #add(cells: readonly CellInput[], textStyle: number): void {
    if (this.#rowCount >= DEFAULT_LIMITS.rows) {
      throw refuse(
        'tooManyRows',
        `a sheet may have ${DEFAULT_LIMITS.rows} rows: divide the table.`,
        { sheet: this.name },
        { most: DEFAULT_LIMITS.rows },
      );
    }
    if (cells.length > DEFAULT_LIMITS.columns) {
      throw refuse(
        'tooManyColumns',
        `a sheet may have ${DEFAULT_LIMITS.columns} columns.`,
        { sheet: this.name },
        { most: DEFAULT_LIMITS.columns },
      );
    }
    const number = this.#rowCount + 1;
    let xml = `<row r="${number}">`;
    for (let column = 0; column < cells.length; column++) {
      const value = cells[column];
      if (value === null || value === undefined || value === '') continue;
      const place = `${letters(column)}${number}`;
      if (typeof value === 'number' && isExact(value)) {
        xml += `<c r="${place}"><v>${value}</v></c>`;
        continue;
      }
      const text = String(value);
      if (text.length > DEFAULT_LIMITS.cellLength) {
        throw refuse(
          'cellTooLong',
          `a cell may hold ${DEFAULT_LIMITS.cellLength} characters, this one would hold ${text.length}.`,
          {
            sheet: this.name,
            row: number,
            column,
          },
          { most: DEFAULT_LIMITS.cellLength },
        );
      }
      xml += `<c r="${place}" s="${textStyle}" t="inlineStr"><is><t xml:space="preserve">${cellText(text)}</t></is></c>`;
    }
    this.#pending += `${xml}</row>`;
    this.#rowCount = number;
  }
}

/** Numbers Excel would round, and those it does not know, are written as text instead. */
function isExact(value: number): boolean {
  return Number.isFinite(value) && (!Number.isInteger(value) || Math.abs(value) < MOST_EXACT);
}

const LETTERS: string[] = [];

function letters(column: number): string {
  const known = LETTERS[column];
  if (known !== undefined) return known;
  const made = columnLetters(column);
  LETTERS[column] = made;
  return made;
}

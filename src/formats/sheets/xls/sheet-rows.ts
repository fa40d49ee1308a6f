import type { SheetLimits } from '../limits.ts';
import { generalNumber } from '../numbers/general.ts';
import { damaged } from '../refusals.ts';
import type { SheetRow } from '../types.ts';
import { RowBuilder } from '../xlsx/row-builder.ts';
import type { OldSheet, OldWorkbook } from './globals.ts';
import { type BiffRecord, biffRecords, decodeRk, RECORD, RecordReader } from './records.ts';

const ERRORS: Readonly<Record<number, string>> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
};

interface OldCell {
  column: number;
  text: string;
  date?: string;
}

/** The cells of one sheet, gathered row by row: the format stores them in blocks, not in reading order. */
class CellCollector {
  readonly rows = new Map<number, OldCell[]>();
  readonly #book: OldWorkbook;
  readonly #sheet: OldSheet;
  /** A formula whose text result stands in a record of its own. */
  #awaiting: { row: number; column: number; style: number } | undefined;

  constructor(book: OldWorkbook, sheet: OldSheet) {
    this.#book = book;
    this.#sheet = sheet;
  }

  take(record: BiffRecord): void {
    const reader = new RecordReader(record);
    if (record.id === RECORD.string) {
      const { row, column, style } = this.#awaiting ?? { row: -1, column: 0, style: 0 };
      this.#awaiting = undefined;
      if (row >= 0) this.#text(row, column, style, this.#book.text(reader, 2));
      return;
    }
    if (!CELLS.has(record.id)) return;
    const row = reader.u16();
    let column = reader.u16();
    if (record.id === RECORD.multipleRk) {
      for (let left = Math.floor((record.data.length - 6) / 6); left > 0; left--) {
        const style = reader.u16();
        this.#number(row, column++, style, decodeRk(reader.u32()));
      }
      return;
    }
    const style = reader.u16();
    if (record.id === RECORD.labelShared) this.#shared(row, column, style, reader.u32());
    else if (record.id === RECORD.label || record.id === RECORD.richString) {
      this.#text(row, column, style, this.#book.text(reader, 2));
    } else if (record.id === RECORD.number) this.#number(row, column, style, reader.f64());
    else if (record.id === RECORD.rk) this.#number(row, column, style, decodeRk(reader.u32()));
    else if (record.id === RECORD.boolOrError) {
      const value = reader.u8();
      this.#add(row, { column, text: reader.u8() === 1 ? error(value) : bool(value) });
    } else this.#formula(row, column, style, reader.bytes(8));
  }

  #formula(row: number, column: number, style: number, result: Buffer): void {
    if (result.readUInt16LE(6) !== 0xffff) this.#number(row, column, style, result.readDoubleLE(0));
    else if (result[0] === 0) this.#awaiting = { row, column, style };
    else if (result[0] === 1) this.#add(row, { column, text: bool(result[2]!) });
    else if (result[0] === 2) this.#add(row, { column, text: error(result[2]!) });
  }

  #shared(row: number, column: number, style: number, index: number): void {
    const text = this.#book.texts[index];
    if (text === undefined) {
      throw damaged(`a cell refers to text number ${index + 1}, which the file does not hold`, {
        sheet: this.#sheet.name,
        row: row + 1,
        column,
      });
    }
    this.#text(row, column, style, text);
  }

  #text(row: number, column: number, style: number, text: string): void {
    const format = this.#book.styles(style);
    this.#add(row, { column, text: format.text ? format.text(text) : text });
  }

  #number(row: number, column: number, style: number, value: number): void {
    const format = this.#book.styles(style);
    if (format.general) this.#add(row, { column, text: generalNumber(value) });
    else {
      const stored = String(value);
      this.#add(row, { column, text: format.number(stored), date: format.date?.(stored) });
    }
  }

  #add(row: number, cell: OldCell): void {
    if (cell.text === '') return;
    const cells = this.rows.get(row);
    if (cells) cells.push(cell);
    else this.rows.set(row, [cell]);
  }
}

const CELLS: ReadonlySet<number> = new Set([
  RECORD.labelShared,
  RECORD.label,
  RECORD.richString,
  RECORD.number,
  RECORD.rk,
  RECORD.multipleRk,
  RECORD.boolOrError,
  RECORD.formula,
]);

function bool(value: number): string {
  return value === 0 ? 'FALSE' : 'TRUE';
}

function error(code: number): string {
  return ERRORS[code] ?? '#ERROR!';
}

/** The rows of one sheet, in order. */
export function readOldSheet(
  stream: Buffer,
  book: OldWorkbook,
  sheet: OldSheet,
  limits: SheetLimits,
): SheetRow[] {
  const collector = new CellCollector(book, sheet);
  let depth = 0;
  for (const record of biffRecords(stream, sheet.position)) {
    // Charts on the sheet are nested streams with cells of their own.
    if (record.id === RECORD.begin) depth++;
    else if (depth === 0) throw damaged('the contents of this sheet are missing', { sheet: sheet.name });
    else if (record.id === RECORD.end) {
      depth--;
      if (depth === 0) break;
    } else if (depth === 1) collector.take(record);
  }
  if (depth > 0) throw damaged('this sheet breaks off in the middle', { sheet: sheet.name });
  const builder = new RowBuilder(sheet.name, limits);
  for (const row of [...collector.rows.keys()].sort((a, b) => a - b)) {
    builder.begin(row + 1);
    for (const cell of collector.rows.get(row)!.sort((a, b) => a.column - b.column)) {
      builder.put(cell.column, cell.text);
      if (cell.date !== undefined) builder.date(cell.column, cell.date);
    }
    builder.end();
  }
  return builder.take();
}

import type { SheetLimits } from '../limits.ts';
import { damaged, refuse } from '../refusals.ts';
import type { CellProblem, SheetRow } from '../types.ts';

/**
 * Collects the cells of one sheet into rows, in reading order, and holds the file to the bounds of a sheet.
 * Shared by the .xlsx and .xls readers.
 */
export class RowBuilder {
  readonly sheet: string;
  readonly #limits: SheetLimits;
  #rows: SheetRow[] = [];
  #cells: string[] = [];
  #number = 0;
  /** Columns of the present row that have been put, in that order. */
  readonly #filled: number[] = [];
  #dates: Map<number, string> | undefined;
  #problems: CellProblem[] | undefined;
  #total = 0;

  constructor(sheet: string, limits: SheetLimits) {
    this.sheet = sheet;
    this.#limits = limits;
  }

  /** Complete rows waiting to be taken. */
  get waiting(): number {
    return this.#rows.length;
  }

  get rowNumber(): number {
    return this.#number;
  }

  /** The column after the last one put. */
  get nextColumn(): number {
    return (this.#filled.at(-1) ?? -1) + 1;
  }

  /** @param number 1-based; must rise from row to row */
  begin(number: number): void {
    if (number <= this.#number)
      throw damaged('its rows are out of order', { sheet: this.sheet, row: number });
    if (number > this.#limits.rows) {
      throw refuse(
        'tooManyRows',
        `a sheet may have ${this.#limits.rows} rows; divide the file.`,
        { sheet: this.sheet, row: number },
        { most: this.#limits.rows },
      );
    }
    this.#number = number;
  }

  /**
   * Puts a cell into the present row. Columns rise in what spreadsheet programs write; some other writers append
   * late ones at the end of the row, which does no harm as long as no cell is there twice.
   */
  put(column: number, text: string): void {
    const cells = this.#cells;
    if (text.length > this.#limits.cellLength) throw this.tooLong(column);
    if (column < cells.length) {
      if (this.#filled.includes(column)) throw damaged('this cell is there twice', this.place(column));
      cells[column] = text;
    } else {
      if (column >= this.#limits.columns) throw this.#tooWide(column);
      for (let gap = cells.length; gap < column; gap++) cells.push('');
      cells.push(text);
    }
    this.#filled.push(column);
  }

  date(column: number, iso: string): void {
    this.#dates ??= new Map();
    this.#dates.set(column, iso);
  }

  problem(column: number, code: CellProblem['code']): void {
    this.#problems ??= [];
    this.#problems.push({ column, code });
  }

  /** Ends the present row. */
  end(): void {
    const cells = this.#cells;
    this.#total += cells.length;
    if (this.#total > this.#limits.cells) {
      throw refuse(
        'tooManyCells',
        `the sheet spans more than ${this.#limits.cells} cells.`,
        { sheet: this.sheet, row: this.#number },
        { most: this.#limits.cells },
      );
    }
    const row: SheetRow = { number: this.#number, cells };
    if (this.#dates) row.dates = this.#dates;
    if (this.#problems) row.problems = this.#problems;
    this.#rows.push(row);
    this.#cells = [];
    this.#filled.length = 0;
    this.#dates = undefined;
    this.#problems = undefined;
  }

  /** Hands over the complete rows, without trailing empty cells and without rows that hold nothing. */
  take(): SheetRow[] {
    const taken = this.#rows;
    this.#rows = [];
    let kept = 0;
    for (const row of taken) {
      const { cells } = row;
      let last = cells.length;
      while (last > 0 && cells[last - 1] === '') last--;
      if (last < cells.length) cells.length = last;
      if (last > 0 || row.problems) taken[kept++] = row;
    }
    taken.length = kept;
    return taken;
  }

  /** The rows before they are taken, for texts that become known later. */
  row(index: number): SheetRow {
    return this.#rows[index]!;
  }

  place(column?: number) {
    return { sheet: this.sheet, row: this.#number, column };
  }

  tooLong(column: number): Error {
    return refuse(
      'cellTooLong',
      `a cell may hold ${this.#limits.cellLength} characters, this one holds more.`,
      this.place(column),
      { most: this.#limits.cellLength },
    );
  }

  #tooWide(column: number): Error {
    return refuse('tooManyColumns', `a sheet may have ${this.#limits.columns} columns.`, this.place(column), {
      most: this.#limits.columns,
    });
  }
}

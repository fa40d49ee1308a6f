import type { CellProblem, SheetRow } from '../types.ts';

/**
 * A batch of rows as few large values: passing a message costs by the number of values in it, so all text goes
 * as one string with the lengths of its cells beside it (measured: a third of the time of cloning the rows).
 */
export interface PackedRows {
  numbers: Int32Array;
  /** Cells per row. */
  widths: Int32Array;
  /** Characters per cell. */
  lengths: Int32Array;
  text: string;
  /** Row within the batch, column, ISO date. */
  dates: [number, number, string][];
  problems: [number, CellProblem[]][];
}

export function packRows(rows: readonly SheetRow[]): PackedRows {
  const numbers = new Int32Array(rows.length);
  const widths = new Int32Array(rows.length);
  let cellCount = 0;
  for (const row of rows) cellCount += row.cells.length;
  const lengths = new Int32Array(cellCount);
  const dates: PackedRows['dates'] = [];
  const problems: PackedRows['problems'] = [];
  const texts: string[] = [];
  let cell = 0;
  rows.forEach((row, index) => {
    numbers[index] = row.number;
    widths[index] = row.cells.length;
    for (const text of row.cells) lengths[cell++] = text.length;
    texts.push(row.cells.join(''));
    row.dates?.forEach((iso, column) => {
      dates.push([index, column, iso]);
    });
    if (row.problems) problems.push([index, row.problems]);
  });
  return { numbers, widths, lengths, text: texts.join(''), dates, problems };
}

export function unpackRows(packed: PackedRows): SheetRow[] {
  const { numbers, widths, lengths, text } = packed;
  const rows: SheetRow[] = [];
  let cell = 0;
  let at = 0;
  for (let index = 0; index < numbers.length; index++) {
    const cells: string[] = [];
    for (let left = widths[index]!; left > 0; left--) {
      const to = at + lengths[cell++]!;
      cells.push(to === at ? '' : text.slice(at, to));
      at = to;
    }
    rows.push({ number: numbers[index]!, cells });
  }
  for (const [index, column, iso] of packed.dates) {
    const row = rows[index]!;
    row.dates ??= new Map();
    row.dates.set(column, iso);
  }
  for (const [index, problems] of packed.problems) rows[index]!.problems = problems;
  return rows;
}

import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import type { Cells } from './clipboard.ts';
import { type Block, blockOf, type Range, type Spot } from './range.ts';
import { type GridColumn, type GridProps, ROW_HEIGHT } from './types.ts';

export interface Written {
  spot: Spot;
  text: string;
}

/** Where one stands in a grid, how far the range goes, and the cell that is written. */
export interface CellsState<Row> {
  range: Range;
  block: Block;
  written: Written | undefined;
  go: (next: Range) => void;
  /** Begins to write a cell, with what it says or with what was typed. */
  open: (spot: Spot, text?: string) => void;
  type: (text: string) => void;
  /** Ends the writing. @param next where to stand then; absent: the keyboard went elsewhere by itself */
  close: (write: boolean, next?: Range) => void;
  beside: (spot: Spot, rowsOn: number, columnsOn: number) => Range;
  /** The texts of the range. */
  cellsOf: () => Cells;
  columnAt: (spot: Spot) => GridColumn<Row> | undefined;
}

export function useCells<Row>(
  props: GridProps<Row>,
  box: RefObject<HTMLElement | null>,
  body: RefObject<HTMLElement | null>,
): CellsState<Row> {
  const { columns, rows, idOf, editing } = props;
  const [range, setRange] = useState<Range>({ at: { row: 0, column: 0 }, from: { row: 0, column: 0 } });
  const [written, setWritten] = useState<Written>();
  const wanted = useRef<Spot>(undefined);
  const block = blockOf(range);

  // After every drawing: a row that was far away is drawn only once the box was scrolled there.
  useLayoutEffect(() => {
    const spot = wanted.current;
    if (!spot) return;
    const cell = editing
      ? body.current?.querySelector<HTMLElement>(`[data-spot="${spot.row}.${spot.column}"]`)
      : body.current?.querySelector<HTMLElement>(`tr[data-row="${spot.row}"]`);
    if (!cell) return;
    wanted.current = undefined;
    (cell.querySelector<HTMLElement>('.cell-catch') ?? cell).focus({ preventScroll: true });
    if (editing) bringAside(box.current, cell);
  });

  // Who begins to write wants the keyboard in the table; who ends it by a key keeps it there.
  const writes = editing !== undefined;
  const wrote = useRef(writes);
  useLayoutEffect(() => {
    if (wrote.current === writes) return;
    wrote.current = writes;
    if (!writes && document.activeElement !== document.body) return;
    wanted.current = range.at;
    setWritten(undefined);
    setRange({ at: range.at, from: range.at });
  });

  const go = (next: Range): void => {
    if (box.current) bringIntoSight(box.current, next.at.row);
    wanted.current = next.at;
    setRange({ ...next });
  };
  const columnAt = (spot: Spot) => columns[spot.column];
  const open = (spot: Spot, text?: string): void => {
    const row = rows[spot.row];
    const column = columnAt(spot);
    if (!editing || !row || !column?.editable) return;
    const refused = editing.marks.get(`${idOf(row)} ${column.key}`);
    wanted.current = spot;
    setRange({ at: spot, from: spot });
    setWritten({ spot, text: text ?? refused?.text ?? column.text?.(row) ?? '' });
  };
  const close = (write: boolean, next?: Range): void => {
    if (written) {
      const { spot, text } = written;
      const row = rows[spot.row];
      const column = columnAt(spot);
      setWritten(undefined);
      if (write && row && column && text.trim() !== (column.text?.(row) ?? ''))
        editing?.onWrite(row, column.key, text);
    }
    if (next) go(next);
  };
  const beside = (spot: Spot, rowsOn: number, columnsOn: number): Range => {
    const row = Math.max(0, Math.min(rows.length - 1, spot.row + rowsOn));
    const at = { row, column: Math.max(0, Math.min(columns.length - 1, spot.column + columnsOn)) };
    return { at, from: at };
  };
  const cellsOf = (): Cells => {
    const cells: Cells = [];
    for (let row = block.top; row <= block.bottom; row++) {
      const found = rows[row];
      if (found) cells.push(columns.slice(block.left, block.right + 1).map((c) => c.text?.(found) ?? ''));
    }
    return cells;
  };
  const type = (text: string): void => setWritten({ spot: written?.spot ?? range.at, text });
  return { range, block, written, go, open, type, close, beside, cellsOf, columnAt };
}

/** Scrolls as little as it takes; the heading hides what stands under it. */
export function bringIntoSight(box: HTMLElement, row: number): void {
  const top = row * ROW_HEIGHT;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top + 2 * ROW_HEIGHT > box.scrollTop + box.clientHeight)
    box.scrollTop = top + 2 * ROW_HEIGHT - box.clientHeight;
}

function bringAside(box: HTMLElement | null, cell: HTMLElement): void {
  if (!box) return;
  const [left, right] = [cell.offsetLeft, cell.offsetLeft + cell.offsetWidth];
  if (left < box.scrollLeft) box.scrollLeft = left;
  else if (right > box.scrollLeft + box.clientWidth) box.scrollLeft = right - box.clientWidth;
}

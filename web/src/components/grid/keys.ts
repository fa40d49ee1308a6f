import type { KeyboardEvent } from 'react';
import { moved } from './range.ts';
import type { GridProps } from './types.ts';
import type { CellsState } from './use-cells.ts';

const PAGE = 15;

/** What keys do in a table, by the letter where Ctrl is held. */
export interface TableKeys {
  toggle: (id: string) => void;
  chooseAll: () => void;
}

const letterOf = (event: KeyboardEvent): string | undefined =>
  (event.ctrlKey || event.metaKey) && !event.altKey ? event.key.toLowerCase() : undefined;

/** Keys that mean the same whether rows are looked at or cells written. @returns whether it was one */
function commonKey<Row>(event: KeyboardEvent, props: GridProps<Row>): boolean {
  const letter = letterOf(event);
  if (letter === 'z' && props.onUndo) props.onUndo(event.shiftKey);
  else if (letter === 'y' && props.onUndo) props.onUndo(true);
  else if (letter === 'h' && props.onReplace) props.onReplace();
  else return false;
  return true;
}

/** A key while rows are looked at. @returns whether it meant something */
export function rowKey<Row>(
  event: KeyboardEvent,
  at: number,
  props: GridProps<Row>,
  cells: CellsState<Row>,
  keys: TableKeys,
): boolean {
  const { rows, idOf } = props;
  const row = rows[at];
  if (!row) return false;
  const goTo = (to: number): void => {
    const next = Math.max(0, Math.min(rows.length - 1, to));
    const spot = { row: next, column: cells.range.at.column };
    cells.go({ at: spot, from: spot });
    props.onCurrent(rows[next]);
  };
  if (commonKey(event, props)) return true;
  if (letterOf(event) === 'a') keys.chooseAll();
  else if (letterOf(event)) return false;
  else if (event.key === 'ArrowDown') goTo(at + 1);
  else if (event.key === 'ArrowUp') goTo(at - 1);
  else if (event.key === 'PageDown') goTo(at + PAGE);
  else if (event.key === 'PageUp') goTo(at - PAGE);
  else if (event.key === 'Home') goTo(0);
  else if (event.key === 'End') goTo(rows.length - 1);
  else if (event.key === 'Enter') props.onOpen(row);
  else if (event.key === ' ') keys.toggle(idOf(row));
  else if (event.key === 'Escape') props.onCurrent(undefined);
  else if (event.key === 'F2' && props.onEdit) {
    const spot = { row: at, column: cells.range.at.column };
    cells.go({ at: spot, from: spot });
    props.onEdit();
  } else return false;
  return true;
}

/** A key while cells are walked. @returns whether it meant something */
export function cellKey<Row>(
  event: KeyboardEvent,
  props: GridProps<Row>,
  cells: CellsState<Row>,
  keys: TableKeys,
): boolean {
  const { rows, columns, idOf, editing } = props;
  const { range, block, go } = cells;
  const { at } = range;
  const letter = letterOf(event);
  if (!editing || event.nativeEvent.isComposing || event.key === 'Process') return false;
  const size = { rows: rows.length, columns: columns.length, page: PAGE };
  const next = moved(range, { key: event.key, shift: event.shiftKey, ctrl: letter !== undefined }, size);
  const corner = { row: block.top, column: block.left };
  if (next) go(next);
  else if (commonKey(event, props)) return true;
  else if (letter === 'a')
    go({ at: { row: rows.length - 1, column: columns.length - 1 }, from: { row: 0, column: 0 } });
  else if (letter === 'd' && block.bottom > block.top) {
    const [top = []] = cells.cellsOf();
    const filled = Array.from({ length: block.bottom - block.top }, () => [...top]);
    editing.onPaste({ ...corner, row: block.top + 1 }, filled);
  } else if (letter) return false;
  else if (event.key === 'Enter' || event.key === 'F2') cells.open(at);
  else if (event.key === 'Tab') return tabbed(event.shiftKey ? -1 : 1, props, cells);
  else if (event.key === ' ') {
    const row = rows[at.row];
    if (row) keys.toggle(idOf(row));
  } else if (event.key === 'Delete' || event.key === 'Backspace') {
    const emptied = cells.cellsOf().map((r) => r.map(() => ''));
    if (columns.slice(block.left, block.right + 1).some((c) => c.editable)) editing.onPaste(corner, emptied);
  } else if (event.key === 'Escape') {
    if (block.top === block.bottom && block.left === block.right) editing.onLeave();
    else go({ at, from: at });
  } else return false;
  return true;
}

/** From cell to cell and on to the next row; before the first and behind the last the keyboard leaves the table. */
function tabbed<Row>(step: number, { rows, columns }: GridProps<Row>, cells: CellsState<Row>): boolean {
  const { at } = cells.range;
  const nth = at.row * columns.length + at.column + step;
  if (nth < 0 || nth >= rows.length * columns.length) return false;
  const spot = { row: Math.floor(nth / columns.length), column: nth % columns.length };
  cells.go({ at: spot, from: spot });
  return true;
}

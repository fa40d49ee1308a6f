import { Checkbox } from 'antd';
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useRef,
} from 'react';
import { useWording } from '../../wording.tsx';
import type { Leaving } from './cell-input.tsx';
import { htmlOfCells, readCells, writeCells } from './clipboard.ts';
import { GridHead } from './head.tsx';
import { cellKey, rowKey } from './keys.ts';
import type { Range, Spot } from './range.ts';
import { GridRow, type RowActs } from './row.tsx';
import { type GridProps, ROW_HEIGHT } from './types.ts';
import { bringIntoSight, useCells } from './use-cells.ts';
import { useWindow } from './use-window.ts';
import '../../styles/table.css';
import '../../styles/grid.css';

const NEAR = 12;

/** Whether something of its own was hit: a link, a tick box, the code that is copied. */
const inControl = (target: EventTarget): boolean =>
  target instanceof Element && target.closest('a, button, input:not(.cell-catch), label') !== null;

/** The cell an event came from. */
function spotOf(target: EventTarget): Spot | undefined {
  const told =
    target instanceof Element ? target.closest<HTMLElement>('[data-spot]')?.dataset.spot : undefined;
  const [row, column] = told?.split('.').map(Number) ?? [];
  return row === undefined || column === undefined ? undefined : { row, column };
}

function rowAt(target: EventTarget): number {
  const told = target instanceof Element ? target.closest<HTMLElement>('[data-row]')?.dataset.row : undefined;
  return told === undefined ? -1 : Number(told);
}

const only = (at: Spot): Range => ({ at, from: at });

/** The sheet people live in: rows of one height, as many as there are, drawn where they are seen; walked and written by keys. */
export function Grid<Row>(props: GridProps<Row>): ReactNode {
  const { t } = useWording();
  const { columns, rows, idOf, current, chosen, onChosen, editing, onNearEnd } = props;
  const box = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const { first, end } = useWindow(box, rows.length, ROW_HEIGHT);
  const cells = useCells(props, box, body);
  const { range, block, written } = cells;
  const currentAt = rows.findIndex((row) => idOf(row) === current);

  useEffect(() => {
    if (end >= rows.length - NEAR) onNearEnd();
  }, [end, rows.length, onNearEnd]);
  useEffect(() => {
    if (currentAt >= 0 && box.current) bringIntoSight(box.current, currentAt);
  }, [currentAt]);

  const toggle = (id: string): void => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChosen(next);
  };
  const allChosen = rows.length > 0 && rows.every((row) => chosen.has(idOf(row)));
  const chooseAll = (): void => onChosen(new Set(allChosen ? [] : rows.map(idOf)));
  const leave = (how: Leaving): void => {
    const { at } = range;
    if (how === 'blur') cells.close(true);
    else if (how === 'escape') cells.close(false, only(at));
    else if (how === 'down') cells.close(true, cells.beside(at, 1, 0));
    else if (how === 'up') cells.close(true, cells.beside(at, -1, 0));
    else cells.close(true, cells.beside(at, 0, how === 'right' ? 1 : -1));
  };
  // Rows hold on to these, which always do what the newest drawing would.
  const now = { toggle, type: cells.type, leave };
  const newest = useRef<RowActs>(now);
  newest.current = now;
  const acts = useRef<RowActs>({
    toggle: (id) => newest.current.toggle(id),
    type: (text) => newest.current.type(text),
    leave: (how) => newest.current.leave(how),
  });

  const onKeyDown = (event: KeyboardEvent): void => {
    if (inControl(event.target)) return;
    const keys = { toggle, chooseAll };
    const meant = editing
      ? cellKey(event, props, cells, keys)
      : rowKey(event, rowAt(event.target), props, cells, keys);
    if (!meant) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onMouseDown = (event: MouseEvent): void => {
    const spot = spotOf(event.target);
    if (!editing || !spot || event.button !== 0 || inControl(event.target)) return;
    if (written && written.spot.row === spot.row && written.spot.column === spot.column) return;
    // The keyboard goes where the grid says, once the cell is drawn.
    event.preventDefault();
    cells.close(true, { at: spot, from: event.shiftKey ? range.from : spot });
  };
  const onMouseOver = (event: MouseEvent): void => {
    if (!editing || written || event.buttons !== 1) return;
    const spot = spotOf(event.target);
    if (spot) cells.go({ at: spot, from: range.from });
  };
  const onClick = (event: MouseEvent): void => {
    const at = rowAt(event.target);
    if (editing || at < 0 || !spotOf(event.target) || inControl(event.target)) return;
    cells.go(only({ row: at, column: spotOf(event.target)?.column ?? 0 }));
    props.onCurrent(rows[at]);
  };
  const onDoubleClick = (event: MouseEvent): void => {
    const spot = spotOf(event.target);
    const row = spot && rows[spot.row];
    if (!row || inControl(event.target)) return;
    if (editing) cells.open(spot);
    else props.onOpen(row);
  };
  const onCopy = (event: ClipboardEvent): void => {
    if (written || (!editing && !document.getSelection()?.isCollapsed)) return;
    const copied = editing
      ? cells.cellsOf()
      : rows
          .filter((row) => chosen.has(idOf(row)) || (chosen.size === 0 && idOf(row) === current))
          .map((row) => columns.map((c) => c.text?.(row) ?? ''));
    if (copied.length === 0) return;
    event.clipboardData.setData('text/plain', writeCells(copied));
    event.clipboardData.setData('text/html', htmlOfCells(copied));
    event.preventDefault();
  };
  const onPaste = (event: ClipboardEvent): void => {
    if (!editing || written) return;
    event.preventDefault();
    const pasted = readCells(event.clipboardData.getData('text/plain'));
    const [[one = ''] = [], ...more] = pasted;
    if (pasted.length === 0) return;
    // One cell put into a range fills it.
    const fills = more.length === 0 && pasted[0]?.length === 1;
    const put = fills ? cells.cellsOf().map((row) => row.map(() => one)) : pasted;
    editing.onPaste({ row: block.top, column: block.left }, put);
  };

  const width = columns.reduce((sum, c) => sum + c.width, 34);
  const writtenRow = written && rows[written.spot.row];
  const writtenColumn = written && columns[written.spot.column];
  return (
    <div className="table-scroll" ref={box} onCopy={onCopy} onPaste={onPaste}>
      <table
        className={editing ? 'data grid editing' : 'data grid'}
        aria-label={props.label}
        aria-rowcount={rows.length + 1}
        style={{ minWidth: width }}
      >
        <colgroup>
          <col style={{ width: 34 }} />
          {columns.map((column) => (
            <col key={column.key} style={column.grows ? undefined : { width: column.width }} />
          ))}
        </colgroup>
        <GridHead
          columns={columns}
          sort={props.sort}
          onSort={props.onSort}
          onWidth={props.onWidth}
          box={
            <Checkbox
              aria-label={t('list.chooseAll')}
              checked={allChosen}
              indeterminate={!allChosen && rows.some((row) => chosen.has(idOf(row)))}
              onChange={chooseAll}
            />
          }
        />
        {/* biome-ignore lint/a11y/useKeyWithMouseEvents: keys reach further than the mouse here */}
        <tbody
          ref={body}
          onKeyDown={onKeyDown}
          onMouseDown={onMouseDown}
          onMouseOver={onMouseOver}
          onClick={onClick}
          onDoubleClick={onDoubleClick}
        >
          {first > 0 && <Room rows={first} columns={columns.length + 1} />}
          {rows.slice(first, end).map((row, i) => {
            const at = first + i;
            const id = idOf(row);
            const within = editing && at >= block.top && at <= block.bottom;
            const here = editing && range.at.row === at;
            const writing = here && written?.spot.row === at ? written : undefined;
            return (
              <GridRow
                key={id}
                row={row}
                id={id}
                at={at}
                columns={columns}
                isCurrent={id === current}
                isStop={currentAt < 0 ? at === 0 : id === current}
                isChosen={chosen.has(id)}
                chooseLabel={t('list.choose')}
                acts={acts.current}
                marks={editing?.marks}
                left={within ? block.left : -1}
                right={within ? block.right : -2}
                column={here ? range.at.column : -1}
                written={writing?.text}
                wrong={
                  writing && writtenRow && writtenColumn
                    ? editing?.wrong(writtenRow, writtenColumn.key, writing.text)
                    : undefined
                }
              />
            );
          })}
          {end < rows.length && <Room rows={rows.length - end} columns={columns.length + 1} />}
        </tbody>
      </table>
    </div>
  );
}

/** Room of rows that are not drawn. */
function Room({ rows, columns }: { rows: number; columns: number }): ReactNode {
  return (
    <tr>
      <td colSpan={columns} style={{ height: rows * ROW_HEIGHT, padding: 0, border: 0 }} />
    </tr>
  );
}

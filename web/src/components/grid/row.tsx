import { Checkbox } from 'antd';
import { memo, type ReactNode } from 'react';
import { CellInput, type Leaving } from './cell-input.tsx';
import { type GridColumn, type Marks, markKey } from './types.ts';

/** What a row does; the same all along, so that a row is drawn anew only when something of it is otherwise. */
export interface RowActs {
  toggle: (id: string) => void;
  type: (text: string) => void;
  leave: (how: Leaving) => void;
}

export interface GridRowProps<Row> {
  row: Row;
  id: string;
  at: number;
  columns: readonly GridColumn<Row>[];
  isCurrent: boolean;
  /** The keyboard comes into the table here. */
  isStop: boolean;
  isChosen: boolean;
  chooseLabel: string;
  acts: RowActs;
  /** Undefined: rows are looked at. */
  marks: Marks | undefined;
  /** Columns of the range, where it goes through this row. */
  left: number;
  right: number;
  /** The column one stands at; -1: in another row. */
  column: number;
  written: string | undefined;
  wrong: string | undefined;
}

function Row<Row>(props: GridRowProps<Row>): ReactNode {
  const { row, id, at, columns, isCurrent, marks, acts } = props;
  const editing = marks !== undefined;
  return (
    <tr
      data-row={at}
      aria-rowindex={at + 2}
      tabIndex={editing ? undefined : props.isStop ? 0 : -1}
      aria-current={isCurrent || undefined}
      className={isCurrent ? 'current' : undefined}
    >
      <td>
        <Checkbox
          aria-label={props.chooseLabel}
          checked={props.isChosen}
          tabIndex={editing ? -1 : undefined}
          onChange={() => acts.toggle(id)}
        />
      </td>
      {columns.map((column, c) => {
        const isAt = editing && props.column === c;
        const mark = marks?.get(markKey(id, column.key));
        const written = isAt ? props.written : undefined;
        const classes = [
          column.numeric && 'numeric',
          isAt && 'at',
          editing && c >= props.left && c <= props.right && 'in',
          editing && !column.editable && 'fixed',
          written !== undefined && 'open',
          mark?.state,
        ].filter(Boolean);
        return (
          <td
            key={column.key}
            data-spot={`${at}.${c}`}
            className={classes.join(' ') || undefined}
            title={mark?.message ?? column.hint?.(row) ?? undefined}
            tabIndex={isAt && !column.editable ? 0 : editing ? -1 : undefined}
          >
            {isAt && column.editable && (
              <CellInput
                label={column.title}
                text={written}
                options={column.options}
                wrong={props.wrong}
                onText={acts.type}
                onLeave={acts.leave}
              />
            )}
            {written === undefined && (mark ? mark.text : column.cell(row))}
          </td>
        );
      })}
    </tr>
  );
}

export const GridRow = memo(Row) as typeof Row;

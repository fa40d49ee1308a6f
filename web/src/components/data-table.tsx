import { Checkbox } from 'antd';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { useWording } from '../wording.tsx';
import '../styles/table.css';

export interface Column<Row> {
  key: string;
  title: ReactNode;
  /** CSS width; columns without one share the rest. */
  width?: string;
  numeric?: boolean;
  /** Text shown when the cell is cut. */
  hint?: (row: Row) => string | null | undefined;
  cell: (row: Row) => ReactNode;
}

export interface DataTableProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  idOf: (row: Row) => string;
  /** The row that is looked at (its panel is open). */
  current?: string | undefined;
  onCurrent?: (row: Row | undefined) => void;
  /** Enter and double click. */
  onOpen?: (row: Row) => void;
  chosen?: ReadonlySet<string>;
  onChosen?: (chosen: ReadonlySet<string>) => void;
}

/** A link or button in a cell does its own work; the row does not answer for it. */
function inControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest('a, button, input, label') !== null;
}

const LEAST_FREE = 150;

/** Narrower than this the table scrolls sideways: fixed columns, and room for those that share the rest. */
function leastWidth(columns: readonly { width?: string }[], withBoxes: boolean): number {
  let least = withBoxes ? 34 : 0;
  for (const { width } of columns) least += width?.endsWith('px') ? Number.parseInt(width, 10) : LEAST_FREE;
  return least;
}

/** The table people live in: 32 px rows, arrows, Enter, Space, Esc; text is cut, never wrapped. */
export function DataTable<Row>(props: DataTableProps<Row>): ReactNode {
  const { t } = useWording();
  const { columns, rows, idOf, current, chosen, onChosen } = props;
  const bodyRef = useRef<HTMLTableSectionElement>(null);
  const currentAt = rows.findIndex((row) => idOf(row) === current);

  useEffect(() => {
    if (currentAt >= 0) bodyRef.current?.rows[currentAt]?.scrollIntoView({ block: 'nearest' });
  }, [currentAt]);

  const toggle = (id: string): void => {
    if (!chosen || !onChosen) return;
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChosen(next);
  };
  const goTo = (at: number): void => {
    const row = rows[at];
    if (!row) return;
    bodyRef.current?.rows[at]?.focus();
    props.onCurrent?.(row);
  };
  const onKey = (event: KeyboardEvent, at: number, row: Row): void => {
    if (event.target !== event.currentTarget) return;
    if (event.key === 'ArrowDown') goTo(at + 1);
    else if (event.key === 'ArrowUp') goTo(at - 1);
    else if (event.key === 'Home') goTo(0);
    else if (event.key === 'End') goTo(rows.length - 1);
    else if (event.key === 'Enter') (props.onOpen ?? props.onCurrent)?.(row);
    else if (event.key === ' ') toggle(idOf(row));
    else if (event.key === 'Escape') props.onCurrent?.(undefined);
    else return;
    event.preventDefault();
  };
  const allChosen = rows.length > 0 && rows.every((row) => chosen?.has(idOf(row)));
  const someChosen = rows.some((row) => chosen?.has(idOf(row)));
  const chooseAll = (): void => {
    const next = new Set(chosen);
    for (const row of rows) {
      if (allChosen) next.delete(idOf(row));
      else next.add(idOf(row));
    }
    onChosen?.(next);
  };
  return (
    <table
      className="data"
      aria-label={props.label}
      style={{ minWidth: leastWidth(columns, Boolean(onChosen)) }}
    >
      <colgroup>
        {onChosen && <col style={{ width: 34 }} />}
        {columns.map((column) => (
          <col key={column.key} style={column.width ? { width: column.width } : undefined} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {onChosen && (
            <th scope="col">
              <Checkbox
                aria-label={t('list.chooseAll')}
                checked={allChosen}
                indeterminate={someChosen && !allChosen}
                onChange={chooseAll}
              />
            </th>
          )}
          {columns.map((column) => (
            <th key={column.key} scope="col" className={column.numeric ? 'numeric' : undefined}>
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody ref={bodyRef}>
        {rows.map((row, at) => {
          const id = idOf(row);
          const isCurrent = id === current;
          return (
            <tr
              key={id}
              tabIndex={isCurrent || (currentAt < 0 && at === 0) ? 0 : -1}
              aria-current={isCurrent || undefined}
              className={isCurrent ? 'current' : undefined}
              onClick={(event) => !inControl(event.target) && props.onCurrent?.(row)}
              onDoubleClick={() => props.onOpen?.(row)}
              onKeyDown={(event) => onKey(event, at, row)}
            >
              {onChosen && (
                <td
                  onClick={(event) => event.stopPropagation()}
                  onKeyDown={(event) => event.stopPropagation()}
                >
                  <Checkbox
                    aria-label={t('list.choose')}
                    checked={chosen?.has(id) ?? false}
                    onChange={() => toggle(id)}
                  />
                </td>
              )}
              {columns.map((column) => (
                <td
                  key={column.key}
                  className={column.numeric ? 'numeric' : undefined}
                  title={column.hint?.(row) ?? undefined}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

import { type PointerEvent, type ReactNode, useRef } from 'react';
import { useWording } from '../../wording.tsx';
import type { GridColumn } from './types.ts';

const LEAST = 48;
const STEP = 16;

/** Headings that stay, sort and are drawn wider or narrower. */
export function GridHead<Row>(props: {
  columns: readonly GridColumn<Row>[];
  sort: string;
  onSort: (sort: string) => void;
  onWidth: (key: string, width: number) => void;
  box: ReactNode;
}): ReactNode {
  const { t } = useWording();
  const descending = props.sort.startsWith('-');
  const by = descending ? props.sort.slice(1) : props.sort;
  return (
    <thead>
      <tr>
        <th scope="col">{props.box}</th>
        {props.columns.map((column) => {
          const sorted = column.sort !== undefined && column.sort === by;
          return (
            <th
              key={column.key}
              scope="col"
              className={column.numeric ? 'numeric' : undefined}
              aria-sort={sorted ? (descending ? 'descending' : 'ascending') : undefined}
            >
              {column.sort ? (
                <button
                  type="button"
                  className="heading"
                  onClick={() =>
                    props.onSort(sorted && !descending ? `-${column.sort}` : (column.sort ?? ''))
                  }
                >
                  {column.title}
                  {sorted && <span aria-hidden="true">{descending ? ' ↓' : ' ↑'}</span>}
                </button>
              ) : (
                column.title
              )}
              <Grip
                label={t('grid.width', { column: column.title })}
                width={column.width}
                onWidth={(width) => props.onWidth(column.key, Math.max(LEAST, width))}
              />
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

function Grip({
  label,
  width,
  onWidth,
}: {
  label: string;
  width: number;
  onWidth: (width: number) => void;
}): ReactNode {
  const from = useRef<{ x: number; width: number }>(undefined);
  const move = (event: PointerEvent): void => {
    if (from.current) onWidth(from.current.width + event.clientX - from.current.x);
  };
  return (
    <span
      className="grip"
      role="slider"
      tabIndex={-1}
      aria-label={label}
      aria-valuenow={width}
      onPointerDown={(event) => {
        from.current = { x: event.clientX, width };
        event.currentTarget.setPointerCapture(event.pointerId);
        event.preventDefault();
      }}
      onPointerMove={move}
      onPointerUp={() => {
        from.current = undefined;
      }}
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft') onWidth(width - STEP);
        else if (event.key === 'ArrowRight') onWidth(width + STEP);
        else return;
        event.preventDefault();
      }}
    />
  );
}

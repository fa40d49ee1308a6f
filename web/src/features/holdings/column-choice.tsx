import { Button, Checkbox, Popover } from 'antd';
import type { ReactNode } from 'react';
import { useWording } from '../../wording.tsx';
import { firstColumns } from './columns.tsx';
import type { ShownColumns } from './use-shown-columns.ts';

/** Which columns are shown, and in which order. */
export function ColumnChoice({
  columns,
  category,
}: {
  columns: ShownColumns;
  category: string | undefined;
}): ReactNode {
  const { t } = useWording();
  const { all, shown, put } = columns;
  const titleOf = (key: string): string => all.find((c) => c.key === key)?.title ?? key;
  const moved = (at: number, to: number): void => {
    const next = [...shown];
    const [column] = next.splice(at, 1);
    if (column) next.splice(to, 0, column);
    put(next);
  };
  const rest = all.filter((c) => !shown.some((s) => s.key === c.key));
  return (
    <Popover
      trigger="click"
      placement="topRight"
      content={
        <div className="column-choice">
          <ol>
            {shown.map(({ key }, at) => (
              <li key={key}>
                <Checkbox
                  checked
                  disabled={shown.length === 1}
                  onChange={() => put(shown.filter((s) => s.key !== key))}
                >
                  {titleOf(key)}
                </Checkbox>
                <Button
                  size="small"
                  type="text"
                  disabled={at === 0}
                  aria-label={t('columns.earlier', { column: titleOf(key) })}
                  onClick={() => moved(at, at - 1)}
                >
                  ↑
                </Button>
                <Button
                  size="small"
                  type="text"
                  disabled={at === shown.length - 1}
                  aria-label={t('columns.later', { column: titleOf(key) })}
                  onClick={() => moved(at, at + 1)}
                >
                  ↓
                </Button>
              </li>
            ))}
          </ol>
          <ul>
            {rest.map(({ key, title }) => (
              <li key={key}>
                <Checkbox checked={false} onChange={() => put([...shown, { key }])}>
                  {title}
                </Checkbox>
              </li>
            ))}
          </ul>
          <Button size="small" type="link" onClick={() => put(firstColumns(category))}>
            {t('columns.first')}
          </Button>
        </div>
      }
    >
      <Button size="small" type="text">
        {t('list.columns')} ▾
      </Button>
    </Popover>
  );
}

import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import type { List } from '../api/shapes.ts';
import { changeState, pageSpan } from '../lib/url-state.ts';
import { useWording } from '../wording.tsx';

/**
 * Pages of a list by cursor. The cursor and its first row number stand in the address; the way back is the cursors
 * passed on the way here, so from a link of a colleague's only "first page" leads back.
 */
export function Pager({
  list,
  children,
}: {
  list: Pick<List<unknown>, 'next' | 'total' | 'totalIsExact' | 'items'>;
  children?: ReactNode;
}): ReactNode {
  const { t } = useWording();
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const location = useLocation();
  const passed = passedCursors(location.state);
  const from = params.get('from_row') ?? undefined;
  const { first, last } = pageSpan(from, list.items.length);
  const go = (change: Record<string, string | undefined>, way: string[]): void => {
    navigate(
      { search: changeState(params, change, { keepPage: true }).toString() },
      { state: { passed: way } },
    );
  };
  const next = (): void => {
    const here = `${params.get('cursor') ?? ''} ${from ?? '1'}`;
    go({ cursor: list.next ?? undefined, from_row: String(last + 1), row: undefined }, [...passed, here]);
  };
  const previous = (): void => {
    const [cursor, row] = passed.at(-1)?.split(' ') ?? [];
    go(
      { cursor: cursor || undefined, from_row: row === '1' ? undefined : row, row: undefined },
      passed.slice(0, -1),
    );
  };
  const span =
    list.total === undefined
      ? t('list.spanOnly', { first, last })
      : t(list.totalIsExact === false ? 'list.spanAbout' : 'list.span', { first, last, total: list.total });
  return (
    <div className="pager no-print">
      <span aria-live="polite">{span}</span>
      {children}
      <span className="push row">
        {params.get('cursor') && passed.length === 0 && (
          <Button
            size="small"
            onClick={() => go({ cursor: undefined, from_row: undefined, row: undefined }, [])}
          >
            {t('act.first')}
          </Button>
        )}
        {passed.length > 0 && (
          <Button size="small" onClick={previous}>
            {t('act.previous')}
          </Button>
        )}
        {list.next && (
          <Button size="small" onClick={next}>
            {t('act.next')}
          </Button>
        )}
      </span>
    </div>
  );
}

function passedCursors(state: unknown): string[] {
  if (typeof state !== 'object' || state === null || !('passed' in state) || !Array.isArray(state.passed))
    return [];
  return state.passed.filter((cursor): cursor is string => typeof cursor === 'string');
}

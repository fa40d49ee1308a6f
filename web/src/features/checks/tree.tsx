import { useQueries } from '@tanstack/react-query';
import { Button } from 'antd';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { bytes } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import type { CheckEntry } from './shapes.ts';
import { flatten, type TreeRow, windowOf } from './tree-rows.ts';

const ROW = 28;
const HEIGHT = 360;
const PAGE = 200;

/** The package as a tree: folders are fetched when they are opened, and only the rows in sight are drawn. */
export function CheckTree(props: {
  id: string;
  chosen: number | undefined;
  /** Folders above the chosen entry: they are opened. */
  above: readonly number[] | undefined;
  onChoose: (entry: CheckEntry) => void;
}): ReactNode {
  const { t } = useWording();
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set([0]));
  const [extra, setExtra] = useState<ReadonlyMap<number, number>>(new Map());
  const [top, setTop] = useState(0);
  const [at, setAt] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const folders = [...open];
  const loaded = useQueries({
    queries: folders.map((parent) => ({
      queryKey: ['examination-entries', props.id, parent, extra.get(parent) ?? 1],
      queryFn: () => childrenOf(props.id, parent, extra.get(parent) ?? 1),
      staleTime: Number.POSITIVE_INFINITY,
    })),
  });
  const children = new Map(folders.map((parent, i) => [parent, loaded[i]?.data] as const));
  const rows = flatten(children);
  const { first, last } = windowOf({ top, height: HEIGHT, row: ROW, rows: rows.length });
  const top0 = children.get(0)?.items;
  const only = top0?.length === 1 && top0[0]?.kind === 'folder' ? top0[0].seq : undefined;
  // A package mostly lies in one folder: that one is no news.
  useEffect(() => {
    if (only !== undefined) setOpen((before) => new Set([...before, only]));
  }, [only]);
  const { above } = props;
  useEffect(() => {
    if (above) setOpen((before) => new Set([...before, ...above]));
  }, [above]);
  const chosenAt = props.chosen === undefined ? -1 : rows.findIndex((row) => row.entry?.seq === props.chosen);
  useEffect(() => {
    if (chosenAt >= 0) setAt(chosenAt);
  }, [chosenAt]);
  useEffect(() => {
    const shown = box.current;
    if (!shown) return;
    if (at * ROW < shown.scrollTop) shown.scrollTop = at * ROW;
    else if ((at + 1) * ROW > shown.scrollTop + HEIGHT) shown.scrollTop = (at + 1) * ROW - HEIGHT;
  }, [at]);

  const toggle = (seq: number, wanted = !open.has(seq)): void => {
    const next = new Set(open);
    if (wanted) next.add(seq);
    else next.delete(seq);
    setOpen(next);
  };
  const more = (parent: number): void => {
    setExtra(new Map(extra).set(parent, (extra.get(parent) ?? 1) + 1));
  };
  const onKey = (event: KeyboardEvent): void => {
    const row = rows[at];
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, rows.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0));
    else if (event.key === 'ArrowRight' && row?.entry?.kind === 'folder') toggle(row.entry.seq, true);
    else if (event.key === 'ArrowLeft' && row?.entry?.kind === 'folder') toggle(row.entry.seq, false);
    else if (event.key === 'Enter' && row?.entry) props.onChoose(row.entry);
    else if (event.key === 'Enter' && row) more(row.parent);
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={box}
      role="tree"
      className="check-tree"
      aria-label={t('examination.tree')}
      aria-activedescendant={rows[at] ? idOf(rows[at]) : undefined}
      tabIndex={0}
      onKeyDown={onKey}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      style={{
        height: Math.min(HEIGHT, Math.max(ROW, rows.length * ROW)),
        overflow: 'auto',
        position: 'relative',
      }}
    >
      <div role="presentation" style={{ height: rows.length * ROW }}>
        {rows.slice(first, last).map((row, i) => (
          <div
            key={idOf(row)}
            id={idOf(row)}
            role="treeitem"
            tabIndex={-1}
            aria-level={row.depth + 1}
            aria-selected={row.entry?.seq === props.chosen}
            {...(row.entry?.kind === 'folder' && { 'aria-expanded': open.has(row.entry.seq) })}
            className={at === first + i ? 'row clip current' : 'row clip'}
            style={{
              position: 'absolute',
              top: (first + i) * ROW,
              height: ROW,
              left: 0,
              right: 0,
              paddingLeft: 8 + row.depth * 16,
            }}
            onClick={() => {
              setAt(first + i);
              if (row.entry?.kind === 'folder') toggle(row.entry.seq);
              if (row.entry) props.onChoose(row.entry);
            }}
            onKeyDown={onKey}
          >
            {row.entry ? (
              <EntryLine entry={row.entry} open={open.has(row.entry.seq)} />
            ) : (
              <Button type="link" size="small" tabIndex={-1} onClick={() => more(row.parent)}>
                {t('examination.loadMore')}
              </Button>
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

const idOf = (row: TreeRow): string => (row.entry ? `entry-${row.entry.seq}` : `more-${row.parent}`);

function EntryLine({ entry, open }: { entry: CheckEntry; open: boolean }): ReactNode {
  const { t } = useWording();
  const errors = entry.errors + entry.errorsBelow;
  const warnings = entry.warnings + entry.warningsBelow;
  return (
    <>
      {entry.kind === 'folder' ? (open ? '▾ ' : '▸ ') : '· '}
      <span className="clip">{entry.name}</span>
      {errors + warnings > 0 && (
        <span className={errors > 0 ? 'status is-wrong' : 'status is-waiting'}>
          {errors > 0 && t('examination.errors', { n: errors })}
          {errors > 0 && warnings > 0 && t('examination.and')}
          {warnings > 0 && t('examination.warnings', { n: warnings })}
        </span>
      )}
      {entry.kind === 'file' && <span className="soft small"> {bytes(entry.bytes)}</span>}
    </>
  );
}

/** The first pages of what lies in a folder. */
async function childrenOf(id: string, parent: number, pages: number) {
  const items: CheckEntry[] = [];
  let next: string | null = null;
  for (let page = 0; page < pages; page++) {
    const found: { items: CheckEntry[]; next: string | null } = await body(
      api.GET('/examinations/{id}/entries', {
        params: { path: { id }, query: { parent, limit: PAGE, ...(next && { cursor: next }) } },
      }),
    );
    items.push(...found.items);
    next = found.next;
    if (next === null) break;
  }
  return { items, more: next !== null };
}

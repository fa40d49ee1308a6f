import { useInfiniteQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { api, body } from '../../api/client.ts';
import type { Fonds, List, UnitRow } from '../../api/shapes.ts';
import { Loading } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { TREE_ROWS } from './queries.ts';
import { isOnTheWay, type PathStep, unloadedStep } from './tree-path.ts';

/** What a branch stands for: a fonds, or a series or file below it. */
export interface TreePlace {
  id: string;
  fondsId: string;
  kind: 'fonds' | 'unit';
  label: string;
}

/** The order of the holdings, opened branch by branch; long branches come in pieces ("more"). Items are in the table. */
export function HoldingsTree(props: {
  archiveId: string;
  at: string | undefined;
  /** From the fonds down to `at`: opened, so that the place is seen where it stands. */
  path?: readonly PathStep[];
  onPlace: (place: TreePlace) => void;
}): ReactNode {
  const { t } = useWording();
  const [q, setQ] = useState('');
  const fonds = useInfiniteQuery({
    queryKey: ['tree-fonds', props.archiveId, q],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      body(
        api.GET('/archives/{archiveId}/fonds', {
          params: {
            path: { archiveId: props.archiveId },
            query: { limit: TREE_ROWS, ...(q && { q }), ...(pageParam && { cursor: pageParam }) },
          },
        }),
      ),
    getNextPageParam: (page: List<Fonds>) => page.next,
  });
  const items = fonds.data?.pages.flatMap((page) => page.items) ?? [];
  const path = props.path ?? [];
  const unloaded = fonds.data && q === '' ? unloadedStep(path, 0, undefined, items) : undefined;
  return (
    <div className="tree">
      <div className="tree-find">
        <Input
          size="small"
          allowClear
          value={q}
          placeholder={t('tree.find')}
          aria-label={t('tree.find')}
          onChange={(event) => setQ(event.target.value.trim())}
        />
      </div>
      {fonds.error && <Trouble error={fonds.error} retry={() => void fonds.refetch()} />}
      {fonds.isPending && <Loading lines={5} />}
      {fonds.data && items.length === 0 && (
        <p className="soft small tree-none">{t(q ? 'tree.noMatch' : 'tree.none')}</p>
      )}
      <div role="tree" tabIndex={-1} aria-label={t('tree.label')} onKeyDown={moveInTree}>
        {items.map((one) => (
          <Branch
            key={one.id}
            {...props}
            path={path}
            depth={0}
            place={{ id: one.id, fondsId: one.id, kind: 'fonds', label: one.name }}
            code={one.number}
            count={one.childCount}
          />
        ))}
        {unloaded && (
          <Unloaded {...props} path={path} depth={0} step={unloaded} fondsId={unloaded.id} kind="fonds" />
        )}
      </div>
      {fonds.hasNextPage && (
        <button type="button" className="plain tree-more" onClick={() => void fonds.fetchNextPage()}>
          {t('act.more')}
        </button>
      )}
    </div>
  );
}

interface From {
  level: 'series' | 'file';
  cursor?: string;
}
const FIRST: From = { level: 'series' };

/** A piece of what stands below a place: its series first, then its files. Items are in the table. */
async function branchesBelow(
  archiveId: string,
  parent: string,
  from: From,
): Promise<{ items: UnitRow[]; next: From | null }> {
  const query = { parent, sort: 'position' as const, limit: TREE_ROWS, ...from };
  const page = await body(api.GET('/archives/{archiveId}/units', { params: { path: { archiveId }, query } }));
  if (page.next) return { items: page.items, next: { ...from, cursor: page.next } };
  if (from.level === 'file') return { items: page.items, next: null };
  const files = await branchesBelow(archiveId, parent, { level: 'file' });
  return { items: [...page.items, ...files.items], next: files.next };
}

interface BranchProps {
  archiveId: string;
  at: string | undefined;
  path: readonly PathStep[];
  onPlace: (place: TreePlace) => void;
  depth: number;
  place: TreePlace;
  code: string;
  count: number;
}

function Branch(props: BranchProps): ReactNode {
  const { t } = useWording();
  const { place, depth, at, path } = props;
  const onTheWay = isOnTheWay(path, place.id);
  const [open, setOpen] = useState(onTheWay);
  const below = useInfiniteQuery({
    queryKey: ['tree', place.id],
    enabled: open,
    initialPageParam: FIRST,
    queryFn: ({ pageParam }) => branchesBelow(props.archiveId, place.id, pageParam),
    getNextPageParam: (page) => page.next,
  });
  const units = below.data?.pages.flatMap((page) => page.items) ?? [];
  const leaf = props.count === 0 || (below.data !== undefined && units.length === 0 && !onTheWay);
  const current = at === place.id;
  const line = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a branch closed by hand opens again at the next arrival
  useEffect(() => {
    if (onTheWay) setOpen(true);
  }, [onTheWay, at]);
  useEffect(() => {
    if (current) line.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const unloaded = below.data ? unloadedStep(path, depth + 1, place.id, units) : undefined;
  return (
    <div role="treeitem" tabIndex={-1} aria-expanded={leaf ? undefined : open} aria-selected={current}>
      <div
        ref={line}
        className={current ? 'tree-line current' : 'tree-line'}
        style={{ paddingInlineStart: 4 + depth * 14 }}
        data-tree-line
        data-open={open}
      >
        <button
          type="button"
          className="plain tree-fold"
          aria-hidden="true"
          tabIndex={-1}
          style={{ visibility: leaf ? 'hidden' : 'visible' }}
          onClick={() => setOpen(!open)}
        >
          {open ? '▾' : '▸'}
        </button>
        <button
          type="button"
          className="plain tree-name"
          title={`${props.code} ${place.label}`}
          onClick={() => props.onPlace(place)}
        >
          <span className="code">{props.code}</span> {place.label !== props.code && place.label}
        </button>
        <span className="small soft">{props.count > 0 && props.count.toLocaleString('en-US')}</span>
      </div>
      {open && !leaf && (
        // biome-ignore lint/a11y/useSemanticElements: a group of a tree, not of a form
        <div role="group">
          {below.isPending && (
            <p className="small soft" style={{ paddingInlineStart: 32 + depth * 14 }}>
              {t('loading')}
            </p>
          )}
          {units.map((unit) => (
            <Branch
              key={unit.id}
              archiveId={props.archiveId}
              at={at}
              path={path}
              onPlace={props.onPlace}
              depth={depth + 1}
              place={{ id: unit.id, fondsId: unit.fondsId, kind: 'unit', label: unit.title }}
              code={unit.referenceCode ?? ''}
              count={unit.childCount}
            />
          ))}
          {unloaded && (
            <Unloaded {...props} depth={depth + 1} step={unloaded} fondsId={place.fondsId} kind="unit" />
          )}
          {below.hasNextPage && (
            <div>
              <button
                type="button"
                className="plain tree-more"
                style={{ paddingInlineStart: 32 + depth * 14 }}
                onClick={() => void below.fetchNextPage()}
              >
                {t('act.more')}
              </button>
            </div>
          )}
        </div>
      )}
    </div>
  );
}

/** A place on the way that stands further down than the branch is loaded: after a mark for what is left out. */
function Unloaded({
  step,
  fondsId,
  kind,
  ...props
}: Pick<BranchProps, 'archiveId' | 'at' | 'path' | 'onPlace' | 'depth'> & {
  step: PathStep;
  fondsId: string;
  kind: TreePlace['kind'];
}): ReactNode {
  return (
    <>
      <div className="small soft" aria-hidden="true" style={{ paddingInlineStart: 32 + props.depth * 14 }}>
        ⋮
      </div>
      <Branch
        archiveId={props.archiveId}
        at={props.at}
        path={props.path}
        onPlace={props.onPlace}
        depth={props.depth}
        place={{ id: step.id, fondsId, kind, label: step.label }}
        code={step.code}
        count={step.count ?? 1}
      />
    </>
  );
}

/** Arrows walk the shown lines; right opens a branch, left closes it. */
function moveInTree(event: KeyboardEvent<HTMLElement>): void {
  const lines = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-tree-line]')];
  const at = lines.findIndex((line) => line.contains(document.activeElement));
  const line = lines[at];
  if (!line) return;
  const focus = (target: HTMLElement | undefined): void =>
    target?.querySelector<HTMLElement>('.tree-name')?.focus();
  const fold = line.querySelector<HTMLElement>('.tree-fold');
  if (event.key === 'ArrowDown') focus(lines[at + 1]);
  else if (event.key === 'ArrowUp') focus(lines[at - 1]);
  else if (event.key === 'ArrowRight' && line.dataset.open === 'false') fold?.click();
  else if (event.key === 'ArrowLeft' && line.dataset.open === 'true') fold?.click();
  else return;
  event.preventDefault();
}

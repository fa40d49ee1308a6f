import { type QueryClient, useInfiniteQuery, useQueries, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { api, body } from '../../api/client.ts';
import type { Fonds, List } from '../../api/shapes.ts';
import { TREE_ROWS } from './queries.ts';
import { type Layout, type Line, layoutOf, lineAt } from './tree-rows.ts';

/** A line of the tree: a fonds, or an entry. */
export interface TreeNode {
  id: string;
  fondsId: string;
  level: string;
  code: string;
  title: string;
  count: number;
  closed: boolean;
}

interface Window {
  at: number;
  total: number;
  items: TreeNode[];
}

/** The archive itself, whose children are its fonds. */
export const TOP = '';

interface OpenedAt {
  place: string;
  index: number;
}

const pageKey = (place: string, page: number) => ['tree', place, page] as const;

async function pageOf(place: string, page: number): Promise<Window> {
  const query = { at: page * TREE_ROWS, limit: TREE_ROWS };
  const found = await body(api.GET('/tree/{id}', { params: { path: { id: place }, query } }));
  return {
    at: found.at,
    total: found.total,
    items: found.items.map((u) => ({
      id: u.id,
      fondsId: u.fondsId,
      level: u.level,
      code: u.referenceCode ?? '',
      title: u.title,
      count: u.childCount,
      closed: false,
    })),
  };
}

export interface TreeData {
  layout: Layout;
  nodeAt(line: Pick<Line, 'place' | 'index'>): TreeNode | undefined;
  isOpen(id: string): boolean;
  /** Opens or closes what stands in a line. */
  fold(line: Line, node: TreeNode, open: boolean): void;
  /** Opens the way to an entry. @returns where it stands; undefined where its fonds is not among those shown */
  openTo(fondsId: string, unitId: string | undefined): Promise<{ place: string; index: number } | undefined>;
  /** Fetches what a line needs that is not shown yet. */
  fetchNode(line: Pick<Line, 'place' | 'index'>): Promise<TreeNode | undefined>;
  /** Looks at everything anew after a change. */
  renew(): Promise<void>;
  pending: boolean;
  error: unknown;
  retry(): void;
  none: boolean;
}

/** The tree of an archive, as far as it is open, page by page as it is looked at. */
export function useTreeData(archiveId: string, q: string): TreeData {
  const client = useQueryClient();
  const [opened, setOpened] = useState<ReadonlyMap<string, OpenedAt>>(new Map());
  const fonds = useFonds(archiveId, q);
  const { items, indexOf } = fonds;
  const firsts = useQueries({
    queries: [...opened.keys()].map((place) => ({
      queryKey: pageKey(place, 0),
      queryFn: () => pageOf(place, 0),
    })),
  });
  const totals = new Map([...opened.keys()].map((place, i) => [place, firsts[i]?.data?.total]));
  const layout = layoutOf((place) => {
    const total = place === TOP ? items.length : totals.get(place);
    if (total === undefined) return undefined;
    const open = new Map<number, string>();
    for (const [id, at] of opened)
      if (at.place === place) {
        const index = place === TOP ? indexOf(id) : at.index;
        if (index !== undefined) open.set(index, id);
      }
    return { total, open };
  });
  const nodeAt = (line: Pick<Line, 'place' | 'index'>): TreeNode | undefined =>
    line.place === TOP ? items[line.index] : cached(client, line);
  const fetchNode = async (line: Pick<Line, 'place' | 'index'>): Promise<TreeNode | undefined> => {
    const known = nodeAt(line);
    if (known || line.place === TOP || line.index < 0) return known;
    const page = Math.floor(line.index / TREE_ROWS);
    const found = await client.fetchQuery({
      queryKey: pageKey(line.place, page),
      queryFn: () => pageOf(line.place, page),
    });
    return found.items[line.index % TREE_ROWS];
  };
  const openTo: TreeData['openTo'] = useCallback(
    async (fondsId, unitId) => {
      if (!(await fonds.find(fondsId))) return undefined;
      if (!unitId) return { place: TOP, index: indexOf(fondsId) ?? 0 };
      const way = await body(api.GET('/units/{id}/tree-path', { params: { path: { id: unitId } } }));
      setOpened((now) => {
        const next = new Map(now);
        next.set(fondsId, { place: TOP, index: 0 });
        let place = fondsId;
        for (const step of way.steps.slice(0, -1)) {
          next.set(step.id, { place, index: step.index });
          place = step.id;
        }
        return next;
      });
      const last = way.steps.at(-1);
      return last && { place: way.steps.at(-2)?.id ?? fondsId, index: last.index };
    },
    [fonds.find, indexOf],
  );
  const renew = async (): Promise<void> => {
    const ways = await Promise.all(
      [...opened]
        .filter(([, at]) => at.place !== TOP)
        .map(async ([id]) => {
          const answer = await api.GET('/units/{id}/tree-path', { params: { path: { id } } });
          const step = answer.data?.steps.at(-1);
          const place = answer.data?.steps.at(-2)?.id ?? answer.data?.fondsId;
          return step && place ? ([id, { place, index: step.index }] as const) : undefined;
        }),
    );
    setOpened(
      (now) =>
        new Map([...[...now].filter(([, at]) => at.place === TOP), ...ways.filter((w) => w !== undefined)]),
    );
    await client.invalidateQueries({ queryKey: ['tree'] });
    await client.invalidateQueries({ queryKey: ['tree-fonds'] });
  };
  return {
    layout,
    nodeAt,
    fetchNode,
    isOpen: (id) => opened.has(id),
    fold: (line, node, open) =>
      setOpened((now) => {
        const next = new Map(now);
        if (open) next.set(node.id, { place: line.place, index: line.index });
        else next.delete(node.id);
        return next;
      }),
    openTo,
    renew,
    pending: fonds.pending,
    error: fonds.error ?? firsts.find((f) => f.error)?.error,
    retry: () => void client.refetchQueries({ queryKey: ['tree'] }),
    none: !fonds.pending && items.length === 0,
  };
}

/** Fetches the pages that some lines stand on. */
export function useLines(lines: readonly Line[]): void {
  const wanted = new Map<string, readonly [string, number]>();
  for (const { place, index } of lines) {
    const page = Math.floor(index / TREE_ROWS);
    if (place !== TOP && page > 0) wanted.set(`${place} ${page}`, [place, page]);
  }
  useQueries({
    queries: [...wanted.values()].map(([place, page]) => ({
      queryKey: pageKey(place, page),
      queryFn: () => pageOf(place, page),
    })),
  });
}

function cached(client: QueryClient, { place, index }: Pick<Line, 'place' | 'index'>): TreeNode | undefined {
  const page = client.getQueryData<Window>(pageKey(place, Math.floor(index / TREE_ROWS)));
  return page?.items[index % TREE_ROWS];
}

/** The fonds of an archive, more and more of them. */
function useFonds(archiveId: string, q: string) {
  const query = useInfiniteQuery({
    queryKey: ['tree-fonds', archiveId, q],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      body(
        api.GET('/archives/{archiveId}/fonds', {
          params: {
            path: { archiveId },
            query: { limit: TREE_ROWS, ...(q && { q }), ...(pageParam && { cursor: pageParam }) },
          },
        }),
      ),
    getNextPageParam: (page: List<Fonds>) => page.next,
  });
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = query;
  // Some hundred fonds are an archive: all are fetched, page by page.
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const items = useMemo(
    () =>
      (data?.pages ?? []).flatMap((page) =>
        page.items.map(
          (f): TreeNode => ({
            id: f.id,
            fondsId: f.id,
            level: 'fonds',
            code: f.number,
            title: f.name,
            count: f.childCount,
            closed: f.partOf !== null,
          }),
        ),
      ),
    [data],
  );
  const indexOf = useCallback(
    (id: string) => {
      const at = items.findIndex((f) => f.id === id);
      return at === -1 ? undefined : at;
    },
    [items],
  );
  const find = useCallback(
    async (id: string): Promise<boolean> => {
      if (items.some((f) => f.id === id)) return true;
      for (;;) {
        const next = await fetchNextPage();
        if (next.data?.pages.some((page) => page.items.some((f) => f.id === id))) return true;
        if (!next.hasNextPage) return false;
      }
    },
    [items, fetchNextPage],
  );
  return { items, indexOf, find, pending: query.isPending, error: query.error };
}

/** Lines of a window. */
export function linesOf(layout: Layout, first: number, count: number): Line[] {
  const lines: Line[] = [];
  for (let i = first; i < Math.min(first + count, layout.lines); i++) {
    const line = lineAt(layout, i);
    if (line) lines.push(line);
  }
  return lines;
}

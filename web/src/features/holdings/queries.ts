import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';
import { type UnitFilter, unitQuery } from '../../api/requests.ts';

export const PAGE_ROWS = 50;
export const TREE_ROWS = 100;

/** Keys of the address that say which units the table shows. */
export const FILTER_KEYS = [
  'parent',
  'fonds',
  'level',
  'category',
  'year',
  'retention',
  'access',
  'import',
  'held',
  'incomplete',
  'where',
] as const satisfies readonly (keyof UnitFilter)[];
export const VIEW_KEYS = [...FILTER_KEYS, 'sort', 'group', 'mode', 'row', 'tab'] as const;

export const fondsList = (archiveId: string, q = '', cursor?: string) =>
  queryOptions({
    queryKey: ['fonds-list', archiveId, q, cursor],
    queryFn: () =>
      body(
        api.GET('/archives/{archiveId}/fonds', {
          params: {
            path: { archiveId },
            query: { limit: TREE_ROWS, ...(q && { q }), ...(cursor && { cursor }) },
          },
        }),
      ),
  });

export const fondsOne = (id: string) =>
  queryOptions({
    queryKey: ['fonds', id],
    queryFn: () => body(api.GET('/fonds/{id}', { params: { path: { id } } })),
  });

export const unitOne = (id: string) =>
  queryOptions({
    queryKey: ['unit', id],
    queryFn: () => body(api.GET('/units/{id}', { params: { path: { id } } })),
  });

export const unitHistory = (id: string) =>
  queryOptions({
    queryKey: ['unit-history', id],
    queryFn: () => body(api.GET('/units/{id}/history', { params: { path: { id } } })),
  });

export const unitPages = (id: string) =>
  queryOptions({
    queryKey: ['unit-pages', id],
    queryFn: () => body(api.GET('/units/{id}/pages', { params: { path: { id } } })),
  });

/** What a table shows of an archive's entries. */
export interface TableWish {
  filter: UnitFilter;
  sort: string;
  /** Elements of the description that are shown. */
  elements: readonly string[];
}

const MORE_ROWS = 200;

/** A table as far as one has come: the first page, and more as the end comes near. */
export const unitTable = (archiveId: string, { filter, sort, elements }: TableWish) =>
  infiniteQueryOptions({
    queryKey: ['units', archiveId, filter, sort, elements],
    queryFn: ({ pageParam }) =>
      body(
        api.GET('/archives/{archiveId}/units', {
          params: {
            path: { archiveId },
            query: {
              ...unitQuery(filter),
              sort,
              ...(elements.length > 0 && { elements: elements.join(',') }),
              ...(pageParam && { cursor: pageParam }),
              limit: pageParam ? MORE_ROWS : PAGE_ROWS,
            },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

/** How many entries a table has; asked beside it, since counting may take longer than showing. */
export const unitTotals = (archiveId: string, filter: UnitFilter) =>
  queryOptions({
    queryKey: ['units', 'totals', archiveId, filter],
    queryFn: () =>
      body(
        api.GET('/archives/{archiveId}/units/totals', {
          params: { path: { archiveId }, query: unitQuery(filter) },
        }),
      ),
    retry: false,
  });

export const unitGroups = (archiveId: string, filter: UnitFilter, by: string) =>
  queryOptions({
    queryKey: ['units', 'groups', archiveId, filter, by],
    queryFn: () =>
      body(
        api.GET('/archives/{archiveId}/units/groups', {
          params: { path: { archiveId }, query: { ...unitQuery(filter), by } },
        }),
      ),
    retry: false,
  });

export const tableViews = (archiveId: string) =>
  queryOptions({
    queryKey: ['table-views', archiveId],
    queryFn: () => body(api.GET('/archives/{archiveId}/table-views', { params: { path: { archiveId } } })),
  });

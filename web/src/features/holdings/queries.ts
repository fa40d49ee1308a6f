import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';
import { oneOf, type UnitFilter, unitQuery } from '../../api/requests.ts';

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
] as const satisfies readonly (keyof UnitFilter)[];
export const VIEW_KEYS = [...FILTER_KEYS, 'sort', 'cursor', 'from_row', 'row', 'tab'] as const;

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

export const unitList = (archiveId: string, filter: UnitFilter & { sort?: string; cursor?: string }) =>
  queryOptions({
    queryKey: ['units', archiveId, filter],
    queryFn: () =>
      body(
        api.GET('/archives/{archiveId}/units', {
          params: {
            path: { archiveId },
            query: {
              ...unitQuery(filter),
              sort: oneOf(['position', 'code', '-code'], filter.sort),
              cursor: filter.cursor,
              limit: PAGE_ROWS,
            },
          },
        }),
      ),
    placeholderData: keepPreviousData,
  });

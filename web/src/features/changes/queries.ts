import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';
import { oneOf } from '../../api/requests.ts';

export const CHANGE_KINDS = [
  'edit',
  'bulk',
  'paste',
  'import',
  'takeBack',
  'renumber',
  'move',
  'merge',
  'split',
  'draft',
  'disposal',
  'undo',
  'direct',
] as const;

/** Everything that shows what descriptions say, to be asked anew when they changed. */
export const DESCRIPTION_KEYS = [
  ['unit'],
  ['units'],
  ['tree'],
  ['unit-history'],
  ['unit-versions'],
  ['changesets'],
  ['changeset'],
] as const;

export const unitVersions = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['unit-versions', id],
    queryFn: ({ pageParam }) =>
      body(
        api.GET('/units/{id}/versions', {
          params: { path: { id }, query: { limit: 20, ...(pageParam ? { cursor: pageParam } : {}) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });

export const changesetList = (
  archiveId: string,
  view: { kind?: string | undefined; mine?: string | undefined; cursor?: string | undefined },
) =>
  queryOptions({
    queryKey: ['changesets', archiveId, view],
    queryFn: () =>
      body(
        api.GET('/archives/{archiveId}/changesets', {
          params: {
            path: { archiveId },
            query: {
              kind: oneOf(CHANGE_KINDS, view.kind),
              ...(view.mine ? { mine: true } : {}),
              ...(view.cursor ? { cursor: view.cursor } : {}),
              limit: 50,
            },
          },
        }),
      ),
    placeholderData: keepPreviousData,
  });

export const changesetOne = (id: string, cursor: string | undefined) =>
  queryOptions({
    queryKey: ['changeset', id, cursor],
    queryFn: () =>
      body(
        api.GET('/changesets/{id}', {
          params: { path: { id }, query: { limit: 50, ...(cursor ? { cursor } : {}) } },
        }),
      ),
  });

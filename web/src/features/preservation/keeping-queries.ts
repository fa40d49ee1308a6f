import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';

/** What all pages of preservation show is asked for again under this key. */
export const KEEPING = ['preservation'] as const;

const of = (archiveId: string | undefined) => (archiveId ? { archive: archiveId } : {});

export const overviewOf = (archiveId: string | undefined) =>
  queryOptions({
    queryKey: [...KEEPING, 'overview', archiveId],
    queryFn: () => body(api.GET('/preservation', { params: { query: of(archiveId) } })),
    refetchInterval: 15_000,
  });

export const growthOf = (archiveId: string | undefined) =>
  queryOptions({
    queryKey: [...KEEPING, 'growth', archiveId],
    queryFn: () => body(api.GET('/preservation/growth', { params: { query: of(archiveId) } })),
  });

export const storeList = queryOptions({
  queryKey: [...KEEPING, 'stores'],
  queryFn: () => body(api.GET('/preservation/stores')),
  refetchInterval: 15_000,
});

export const failuresOf = (archiveId: string | undefined) =>
  infiniteQueryOptions({
    queryKey: [...KEEPING, 'failures', archiveId],
    queryFn: ({ pageParam }) =>
      body(
        api.GET('/preservation/failures', {
          params: { query: { ...of(archiveId), limit: 50, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: 15_000,
  });

export const alarmsOf = (archiveId: string | undefined, waiting: boolean) =>
  infiniteQueryOptions({
    queryKey: [...KEEPING, 'alarms', archiveId, waiting],
    queryFn: ({ pageParam }) =>
      body(
        api.GET('/preservation/alarms', {
          params: {
            query: {
              ...of(archiveId),
              limit: 20,
              ...(waiting && { waiting: true }),
              ...(pageParam && { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: 15_000,
  });

export const segmentsState = queryOptions({
  queryKey: [...KEEPING, 'segments'],
  queryFn: () => body(api.GET('/preservation/segments')),
  refetchInterval: 15_000,
});

/** Title and reference code of a record, for lists that know its id alone; nothing where it is not for the asker. */
export const unitName = (unitId: string) =>
  queryOptions({
    queryKey: ['unit', unitId],
    queryFn: () => body(api.GET('/units/{id}', { params: { path: { id: unitId } } })),
    retry: false,
    staleTime: 300_000,
  });

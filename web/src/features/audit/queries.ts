import { queryOptions } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';
import type { paths } from '../../api/schema.generated.ts';

export type EntryQuery = NonNullable<paths['/audit/entries']['get']['parameters']['query']>;
export type Entry =
  paths['/audit/entries']['get']['responses'][200]['content']['application/json']['items'][number];
export type EntryProof =
  paths['/audit/entries/{id}/proof']['get']['responses'][200]['content']['application/json'];

export const auditEntries = (query: EntryQuery) =>
  queryOptions({
    queryKey: ['audit', 'entries', query],
    queryFn: () => body(api.GET('/audit/entries', { params: { query } })),
  });

export const auditActs = queryOptions({
  queryKey: ['audit', 'acts'],
  queryFn: () => body(api.GET('/audit/acts')),
  staleTime: 60_000,
});

export const entryProof = (id: string) =>
  queryOptions({
    queryKey: ['audit', 'proof', id],
    queryFn: () => body(api.GET('/audit/entries/{id}/proof', { params: { path: { id } } })),
    retry: false,
  });

export type Checkpoint =
  paths['/audit/checkpoints']['get']['responses'][200]['content']['application/json']['items'][number];
export type Keeping = paths['/audit/keeping']['get']['responses'][200]['content']['application/json'];
export type Peer =
  paths['/audit/peers']['get']['responses'][200]['content']['application/json']['items'][number];

export const checkpoints = (cursor: string | undefined) =>
  queryOptions({
    queryKey: ['audit', 'checkpoints', cursor],
    queryFn: () =>
      body(api.GET('/audit/checkpoints', { params: { query: { ...(cursor && { cursor }), limit: 50 } } })),
    refetchInterval: cursor ? false : 30_000,
  });

export const keeping = queryOptions({
  queryKey: ['audit', 'keeping'],
  queryFn: () => body(api.GET('/audit/keeping')),
  // While a verification runs its end is looked for.
  refetchInterval: (query) => (query.state.data?.verifying ? 2_000 : 30_000),
});

export const countersignaturesOf = (size: number) =>
  queryOptions({
    queryKey: ['audit', 'countersignatures', size],
    queryFn: () =>
      body(api.GET('/audit/checkpoints/{size}/countersignatures', { params: { path: { size } } })),
  });

export const growthSince = (first: number, second: number) =>
  queryOptions({
    queryKey: ['audit', 'growth', first, second],
    queryFn: () => body(api.GET('/audit/consistency', { params: { query: { first, second } } })),
    retry: false,
  });

export const peers = queryOptions({
  queryKey: ['audit', 'peers'],
  queryFn: () => body(api.GET('/audit/peers')),
});

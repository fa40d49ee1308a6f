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

import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';
import type { paths } from '../../api/schema.generated.ts';

type Json<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { 'application/json': infer T } } } };
}
  ? T
  : never;
export type BackupStatus = Json<'/backups'>;
export type BackupRun = Json<'/backups/runs'>['items'][number];
export type Drill = Json<'/backups/drills'>['items'][number];

export const BACKUPS = ['backups'] as const;
const SOON = 3_000;
const LATER = 30_000;

const isOpen = (one: { state: string }): boolean => one.state === 'queued' || one.state === 'running';

export const backupStatus = queryOptions({
  queryKey: [...BACKUPS, 'status'],
  queryFn: () => body(api.GET('/backups')),
  // What has just been made opens the next act.
  refetchInterval: SOON,
});

export const backupRuns = infiniteQueryOptions({
  queryKey: [...BACKUPS, 'runs'],
  queryFn: ({ pageParam }) =>
    body(
      api.GET('/backups/runs', { params: { query: { limit: 10, ...(pageParam && { cursor: pageParam }) } } }),
    ),
  initialPageParam: '',
  getNextPageParam: (page) => page.next,
  refetchInterval: ({ state }) => (state.data?.pages.some((page) => page.items.some(isOpen)) ? SOON : LATER),
});

export const backupDrills = infiniteQueryOptions({
  queryKey: [...BACKUPS, 'drills'],
  queryFn: ({ pageParam }) =>
    body(
      api.GET('/backups/drills', {
        params: { query: { limit: 10, ...(pageParam && { cursor: pageParam }) } },
      }),
    ),
  initialPageParam: '',
  getNextPageParam: (page) => page.next,
  refetchInterval: ({ state }) => (state.data?.pages.some((page) => page.items.some(isOpen)) ? SOON : LATER),
});

import { queryOptions } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';
import type { paths } from '../../api/schema.generated.ts';

type Answer<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { 'application/json': infer A } } } };
}
  ? A
  : never;
export type Why = Answer<'/units/{id}/visibility'>;
export type Sight = Why['sights'][number]['sight'];
export type Reason = Why['sights'][number]['reasons'][number];
export type Viewers = Answer<'/units/{id}/viewers'>;
export type Leave = Answer<'/grants'>['items'][number];
export type NewLeave = paths['/grants']['post']['requestBody']['content']['application/json'];
export type Grantable = NewLeave['gives'][number];

/** Why somebody (nobody named: oneself) may do what to a unit. */
export const why = (id: string, username: string) =>
  queryOptions({
    queryKey: ['visibility', id, username],
    queryFn: () =>
      body(
        api.GET('/units/{id}/visibility', {
          params: { path: { id }, query: username === '' ? {} : { username } },
        }),
      ),
    retry: false,
  });

export const viewers = (id: string) =>
  queryOptions({
    queryKey: ['visibility', id, 'viewers'],
    queryFn: () => body(api.GET('/units/{id}/viewers', { params: { path: { id } } })),
  });

export const leaveFor = (archiveId: string, unitId: string) =>
  queryOptions({
    queryKey: ['visibility', unitId, 'leave'],
    queryFn: () => body(api.GET('/grants', { params: { query: { archiveId, unitId } } })),
  });

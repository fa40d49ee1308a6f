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

import { queryOptions } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';
import type { paths } from '../../api/schema.generated.ts';
import type { Tone } from '../../components/small.tsx';

type Answer<P extends keyof paths, M extends 'get' | 'post'> =
  paths[P] extends Record<M, { responses: { 200: { content: { 'application/json': infer A } } } }>
    ? A
    : never;
export type MediumDetail = Answer<'/preservation/media/{id}', 'get'>;
export type Medium = MediumDetail['medium'];
export type MediaPlan = MediumDetail['plan'];
export type MediaDue = Answer<'/preservation/media/due', 'get'>;
export type PlanOrder =
  paths['/preservation/media-plans/estimate']['post']['requestBody']['content']['application/json'];
export type MediumKind = Medium['kind'];

export const KINDS = ['optical', 'magnetic', 'ssd', 'other'] as const satisfies readonly MediumKind[];
/** What is read again after an act. */
export const MEDIA = ['media'] as const;

export const TONES: Readonly<Record<Medium['state'], Tone>> = {
  planned: 'waiting',
  writing: 'waiting',
  written: 'waiting',
  inPlace: 'done',
  replaced: 'closed',
  withdrawn: 'closed',
  destroyed: 'closed',
};
export const PLAN_TONES: Readonly<Record<MediaPlan['state'], Tone>> = {
  planning: 'waiting',
  planned: 'plain',
  givenUp: 'closed',
};

export const mediaDue = (archive: string) =>
  queryOptions({
    queryKey: [...MEDIA, 'due', archive],
    queryFn: () => body(api.GET('/preservation/media/due', { params: { query: { archive } } })),
  });

export const mediaPlans = (query: { archive: string; cursor?: string }) =>
  queryOptions({
    queryKey: [...MEDIA, 'plans', query],
    queryFn: () => body(api.GET('/preservation/media-plans', { params: { query: { ...query, limit: 20 } } })),
    refetchInterval: (q) => (q.state.data?.items.some(({ state }) => state === 'planning') ? 2_000 : false),
  });

export const mediaPlan = (id: string) =>
  queryOptions({
    queryKey: [...MEDIA, 'plan', id],
    queryFn: () => body(api.GET('/preservation/media-plans/{id}', { params: { path: { id } } })),
    refetchInterval: (q) => (q.state.data?.plan.state === 'planning' ? 2_000 : false),
  });

/** Media, of a plan or of an archive in one state. */
export const mediaList = (query: {
  archive?: string;
  plan?: string;
  state?: Medium['state'];
  cursor?: string;
  limit: number;
}) =>
  queryOptions({
    queryKey: [...MEDIA, 'list', query],
    queryFn: () => body(api.GET('/preservation/media', { params: { query } })),
  });

export const mediumOne = (id: string) =>
  queryOptions({
    queryKey: [...MEDIA, 'medium', id],
    queryFn: () => body(api.GET('/preservation/media/{id}', { params: { path: { id } } })),
  });

export const plannedObjects = (
  planId: string,
  query: { medium?: number; tooLarge?: boolean; cursor?: string },
) =>
  queryOptions({
    queryKey: [...MEDIA, 'objects', planId, query],
    queryFn: () =>
      body(
        api.GET('/preservation/media-plans/{id}/objects', {
          params: { path: { id: planId }, query: { ...query, limit: 50 } },
        }),
      ),
  });

export const offlineCopies = (object: string) =>
  queryOptions({
    queryKey: [...MEDIA, 'of-object', object],
    queryFn: () => body(api.GET('/preservation/media/of-object', { params: { query: { object } } })),
  });

export const planEstimate = (order: PlanOrder) =>
  queryOptions({
    queryKey: [...MEDIA, 'estimate', order],
    queryFn: () => body(api.POST('/preservation/media-plans/estimate', { body: order })),
    retry: false,
  });

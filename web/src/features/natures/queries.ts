import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';
import type { paths } from '../../api/schema.generated.ts';
import type { Language } from '../../api/shapes.ts';
import type { Tone } from '../../components/small.tsx';

type Answer<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { 'application/json': infer T } } } };
}
  ? T
  : never;

export type Run = Answer<'/checks'>['items'][number];
export type Report = Answer<'/checks/{id}'>;
export type Item = Report['items'][number];
export type Scheme = Answer<'/archives/{archiveId}/check-schemes'>['items'][number];
export type TrustedCertificate = Answer<'/archives/{archiveId}/trusted-certificates'>['items'][number];
export type SchemeItem = Scheme['items'][number];

export const STAGES = ['GD', 'YJ', 'BC'] as const;
export const NATURES = ['authenticity', 'completeness', 'usability', 'security'] as const;
export const SEVERITIES = ['block', 'warn', 'info'] as const;

export const VERDICT_TONES: Readonly<Record<NonNullable<Run['verdict']>, Tone>> = {
  qualified: 'done',
  unqualified: 'wrong',
  open: 'waiting',
};
export const STANDING_TONES: Readonly<Record<Item['standing'], Tone>> = {
  passed: 'done',
  failed: 'wrong',
  awaited: 'waiting',
  without: 'plain',
};

const isOver = (run: Pick<Run, 'state'> | undefined) => run?.state === 'done' || run?.state === 'failed';

export const runsQuery = (archiveId: string) =>
  infiniteQueryOptions({
    queryKey: ['natures', 'runs', archiveId],
    queryFn: ({ pageParam }) =>
      body(
        api.GET('/checks', {
          params: { query: { archiveId, limit: 30, ...(pageParam ? { cursor: pageParam } : {}) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last: Answer<'/checks'>) => last.next,
    refetchInterval: (query) =>
      query.state.data?.pages.some((p) => p.items.some((r) => !isOver(r))) ? 4_000 : false,
  });

/** The newest checks of what is held. */
export const heldRunsQuery = (archiveId: string) =>
  queryOptions({
    queryKey: ['natures', 'held', archiveId],
    queryFn: async () => {
      const of = (about: string) =>
        body(api.GET('/checks', { params: { query: { archiveId, about, limit: 3 } } }));
      const [calendar, asked] = [await of('calendar'), await of('held')];
      const all = [...calendar.items, ...asked.items];
      return all.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1)).slice(0, 3);
    },
  });

export const reportQuery = (id: string, lang: Language) =>
  queryOptions({
    queryKey: ['natures', 'report', id, lang],
    queryFn: () => body(api.GET('/checks/{id}', { params: { path: { id }, query: { lang } } })),
    refetchInterval: (query) => (isOver(query.state.data) ? false : 1_000),
  });

export const findingsQuery = (id: string, slug: Item['slug'], lang: Language) =>
  infiniteQueryOptions({
    queryKey: ['natures', 'findings', id, slug, lang],
    queryFn: ({ pageParam }) =>
      body(
        api.GET('/checks/{id}/findings', {
          params: {
            path: { id },
            query: { slug, lang, limit: 20, ...(pageParam ? { cursor: pageParam } : {}) },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last: Answer<'/checks/{id}/findings'>) => last.next,
  });

export const schemesQuery = (archiveId: string) =>
  queryOptions({
    queryKey: ['natures', 'schemes', archiveId],
    queryFn: async () =>
      (await body(api.GET('/archives/{archiveId}/check-schemes', { params: { path: { archiveId } } }))).items,
  });

/** Whose signatures an archive trusts, the newest first. */
export const trustQuery = (archiveId: string) =>
  queryOptions({
    queryKey: ['natures', 'trust', archiveId],
    queryFn: async () =>
      (await body(api.GET('/archives/{archiveId}/trusted-certificates', { params: { path: { archiveId } } })))
        .items,
  });

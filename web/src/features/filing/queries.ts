import { queryOptions } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';
import type { paths } from '../../api/schema.generated.ts';

type Answer<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { 'application/json': infer T } } } };
}
  ? T
  : never;

export type Agency = Answer<'/filing/agencies'>['items'][number];
export type Schedule = Answer<'/filing/schedules'>['items'][number];
export type ScheduleWithLines = Answer<'/filing/schedules/{id}'>;
export type Line = ScheduleWithLines['lines'][number];
export type Difference = Answer<'/filing/schedules/{id}/comparison'>['differences'][number];
export type Remark = Answer<'/filing/remarks'>['items'][number];

export const agencies = queryOptions({
  queryKey: ['filing', 'agencies'],
  queryFn: async () => (await body(api.GET('/filing/agencies'))).items,
  staleTime: 60_000,
});

export const scheduleQuery = (id: string) =>
  queryOptions({
    queryKey: ['filing', 'schedule', id],
    queryFn: () => body(api.GET('/filing/schedules/{id}', { params: { path: { id } } })),
  });

export const remarksQuery = (about: string) =>
  queryOptions({
    queryKey: ['filing', 'remarks', about],
    queryFn: async () => (await body(api.GET('/filing/remarks', { params: { query: { about } } }))).items,
  });

export const comparisonQuery = (id: string, version: number, other: 'template' | 'previous') =>
  queryOptions({
    queryKey: ['filing', 'comparison', id, version, other],
    queryFn: () =>
      body(
        api.GET('/filing/schedules/{id}/comparison', { params: { path: { id }, query: { with: other } } }),
      ),
  });

export type FiledRecord = Answer<'/filing/records'>['items'][number];
export type RecordPage = Answer<'/filing/records/{id}'>;
export type YearFiling = Answer<'/filing/filings'>['filings'][number];
export type FormField = Answer<'/filing/schemes/{category}'>['fields'][number];

export const recordQuery = (id: string) =>
  queryOptions({
    queryKey: ['filing', 'record', id],
    queryFn: () => body(api.GET('/filing/records/{id}', { params: { path: { id } } })),
  });

export const yearsQuery = (of: { archiveId: string; agencyId: string } | undefined) =>
  queryOptions({
    queryKey: ['filing', 'years', of?.agencyId],
    queryFn: () =>
      body(
        api.GET('/filing/filings', {
          params: { query: { archive: of?.archiveId ?? '', agency: of?.agencyId ?? '' } },
        }),
      ),
    enabled: of !== undefined,
  });

export const formQuery = (category: string) =>
  queryOptions({
    queryKey: ['filing', 'form', category],
    queryFn: async () =>
      (await body(api.GET('/filing/schemes/{category}', { params: { path: { category } } }))).fields,
    staleTime: Number.POSITIVE_INFINITY,
  });

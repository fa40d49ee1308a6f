import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';
import type { paths } from '../../api/schema.generated.ts';
import type { Tone } from '../../components/small.tsx';

type Answer<P extends keyof paths> =
  paths[P] extends Record<'get', { responses: { 200: { content: { 'application/json': infer A } } } }>
    ? A
    : never;
export type FormatsView = Answer<'/preservation/formats'>;
export type HeldFormat = FormatsView['formats'][number];
export type FormatDecision = FormatsView['decisions'][number];
export type Category = HeldFormat['category'];
export type Risk = HeldFormat['risk'];
export type Policy = HeldFormat['policy'];

export const RISKS = ['high', 'medium', 'low'] as const satisfies readonly Risk[];
export const POLICIES = ['keep', 'normalise', 'migrate'] as const satisfies readonly Policy[];
export const RISK_TONES: Readonly<Record<Risk, Tone>> = { high: 'wrong', medium: 'waiting', low: 'done' };

/** What is read again after an act. */
export const FORMATS = ['formats'] as const;

/** What a decision is about: a format by its identifier, or a category. */
export const subjectOf = (category: Category): string => `category:${category}`;

export const formatsOf = (archive: string) =>
  queryOptions({
    queryKey: [...FORMATS, 'held', archive],
    queryFn: () => body(api.GET('/preservation/formats', { params: { query: { archive } } })),
    refetchInterval: 30_000,
  });

/** Decisions, the newest first: on one subject, or all of an archive. */
export const decisionsOn = (archive: string, subject?: string) =>
  infiniteQueryOptions({
    queryKey: [...FORMATS, 'decisions', archive, subject],
    queryFn: ({ pageParam }) =>
      body(
        api.GET('/preservation/formats/decisions', {
          params: {
            query: {
              archive,
              limit: 20,
              ...(subject && { subject }),
              ...(pageParam && { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });

export const failuresOf = (archive: string) =>
  infiniteQueryOptions({
    queryKey: [...FORMATS, 'failures', archive],
    queryFn: ({ pageParam }) =>
      body(
        api.GET('/preservation/formats/failures', {
          params: { query: { archive, limit: 50, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });

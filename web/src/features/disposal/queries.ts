import { queryOptions } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';
import type { paths } from '../../api/schema.generated.ts';

export type DisposalChoice =
  paths['/disposals/preview']['post']['requestBody']['content']['application/json'];
export type DisposalPreview =
  paths['/disposals/preview']['post']['responses'][200]['content']['application/json'];
export type LegalHold =
  paths['/legal-holds']['get']['responses'][200]['content']['application/json']['items'][number];

/** What is read again when a list or a mark has changed. */
export const DISPOSAL_CHANGES = [
  ['disposals'],
  ['disposal'],
  ['disposal-preview'],
  ['legal-holds'],
  ['unit-disposal'],
  ['work'],
] as const;

/** What a list of these entries would be, and what can not be on it. */
export const disposalPreview = (choice: DisposalChoice) =>
  queryOptions({
    queryKey: ['disposal-preview', choice],
    queryFn: () => body(api.POST('/disposals/preview', { body: choice })),
    retry: false,
    staleTime: 10_000,
  });

/** What became of an entry's content, and what keeps it from being destroyed. */
export const unitDisposal = (id: string) =>
  queryOptions({
    queryKey: ['unit-disposal', id],
    queryFn: () => body(api.GET('/units/{id}/disposal', { params: { path: { id } } })),
  });

export const legalHolds = (query: { archive?: string; ended?: boolean; cursor?: string }) =>
  queryOptions({
    queryKey: ['legal-holds', query],
    queryFn: () => body(api.GET('/legal-holds', { params: { query: { ...query, limit: 50 } } })),
  });

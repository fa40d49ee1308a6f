import { queryOptions } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';
import type { paths } from '../../api/schema.generated.ts';

type Answer<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { 'application/json': infer T } } } };
}
  ? T
  : never;

export type Line = Answer<'/archives/{archiveId}/accessions'>['items'][number];
export type Accession = Answer<'/accessions/{id}'>;
export type Deed = Accession['deeds'][number];
export type Source = Answer<'/accession-sources/{id}'>;
export type SourceRow = Answer<'/archives/{archiveId}/accession-sources'>['items'][number];
export type Lead = Answer<'/accession-leads/{id}'>;
export type LeadRow = Answer<'/archives/{archiveId}/accession-leads'>['items'][number];
export type Accrual = Answer<'/archives/{archiveId}/accession-accruals'>['items'][number];
export type Expected = Answer<'/archives/{archiveId}/accessions-expected'>['items'][number];
export type Way = Line['way'];
export type WayByHand = Accrual['way'];
export type State = Line['state'];
export type Extent = Line['came'];
export type Act = Accession['acts'][number];

export const TONES = {
  promised: 'waiting',
  agreed: 'waiting',
  received: 'waiting',
  proposed: 'waiting',
  accepted: 'waiting',
  refused: 'wrong',
  arranged: 'done',
  closed: 'closed',
  withdrawn: 'closed',
  returned: 'closed',
} as const;

export const accessionOne = (id: string) =>
  queryOptions({
    queryKey: ['accession', id],
    queryFn: () => body(api.GET('/accessions/{id}', { params: { path: { id } } })),
    enabled: id !== '',
  });

export const sourceOne = (id: string) =>
  queryOptions({
    queryKey: ['accession-source', id],
    queryFn: () => body(api.GET('/accession-sources/{id}', { params: { path: { id } } })),
    enabled: id !== '',
  });

export const leadOne = (id: string) =>
  queryOptions({
    queryKey: ['accession-lead', id],
    queryFn: () => body(api.GET('/accession-leads/{id}', { params: { path: { id } } })),
    enabled: id !== '',
  });

export const sourcesFound = (archiveId: string, q: string) =>
  queryOptions({
    queryKey: ['accession-sources', archiveId, q],
    queryFn: () =>
      body(
        api.GET('/archives/{archiveId}/accession-sources', {
          params: { path: { archiveId }, query: { limit: 20, ...(q && { q }) } },
        }),
      ),
  });

/** What is asked again after something of the register was changed. */
export const CHANGED = [
  'accession', 'accessions', 'accession-expected', 'accession-source', 'accession-sources', 'accession-lead', 'accession-leads',
  'accession-accruals', 'accession-statistics', 'accession-history', 'work',
] as const; // biome-ignore format: a list

/** Accessions that were arranged into an entry, an import or a fonds. */
export const accessionsInto = (archiveId: string, id: string) =>
  queryOptions({
    queryKey: ['accessions-into', archiveId, id],
    queryFn: () =>
      body(api.GET('/archives/{archiveId}/accessions-into/{id}', { params: { path: { archiveId, id } } })),
  });

/** The newest accessions registered for a fonds. */
export const accessionsOfFonds = (archiveId: string, fonds: string) =>
  queryOptions({
    queryKey: ['accessions', archiveId, { fonds }],
    queryFn: () =>
      body(
        api.GET('/archives/{archiveId}/accessions', {
          params: { path: { archiveId }, query: { fonds, limit: 20 } },
        }),
      ),
  });

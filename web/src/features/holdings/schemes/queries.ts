import { queryOptions } from '@tanstack/react-query';
import { api, body } from '../../../api/client.ts';

export const schemeVersions = (archiveId: string) =>
  queryOptions({
    queryKey: ['description-schemes', archiveId],
    queryFn: () =>
      body(api.GET('/archives/{archiveId}/description-schemes', { params: { path: { archiveId } } })),
    enabled: archiveId !== '',
  });

export const schemeVersion = (id: string) =>
  queryOptions({
    queryKey: ['description-scheme', id],
    queryFn: () => body(api.GET('/description-schemes/{id}', { params: { path: { id } } })),
    enabled: id !== '',
    staleTime: Number.POSITIVE_INFINITY,
  });

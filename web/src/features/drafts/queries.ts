import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';
import { oneOf } from '../../api/requests.ts';

export const DRAFT_STATES = ['writing', 'submitted', 'accepted', 'returned', 'withdrawn'] as const;

export const draftList = (
  archiveId: string,
  view: { state?: string | undefined; unit?: string | undefined; cursor?: string | undefined },
) =>
  queryOptions({
    queryKey: ['unit-drafts', archiveId, view],
    queryFn: () =>
      body(
        api.GET('/archives/{archiveId}/drafts', {
          params: {
            path: { archiveId },
            query: {
              state: oneOf(DRAFT_STATES, view.state),
              ...(view.unit ? { unit: view.unit } : {}),
              ...(view.cursor ? { cursor: view.cursor } : {}),
              limit: 50,
            },
          },
        }),
      ),
    placeholderData: keepPreviousData,
  });

export const draftOne = (id: string) =>
  queryOptions({
    queryKey: ['unit-draft', id],
    queryFn: () => body(api.GET('/drafts/{id}', { params: { path: { id } } })),
  });

/** What shows drafts, to be asked anew when one of them moved. */
export const DRAFT_KEYS = [['unit-drafts'], ['unit-draft'], ['work']] as const;

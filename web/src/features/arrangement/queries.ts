import { queryOptions } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';
import { DESCRIPTION_KEYS } from '../changes/queries.ts';

/** While something runs it is asked again. */
const AGAIN_MS = 3_000;

/** What waits, runs or was stopped of an archive, the newest first. */
export const openArrangements = (archiveId: string) =>
  queryOptions({
    queryKey: ['arrangements', archiveId],
    queryFn: () => body(api.GET('/arrangement', { params: { query: { archive: archiveId, open: true } } })),
    refetchInterval: (query) =>
      query.state.data?.items.some((one) => one.state === 'queued') ? AGAIN_MS : false,
  });

export const arrangementOne = (id: string) =>
  queryOptions({
    queryKey: ['arrangement', id],
    queryFn: () => body(api.GET('/arrangement/{id}', { params: { path: { id } } })),
    refetchInterval: (query) => (query.state.data?.state === 'queued' ? AGAIN_MS : false),
  });

/** Codes an arrangement changed, or is to change, page by page. */
export const arrangedCodes = (id: string, cursor: string | undefined) =>
  queryOptions({
    queryKey: ['arranged-codes', id, cursor],
    queryFn: () =>
      body(
        api.GET('/arrangement/{id}/codes', {
          params: { path: { id }, query: { limit: 100, ...(cursor ? { cursor } : {}) } },
        }),
      ),
  });

/** What shows the order of the holdings, to be asked anew when it changed. */
export const ARRANGEMENT_KEYS = [
  ['arrangements'],
  ['arrangement'],
  ['arranged-codes'],
  ['fonds'],
  ['tree-fonds'],
  ['work'],
  ...DESCRIPTION_KEYS,
] as const;

export const ARRANGEMENT_TONES = {
  waiting: 'waiting',
  queued: 'waiting',
  done: 'done',
  declined: 'closed',
  failed: 'wrong',
} as const;

import { queryOptions } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';
import type { paths } from '../../api/schema.generated.ts';
import type { Tone } from '../../components/small.tsx';

type Answer<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { 'application/json': infer T } } } };
}
  ? T
  : never;

export type Batch = Answer<'/transfers'>['items'][number];
export type BatchRead = Answer<'/transfers/{id}'>;
export type BatchState = Batch['state'];
export type Act = BatchRead['acts'][number];
export type Plan = Answer<'/transfer-plans'>['items'][number];
export type Move = Answer<'/transfers/moves'>['moves'][number];

/** States in which the system is at work: looked at again by itself. */
const UNDER_WAY: ReadonlySet<BatchState> = new Set([
  'prechecking',
  'reading',
  'sent',
  'checking',
  'accepting',
]);
export const isUnderWay = (state: BatchState): boolean => UNDER_WAY.has(state);

export const batchQuery = (id: string) =>
  queryOptions({
    queryKey: ['transfer', id],
    queryFn: () => body(api.GET('/transfers/{id}', { params: { path: { id } } })),
    refetchInterval: (query) => (query.state.data && isUnderWay(query.state.data.state) ? 1_500 : false),
  });

export type FiledGroup = Answer<'/filing/ready-to-hand-over'>['groups'][number];

/** What an agency could hand over now. */
export const filedGroupsQuery = (of: { archiveId: string; agencyId: string }) =>
  queryOptions({
    queryKey: ['filing', 'ready-to-hand-over', of.agencyId],
    queryFn: async () =>
      (
        await body(
          api.GET('/filing/ready-to-hand-over', {
            params: { query: { archive: of.archiveId, agency: of.agencyId } },
          }),
        )
      ).groups,
  });

export const TONES: Readonly<Record<BatchState, Tone>> = {
  preparing: 'plain',
  prechecking: 'waiting',
  checked: 'waiting',
  dispatched: 'waiting',
  reading: 'waiting',
  sent: 'waiting',
  received: 'waiting',
  checking: 'waiting',
  reviewing: 'waiting',
  proposed: 'waiting',
  accepting: 'waiting',
  accepted: 'done',
  returned: 'wrong',
  withdrawn: 'closed',
  blocked: 'wrong',
  removed: 'closed',
};

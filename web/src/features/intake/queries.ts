import { queryOptions } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';
import type { paths } from '../../api/schema.generated.ts';
import type { Tone } from '../../components/small.tsx';

type Answer<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { 'application/json': infer T } } } };
}
  ? T
  : never;

export type System = Answer<'/intake/systems'>['items'][number];
export type SystemRead = Answer<'/intake/systems/{id}'>;
export type Settings = System['settings'];
export type ArrivalLine = Answer<'/intake/arrivals'>['items'][number];
export type DropEntry = Answer<'/intake/systems/{id}/drop'>['items'][number];

export const STATE_TONES: Readonly<Record<System['state'], Tone>> = {
  proposed: 'waiting',
  admitted: 'done',
  refused: 'wrong',
  ended: 'closed',
};

export const OUTCOME_TONES: Readonly<Record<ArrivalLine['outcome'], Tone>> = {
  taken: 'done',
  changed: 'done',
  refused: 'wrong',
};

export const systemQuery = (id: string) =>
  queryOptions({
    queryKey: ['intake', 'system', id],
    queryFn: () => body(api.GET('/intake/systems/{id}', { params: { path: { id } } })),
  });

import type { paths } from '../../api/schema.generated.ts';
import type { Tone } from '../../components/small.tsx';

type Answer<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { 'application/json': infer T } } } };
}
  ? T
  : never;

export type Deposit = Answer<'/deposits'>['items'][number];
export type DepositRead = Answer<'/deposits/{id}'>;
export type Unsealing = DepositRead['unsealings'][number];

export const TONES: Readonly<Record<Deposit['state'], Tone>> = {
  sealing: 'waiting',
  kept: 'done',
  blocked: 'wrong',
  failed: 'wrong',
  ended: 'closed',
};

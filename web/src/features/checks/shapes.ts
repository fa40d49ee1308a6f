import type { paths } from '../../api/schema.generated.ts';

type Ok<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { 'application/json': infer T } } } };
}
  ? T
  : never;

export type CheckReport = Ok<'/examinations/{id}'>;
export type CheckSummary = Ok<'/examinations'>['items'][number];
export type CheckEntry = Ok<'/examinations/{id}/entries'>['items'][number];
export type CheckFinding = Ok<'/examinations/{id}/findings'>['items'][number];
export type CheckGroup = CheckReport['groups'][number];

export const isUnderWay = (state: CheckSummary['state'] | undefined): boolean =>
  state === 'waiting' || state === 'running';

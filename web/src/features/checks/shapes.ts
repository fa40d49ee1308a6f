import type { paths } from '../../api/schema.generated.ts';
import type { Tone } from '../../components/small.tsx';
import type { MessageKey } from '../../wording.tsx';

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

export function toneOf({ state, valid, kind }: Pick<CheckSummary, 'state' | 'valid' | 'kind'>): Tone {
  if (state === 'failed') return 'wrong';
  if (isUnderWay(state)) return 'waiting';
  if (kind === 'file') return 'plain';
  if (kind === 'unknown') return 'waiting';
  return valid ? 'done' : 'wrong';
}

export const toneOfSeverity = (severity: CheckGroup['severity']): Tone =>
  severity === 'error' ? 'wrong' : severity === 'warning' ? 'waiting' : 'plain';

/** How it ended, or how far it is, in a word. */
export function resultOf({ state, valid, kind }: Pick<CheckSummary, 'state' | 'valid' | 'kind'>): MessageKey {
  if (state !== 'done') return `examination.state.${state}`;
  if (kind === 'file' || kind === 'unknown') return `examination.result.${kind}`;
  return valid ? 'examination.result.valid' : 'examination.result.invalid';
}

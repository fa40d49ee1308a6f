import type { Examination } from '../store/examinations.ts';

export type Verdict =
  | 'examination.verdict.file'
  | 'examination.verdict.unknown'
  | 'examination.verdict.valid'
  | 'examination.verdict.invalid';

/** The one sentence of a report, as a key of the catalogue. */
export function verdictOf({ kind, valid }: Pick<Examination, 'kind' | 'valid'>): Verdict {
  if (kind === 'file') return 'examination.verdict.file';
  if (kind === null || kind === 'unknown') return 'examination.verdict.unknown';
  return valid ? 'examination.verdict.valid' : 'examination.verdict.invalid';
}

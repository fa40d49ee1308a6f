import type { Wording } from '../../wording.tsx';
import { type Authority, type AuthorityRow, classOf, type Kind, type RelationType } from './queries.ts';

/** Dates as they are told, else their ends. */
export function spanText(s: { text: string | null; from: string | null; to: string | null }): string {
  if (s.text) return s.text;
  if (!s.from && !s.to) return '';
  return s.from === s.to ? (s.from ?? '') : `${s.from ?? ''}—${s.to ?? ''}`;
}

/** A relation in the words of the trade: what is above a subject is its broader term. */
export function relationWord({ word }: Wording, type: RelationType, kind: Kind): string {
  return word('authority.relation', `${type}.${kind}`, word('authority.relation', type));
}

export function elementWord({ word }: Wording, element: string, kind: Kind): string {
  return word('authority.element', `${element}.${kind}`, word('authority.element', element));
}

export const formWord = (
  { word, t }: Wording,
  form: Authority['names'][number]['form'],
  kind: Kind,
): string =>
  classOf(kind) === 'subject' && form === 'other' ? t('authority.form.useFor') : word('authority.form', form);

/** What else tells one from another of the same name. */
export const beside = (w: Wording, a: Pick<AuthorityRow, 'kind' | 'exist'>): string =>
  [w.word('authority.kind', a.kind), spanText(a.exist)].filter((x) => x !== '').join(' · ');

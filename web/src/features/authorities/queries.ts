import { queryOptions } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';
import type { paths } from '../../api/schema.generated.ts';

type Answer<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { 'application/json': infer T } } } };
}
  ? T
  : never;

export type AuthorityRow = Answer<'/authorities'>['items'][number];
export type Authority = Answer<'/authorities/{id}'>;
export type Suggested = Answer<'/authorities/suggestions'>['items'][number];
export type Vocabulary = Answer<'/vocabularies'>['items'][number];
export type Links = Answer<'/units/{id}/links'>;
export type Role = Links['authorities'][number]['role'];
export type UnitRelation = Links['related'][number]['type'];
export type Kind = AuthorityRow['kind'];
export type RelationType = Authority['relations'][number]['type'];

export const CLASSES = ['agent', 'place', 'subject', 'function'] as const;
export type Class = (typeof CLASSES)[number];
export const KINDS_OF: Readonly<Record<Class, readonly Kind[]>> = {
  agent: ['body', 'person', 'family'],
  place: ['place'],
  subject: ['subject'],
  function: ['function'],
};
export function classOf(kind: Kind): Class {
  return kind === 'place' || kind === 'subject' || kind === 'function' ? kind : 'agent';
}
export const isClass = (text: string | undefined): text is Class => CLASSES.some((c) => c === text);

/** Elements a kind has, in the order of its form. */
export const ELEMENTS_OF: Readonly<Record<Class, readonly string[]>> = {
  agent: ['history', 'places', 'legalStatus', 'functions', 'mandates', 'structure', 'context'],
  place: ['placeType', 'coordinates', 'scope', 'history'],
  subject: ['scope', 'example'],
  function: ['functionType', 'scope', 'mandates', 'history'],
};
export const CONTROL_OF: Readonly<Record<Class, readonly string[]>> = {
  agent: ['rules', 'languages', 'sources', 'maintenance'],
  place: ['rules', 'sources', 'maintenance'],
  subject: ['rules', 'sources', 'maintenance'],
  function: ['rules', 'languages', 'sources', 'maintenance'],
};

/** What one may be to another, by what they are. */
export function typesBetween(a: Kind, b: Kind): readonly RelationType[] {
  const [one, other] = [classOf(a), classOf(b)];
  if (one === other) {
    const within: RelationType[] = ['superior', 'subordinate'];
    if (one !== 'subject') within.push('earlier', 'later');
    if (one === 'agent' && a !== 'body' && b !== 'body') within.push('family');
    return [...within, 'associative', 'identity'];
  }
  if (one === 'agent' && other === 'function') return ['performs', 'associative'];
  if (one === 'function' && other === 'agent') return ['performedBy', 'associative'];
  if (other === 'place') return ['located', 'associative'];
  if (one === 'place') return ['locationOf', 'associative'];
  return ['associative'];
}

export const ROLES_OF: Readonly<Record<Class, readonly Role[]>> = {
  agent: ['creator', 'recipient', 'mentioned', 'subject'],
  place: ['place', 'subject'],
  subject: ['subject'],
  function: ['function', 'subject'],
};

export const authorityOne = (id: string) =>
  queryOptions({
    queryKey: ['authority', id],
    queryFn: () => body(api.GET('/authorities/{id}', { params: { path: { id } } })),
    enabled: id !== '',
  });

export const unitLinks = (id: string) =>
  queryOptions({
    queryKey: ['unit-links', id],
    queryFn: () => body(api.GET('/units/{id}/links', { params: { path: { id } } })),
  });

export const vocabulariesOf = (archive: string | undefined) =>
  queryOptions({
    queryKey: ['vocabularies', archive],
    queryFn: () => body(api.GET('/vocabularies', { params: { query: archive ? { archive } : {} } })),
  });

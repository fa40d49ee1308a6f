import { type Actor, scopeOf } from '#kernel/actor';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import { mayKeep, networkOf, noAuthority } from '../commands/reach.ts';
import type { AuthoritiesDeps } from '../deps.ts';
import { type Authority, CLASSES, type Class, type Kind, type Name } from '../domain/authority.ts';
import { inverseOf, type RelationType } from '../domain/relations.ts';
import { identifierKey, typedAs } from '../domain/terms.ts';
import {
  type AuthorityRow,
  authoritiesFound,
  authoritiesSuggested,
  authorityById,
  authorityPage,
  countAuthorities,
  namesOf,
  type SuggestedAuthority,
} from '../store/authorities.ts';
import {
  type FondsOfAuthority,
  fondsOfAuthority,
  type LinkedUnit,
  type Role,
  unitsOfAuthority,
} from '../store/links.ts';
import { branch, pathOf, relationsOf } from '../store/relations.ts';
import { type Vocabulary, vocabularyById } from '../store/vocabularies.ts';

const COUNT_CAP = 10_000;

export interface Wanted {
  class: Class;
  q?: string | undefined;
  kinds?: readonly Kind[] | undefined;
  vocabularyId?: string | undefined;
  archiveId?: string | undefined;
  restricted?: boolean | undefined;
}

export interface Page<T> {
  items: T[];
  next: string | null;
  total?: number;
  totalIsExact?: boolean;
}

const placeIn = (cursor: string | undefined): [string, string] | undefined =>
  cursor ? (decodeCursor(cursor, ['string', 'string']) as [string, string]) : undefined;

function paged<T extends AuthorityRow>(rows: T[], limit: number): { items: T[]; next: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? encodeCursor([last.key, last.id]) : null };
}

/** A page of authorities by their authorised forms; with a question those one of whose names holds it, or that bear its number. */
export async function listAuthorities(
  deps: AuthoritiesDeps,
  actor: Actor,
  wanted: Wanted,
  o: { cursor: string | undefined; limit: number },
): Promise<Page<AuthorityRow>> {
  const networkId = wanted.archiveId ? await networkOf(deps, wanted.archiveId) : undefined;
  const choice = { class: wanted.class, kinds: wanted.kinds, vocabularyId: wanted.vocabularyId, networkId };
  const after = placeIn(o.cursor);
  const typed = typedAs(deps.fold(wanted.q ?? ''));
  const number = identifierKey(wanted.q ?? '');
  return deps.db.as(scopeOf(actor), async (tx) => {
    if ((wanted.q ?? '').trim() === '') {
      const rows = await authorityPage(tx, {
        ...choice,
        restricted: wanted.restricted,
        after,
        limit: o.limit + 1,
      });
      const counted = await countAuthorities(tx, { ...choice, most: COUNT_CAP + 1 });
      return {
        ...paged(rows, o.limit),
        total: Math.min(counted, COUNT_CAP),
        totalIsExact: counted <= COUNT_CAP,
      };
    }
    const rows = await authoritiesFound(tx, {
      ...choice,
      ...typed,
      number,
      after,
      limit: o.limit + 1,
    });
    return paged(rows, o.limit);
  });
}

/** What somebody who types may mean, the likeliest first. */
export async function suggestAuthorities(
  deps: AuthoritiesDeps,
  actor: Actor,
  o: {
    q: string;
    classes?: readonly Class[];
    kinds?: readonly Kind[];
    vocabularyId?: string;
    archiveId?: string;
    limit: number;
  },
): Promise<SuggestedAuthority[]> {
  const typed = typedAs(deps.fold(o.q));
  if (typed.key === '') return [];
  const networkId = o.archiveId ? await networkOf(deps, o.archiveId) : undefined;
  return deps.db.as(scopeOf(actor), (tx) =>
    authoritiesSuggested(tx, { ...o, ...typed, classes: o.classes ?? CLASSES, networkId }),
  );
}

/** A relation told from the side of the one that is asked about. */
export interface RelationView {
  id: string;
  type: RelationType;
  other: { id: string; name: string; kind: Kind } | null;
  otherName: string | null;
  text: string | null;
  from: string | null;
  to: string | null;
  note: string | null;
}

export interface AuthorityView {
  authority: Authority;
  names: Name[];
  relations: RelationView[];
  path: { id: string; name: string }[];
  vocabulary: Vocabulary | null;
  fonds: FondsOfAuthority[];
  /** The record asked for, where it was merged into this one. */
  mergedFrom: { id: string; name: string } | null;
  allowed: { write: boolean };
}

/**
 * One authority with its names and relations; one that was merged leads to the one it was merged into.
 *
 * @throws Refusal authority.notFound, also where it may not be seen
 */
export function readAuthorityOf(deps: AuthoritiesDeps, actor: Actor, id: string): Promise<AuthorityView> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const asked = await authorityById(tx, id);
    const authority = asked?.mergedInto ? await authorityById(tx, asked.mergedInto) : asked;
    if (!asked || !authority) throw noAuthority();
    const rows = await relationsOf(tx, authority.id);
    return {
      authority,
      names: await namesOf(tx, authority.id),
      relations: rows.map(({ turned, type, ...r }) => ({ ...r, type: turned ? inverseOf(type) : type })),
      path: await pathOf(tx, authority.id),
      vocabulary: authority.vocabularyId
        ? ((await vocabularyById(tx, authority.vocabularyId)) ?? null)
        : null,
      fonds: await fondsOfAuthority(tx, authority.id),
      mergedFrom: asked.id === authority.id ? null : { id: asked.id, name: asked.name },
      allowed: { write: await mayKeep(deps, actor, authority.networkId) },
    };
  });
}

/** A page of the records of an authority, as far as the asker sees them. @throws Refusal authority.notFound */
export function recordsOf(
  deps: AuthoritiesDeps,
  actor: Actor,
  id: string,
  o: { role: Role | undefined; cursor: string | undefined; limit: number },
): Promise<Page<LinkedUnit>> {
  const after = o.cursor ? String(decodeCursor(o.cursor, ['string'])[0]) : undefined;
  return deps.db.as(scopeOf(actor), async (tx) => {
    const asked = await authorityById(tx, id);
    if (!asked) throw noAuthority();
    const authorityId = asked.mergedInto ?? id;
    const { items, next } = await unitsOfAuthority(tx, { authorityId, role: o.role, after, limit: o.limit });
    return { items, next: next === null ? null : encodeCursor([next]) };
  });
}

/** A page of what stands right below one, or at the top. @throws Refusal authority.notFound */
export async function branchOf(
  deps: AuthoritiesDeps,
  actor: Actor,
  o: {
    below: string | undefined;
    class: Class;
    vocabularyId: string | undefined;
    archiveId: string | undefined;
    cursor: string | undefined;
    limit: number;
  },
): Promise<Page<AuthorityRow>> {
  const networkId = o.archiveId ? await networkOf(deps, o.archiveId) : null;
  return deps.db.as(scopeOf(actor), async (tx) => {
    if (o.below && !(await authorityById(tx, o.below))) throw noAuthority();
    const rows = await branch(tx, {
      below: o.below ?? null,
      class: o.class,
      vocabularyId: o.vocabularyId ?? null,
      networkId,
      after: placeIn(o.cursor),
      limit: o.limit + 1,
    });
    return paged(rows, o.limit);
  });
}

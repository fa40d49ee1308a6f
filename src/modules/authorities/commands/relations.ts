import { type Actor, scopeOf } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { AuthoritiesDeps } from '../deps.ts';
import { clean, readSpan, type SpanInput } from '../domain/input.ts';
import { canonical, type RelationType, typesBetween } from '../domain/relations.ts';
import { authorityById } from '../store/authorities.ts';
import { insertRelations, lockHierarchy, recount, removeRelation, standsBelow } from '../store/relations.ts';
import { noAuthority, tell, toChange } from './reach.ts';

export interface RelationInput extends SpanInput {
  otherId: string;
  type: RelationType;
  note?: string | null;
}

/**
 * Says what one authority is to another, from the side of the first.
 *
 * @returns the id of the relation
 * @throws Refusal authority.notFound, relation.type, relation.circle, relation.duplicate, authority.dates, actor.forbidden
 */
export function relate(
  deps: AuthoritiesDeps,
  actor: Actor,
  id: string,
  input: RelationInput,
): Promise<string> {
  const span = readSpan(input);
  return deps.db.as(scopeOf(actor), async (tx) => {
    const one = await toChange(deps, tx, actor, id);
    const other = await authorityById(tx, input.otherId);
    if (!other || other.mergedInto || other.networkId !== one.networkId) throw noAuthority();
    const allowed = typesBetween(one.kind, other.kind);
    const acrossVocabularies =
      one.vocabularyId !== other.vocabularyId && /superior|subordinate/.test(input.type);
    if (id === input.otherId || !allowed.includes(input.type) || acrossVocabularies)
      throw new Refusal('relation.type', 'These two do not stand in such a relation.', {
        field: 'type',
        type: input.type,
      });
    const [from, type, to] = canonical(id, input.type, input.otherId);
    if (type === 'superior') {
      await lockHierarchy(tx, one.networkId);
      if (await standsBelow(tx, to, from))
        throw new Refusal('relation.circle', 'The one would stand below itself.', { field: 'otherId' });
    }
    const relationId = deps.newId();
    const archiveId = from === id ? one.archiveId : other.archiveId;
    const row = {
      ...span,
      id: relationId,
      authorityId: from,
      archiveId,
      otherId: to,
      otherName: null,
      type,
      note: clean(input.note),
      kept: {},
    };
    if ((await insertRelations(tx, [row])) === 0)
      throw new Refusal('relation.duplicate', 'These two stand in this relation already.', {
        field: 'otherId',
      });
    if (type === 'superior') await recount(tx, [from, to]);
    await tell(deps, tx, actor, {
      archiveId: one.archiveId,
      id,
      act: 'authority.related',
      detail: { type: input.type, other: input.otherId, from: span.from, to: span.to },
    });
    return relationId;
  });
}

/** Takes a relation back. @throws Refusal authority.notFound, relation.notFound, actor.forbidden */
export function unrelate(deps: AuthoritiesDeps, actor: Actor, id: string, relationId: string): Promise<void> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const one = await toChange(deps, tx, actor, id);
    const gone = await removeRelation(tx, { id: relationId, of: id });
    if (!gone) throw new Refusal('relation.notFound', 'There is no such relation.');
    if (gone.type === 'superior') await recount(tx, [gone.authorityId, gone.otherId]);
    await tell(deps, tx, actor, {
      archiveId: one.archiveId,
      id,
      act: 'authority.unrelated',
      detail: { type: gone.type, other: gone.authorityId === id ? gone.otherId : gone.authorityId },
    });
  });
}

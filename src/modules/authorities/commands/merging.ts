import { type Actor, scopeOf } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { AuthoritiesDeps } from '../deps.ts';
import { type Authority, classOf } from '../domain/authority.ts';
import { givenBy, type Staying, type Without, withoutGiven } from '../domain/merging.ts';
import { authorityById, namesOf, setMerged } from '../store/authorities.ts';
import {
  type GoingBack,
  goingBack,
  insertMerge,
  type Merge,
  type Moved,
  mergeById,
  mergesInto,
  moveAll,
  moveBack,
  neighbours,
  setUnmerged,
} from '../store/merging.ts';
import { lockHierarchy, recount, standsBelow } from '../store/relations.ts';
import { correctIn, named } from './authorities.ts';
import { changedMeanwhile, demandKept, noAuthority, tell, toChange } from './reach.ts';

/**
 * Merges a duplicate into the record that stays: its names become other names, its records, fonds and relations move, elements the other
 * lacks are taken over. The duplicate stays readable and leads to the other.
 *
 * @throws Refusal authority.notFound, authority.changed, authority.merged, authority.merge (of another class, vocabulary or network, or
 *   where one stands below the other), actor.forbidden
 */
export function mergeAuthorities(
  deps: AuthoritiesDeps,
  actor: Actor,
  id: string,
  o: { into: string; version: number; reason: string | null },
): Promise<Moved> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const duplicate = await toChange(deps, tx, actor, id);
    const stays = await toChange(deps, tx, actor, o.into);
    if (duplicate.version !== o.version) throw changedMeanwhile(duplicate);
    if (
      id === o.into ||
      classOf(duplicate.kind) !== classOf(stays.kind) ||
      duplicate.networkId !== stays.networkId ||
      duplicate.vocabularyId !== stays.vocabularyId
    )
      throw new Refusal('authority.merge', 'Only two of one class, vocabulary and network are merged.', {
        field: 'into',
      });
    await lockHierarchy(tx, stays.networkId);
    // Directly above one another they would fall into one; with others between, a circle would be closed.
    const around = await neighbours(tx, [id, o.into]);
    for (const [a, b] of [
      [id, o.into],
      [o.into, id],
    ] as const)
      if (await standsBelow(tx, a, b))
        throw new Refusal('authority.merge', 'One of them stands below the other.', { field: 'into' });
    const lost = await namesOf(tx, id);
    const kept = await namesOf(tx, o.into);
    const gave = givenBy({ ...duplicate, names: lost }, { ...stays, names: kept }, deps.fold);
    await correctIn(deps, tx, actor, stays, {
      names: [...kept, ...gave.names],
      exist: gave.exist ?? stays.exist,
      identifiers: [...stays.identifiers, ...gave.identifiers],
      elements: gave.elements,
      // What was closed does not become open by a merge.
      restricted: stays.restricted || duplicate.restricted,
    });
    const at = deps.clock.now();
    const merge = {
      id: deps.newId(),
      duplicateId: id,
      staysId: o.into,
      at,
      byName: actor.name,
      reason: o.reason,
      gave,
    };
    await insertMerge(tx, { ...merge, archiveId: duplicate.archiveId });
    const moved = await moveAll(tx, merge.id);
    const done = { id, version: o.version, into: o.into, at, byName: actor.name };
    if (!(await setMerged(tx, done))) throw changedMeanwhile(duplicate);
    await recount(tx, [id, o.into, ...around]);
    await tell(deps, tx, actor, {
      archiveId: duplicate.archiveId,
      id,
      act: 'authority.merged',
      detail: { into: o.into, ...named({ ...duplicate, names: lost }), reason: o.reason, ...moved },
    });
    return moved;
  });
}

/** Merges into a record, the newest first, also where it was itself merged since; for who may merge. @throws Refusal authority.notFound, actor.forbidden */
export function mergesOf(deps: AuthoritiesDeps, actor: Actor, id: string): Promise<Merge[]> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    await demandKept(deps, tx, actor, id);
    return mergesInto(tx, id);
  });
}

/** What taking a merge back does, or did. */
export interface TakenBack extends GoingBack {
  name: string;
  /** Version of the record that stays. */
  version: number;
  /** Names that leave it. */
  leaving: string[];
  /** What it was given and somebody corrected since, so that it stays. */
  staying: Staying[];
}

interface Standing {
  merge: Merge;
  stays: Authority;
  duplicate: Authority;
  without: Without;
  moving: GoingBack;
}

/** A merge that can be taken back, with what that does. */
async function standing(
  deps: AuthoritiesDeps,
  tx: Tx,
  actor: Actor,
  o: { id: string; mergeId: string },
  lock: boolean,
): Promise<Standing> {
  const first = await toChange(deps, tx, actor, o.id);
  if (lock) await lockHierarchy(tx, first.networkId);
  // Read again behind the lock: whoever held it may have changed it.
  const stays = lock ? await toChange(deps, tx, actor, o.id) : first;
  const merge = await mergeById(tx, o.mergeId);
  if (!merge || merge.staysId !== o.id)
    throw new Refusal('authority.noMerge', 'There is no such merge of this authority.');
  if (merge.takenBackAt)
    throw new Refusal('authority.mergeTakenBack', 'This merge was taken back already.', {
      by: merge.takenBackByName,
    });
  const duplicate = await authorityById(tx, merge.duplicateId);
  if (!duplicate) throw noAuthority();
  const names = await namesOf(tx, o.id);
  const without = withoutGiven({ ...stays, names }, merge.gave);
  return { merge, stays, duplicate, without, moving: await goingBack(tx, merge.id) };
}

const told = ({ duplicate, stays, without, moving }: Standing): TakenBack => ({
  ...moving,
  name: duplicate.name,
  version: stays.version,
  leaving: without.leaving,
  staying: without.staying,
});

/** What taking a merge back would do. @throws Refusal as `takeMergeBack` */
export function previewMergeBack(
  deps: AuthoritiesDeps,
  actor: Actor,
  id: string,
  mergeId: string,
): Promise<TakenBack> {
  return deps.db.as(scopeOf(actor), async (tx) =>
    told(await standing(deps, tx, actor, { id, mergeId }, false)),
  );
}

/**
 * Takes a merge back, whole: the duplicate lives again with its number and names; links and relations that moved go back, those made
 * since stay, those removed since stay removed; what the other record was given leaves it, as far as nobody corrected it since.
 *
 * @param o.version of the record that stays, as the preview told it
 * @throws Refusal authority.notFound, authority.merged (the other was itself merged since: that is taken back first), authority.noMerge,
 *   authority.mergeTakenBack, authority.changed, actor.forbidden
 */
export function takeMergeBack(
  deps: AuthoritiesDeps,
  actor: Actor,
  id: string,
  mergeId: string,
  o: { version: number; reason: string | null },
): Promise<TakenBack> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const now = await standing(deps, tx, actor, { id, mergeId }, true);
    const { merge, stays, duplicate, without } = now;
    if (stays.version !== o.version) throw changedMeanwhile(stays);
    const around = await neighbours(tx, [id, duplicate.id]);
    const { names, identifiers, elements, exist, restricted } = without;
    await correctIn(deps, tx, actor, stays, { names, identifiers, elements, exist, restricted });
    await moveBack(tx, merge.id);
    if (!(await setUnmerged(tx, merge, { at: deps.clock.now(), byName: actor.name })))
      throw changedMeanwhile(duplicate);
    await recount(tx, [id, duplicate.id, ...around]);
    await tell(deps, tx, actor, {
      archiveId: duplicate.archiveId,
      id: duplicate.id,
      act: 'authority.mergeTakenBack',
      detail: {
        from: id,
        ...named({ ...duplicate, names: [duplicate] }),
        reason: o.reason,
        ...now.moving.back,
        gone: now.moving.gone,
        stayed: without.staying.length,
      },
    });
    return told(now);
  });
}

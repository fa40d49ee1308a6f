import { type Actor, demand, scopeOf, viewerOf } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import { type Decision, decide, type Reason, SIGHTS, type Sight, type Thing } from '#kernel/visibility';
import { noUnit } from '../commands/units.ts';
import type { HoldingsDeps } from '../deps.ts';
import { grantsOfPerson, grantsReaching, thingById, today } from '../store/visibility.ts';

export interface SightDecision extends Decision {
  sight: Sight;
}

/**
 * "Why can, or can't, this person see this?": the rule's answer for each sight with its chain of reasons.
 *
 * @param of whom it is asked of; the asker needs `grants.manage` in the unit's archive unless asking of himself
 * @throws Refusal unit.notFound where the asker may not know of the unit
 */
export async function whySeen(
  deps: HoldingsDeps,
  actor: Actor,
  unitId: string,
  of: Actor,
  today: string,
): Promise<SightDecision[]> {
  const thing = await thingFor(deps, actor, unitId);
  if (actor.id === null || actor.id !== of.id)
    demand(actor, 'grants.manage', thing.archiveId, noUnit(), thing);
  return SIGHTS.map((sight) => ({ sight, ...decide(viewerOf(of), thing, sight, today) }));
}

export interface Seer {
  id: string;
  name: string;
  username: string;
  sights: Sight[];
  /** The roads that lead there. */
  by: NonNullable<Decision['by']>[];
  reasons: Reason[];
}

/**
 * "Who can see this?": everybody, where it is open, and the persons who see more than everybody.
 *
 * @param people who might: holders of posts in the archive and of leave for the unit
 * @throws Refusal unit.notFound, actor.forbidden
 */
export async function whoSees(
  deps: HoldingsDeps,
  actor: Actor,
  unitId: string,
  people: (
    archiveId: string,
    withLeave: readonly string[],
  ) => Promise<{ people: readonly { username: string; actor: Actor }[]; more: boolean }>,
  today: string,
): Promise<{ everybody: Sight[]; people: Seer[]; more: boolean }> {
  const thing = await thingFor(deps, actor, unitId);
  demand(actor, 'grants.manage', thing.archiveId, noUnit(), thing);
  const leave = await deps.db.as(scopeOf(actor), (tx) => grantsReaching(tx, thing));
  const everybody = SIGHTS.filter(
    (s) => decide({ kind: 'public', posts: [], grants: [] }, thing, s, today).allowed,
  );
  const seers: Seer[] = [];
  const asked = await people(thing.archiveId, [...new Set(leave.map((g) => g.personId))]);
  for (const { username, actor: of } of asked.people) {
    const decisions = SIGHTS.map((sight) => ({ sight, ...decide(viewerOf(of), thing, sight, today) }));
    const more = decisions.filter((d) => d.allowed && (d.by !== 'open' || !everybody.includes(d.sight)));
    if (more.length === 0) continue;
    seers.push({
      id: of.id ?? '',
      name: of.name,
      username,
      sights: decisions.filter((d) => d.allowed).map((d) => d.sight),
      by: [...new Set(more.flatMap((d) => (d.by ? [d.by] : [])))],
      reasons: more[0]!.reasons.slice(),
    });
  }
  return { everybody, people: seers, more: asked.more };
}

async function thingFor(deps: HoldingsDeps, actor: Actor, unitId: string): Promise<Thing> {
  const thing = await deps.db.as(scopeOf(actor), (tx) => thingById(tx, unitId));
  if (!thing) throw noUnit();
  return thing;
}

/** Whether the actor may do this to a unit today; no, too, where there is no such unit. */
export function sees(deps: HoldingsDeps, actor: Actor, unitId: string, sight: Sight): Promise<boolean> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const thing = await thingById(tx, unitId);
    return thing !== undefined && decide(viewerOf(actor), thing, sight, await today(tx)).allowed;
  });
}

/**
 * Demands that the actor may do this to a unit today, by the rule.
 *
 * @throws Refusal unit.notFound where he may not know of it, visibility.print.forbidden, visibility.export.forbidden, …
 */
export function demandSight(deps: HoldingsDeps, actor: Actor, unitId: string, sight: Sight): Promise<void> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const thing = await thingById(tx, unitId);
    if (!thing) throw noUnit();
    if (decide(viewerOf(actor), thing, sight, await today(tx)).allowed) return;
    throw new Refusal(
      `visibility.${sight}.forbidden`,
      'You may know of this record, but this may not be done with it.',
      { sight },
    );
  });
}

/** Leave a person has by a day, for deciding what exists for him. */
export function leaveOf(deps: HoldingsDeps, personId: string, today: string) {
  return grantsOfPerson(deps.db.owner, personId, today);
}

import { type Actor, can, scopeOf } from '#kernel/actor';
import type { HoldingsDeps } from '../deps.ts';
import { type AccessChange, waitingChanges } from '../store/accessChanges.ts';

/** A place in the catalogue that only a post without limits extends to. */
const ANYWHERE = { category: null, fondsId: '' };

/**
 * Proposals of access that wait in the actor's archives, the newest first; of each, whether the actor's posts let him decide it:
 * all of its entries, as deciding asks.
 */
export async function accessWaiting(
  deps: Pick<HoldingsDeps, 'db'>,
  actor: Actor,
  limit: number,
): Promise<(AccessChange & { mayDecide: boolean })[]> {
  const archives = [...actor.rights.keys()];
  const whole = archives.filter((a) => can(actor, 'access.decide', a, ANYWHERE));
  const rows = await deps.db.as(scopeOf(actor), (tx) => waitingChanges(tx, { archives, whole, limit }));
  return rows.map(({ kinds, ...change }) => ({
    ...change,
    mayDecide:
      can(actor, 'access.decide', change.archiveId) &&
      kinds.every((k) => can(actor, 'access.decide', change.archiveId, k)),
  }));
}

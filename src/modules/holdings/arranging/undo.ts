import { type Actor, scopeOf } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { HoldingsDeps } from '../deps.ts';
import { takeBackArranging } from './commands.ts';
import { type Rearrangement, rearrangementById } from './store/rearrangements.ts';

/** What taking back a rearrangement came to so far. */
export interface ArrangedUndo {
  id: string;
  undone: number;
  left: number;
  jobId: string | null;
  /** Another person decides first. */
  waiting: boolean;
}

/** These can be done again by taking their taking back back: nobody else decided about them, and no fonds was closed. */
const DONE_AGAIN: readonly Rearrangement['kind'][] = ['move', 'renumber'];

/**
 * Takes a change back that was a rearrangement, as rearrangements are: with the fonds it closed or made, and another person where one
 * had to decide.
 *
 * @returns undefined where the change was none, or one that goes back like any other
 * @throws Refusal change.notUndoable, change.undone, arrange.reason, arrange.wrongState
 */
export async function undoArranged(
  deps: HoldingsDeps,
  actor: Actor,
  changesetId: string,
  reason: string | null | undefined,
): Promise<ArrangedUndo | undefined> {
  const byId = (id: string) => deps.db.as(scopeOf(actor), (tx) => rearrangementById(tx, id));
  const r = await byId(changesetId);
  if (!r) return undefined;
  if (r.plan.kind === 'back') {
    const of = await byId(r.plan.of);
    if (of && of.people === 0 && DONE_AGAIN.includes(of.kind)) return undefined;
    throw new Refusal('change.notUndoable', 'A change of this kind can not be taken back.', { kind: r.kind });
  }
  if (r.takenBackBy) throw new Refusal('change.undone', 'This change was taken back already.');
  const begun = await takeBackArranging(deps, actor, changesetId, reason ?? '');
  const back = await byId(begun.id);
  return {
    id: begun.id,
    undone: back?.done ?? 0,
    left: back?.kept ?? 0,
    jobId: begun.jobId,
    waiting: begun.state === 'waiting',
  };
}

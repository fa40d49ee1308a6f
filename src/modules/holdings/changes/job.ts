import { type Actor, scopeOf } from '#kernel/actor';
import { arrived, type CarriedActor, carried } from '#kernel/carried';
import type { JobKind } from '#kernel/jobs';
import { drawCountsTogether } from '../counting/store/counts.ts';
import type { HoldingsDeps } from '../deps.ts';
import { beginUndo, type UndoResult, undoStep, undoSteps } from './undo.ts';

export const UNDO_JOB = 'undo-changes';

interface UndoJob {
  id: string;
  actor: CarriedActor;
}

/** As many changes are taken back while the person waits. */
const AT_ONCE = 1_000;

/** What was begun: done already, a job that does it, or `waiting` for another person's word. */
export type UndoBegun = UndoResult & { jobId: string | null; waiting: boolean };

/**
 * Takes a changeset back: small ones at once, in one transaction; large ones in a job.
 *
 * @throws Refusal as `beginUndo`
 */
export function undoChangeset(
  deps: HoldingsDeps,
  actor: Actor,
  of: string,
  reason?: string | null,
): Promise<UndoBegun> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const begun = await beginUndo(deps, tx, actor, of, reason);
    const { id } = begun;
    if (begun.of.changes > AT_ONCE) {
      const { archiveId } = begun.of;
      const data: UndoJob = { id, actor: carried(actor, archiveId) };
      const title = begun.of.reason ?? '';
      const jobId = await deps.jobs.enqueue(tx, UNDO_JOB, data, { archiveId, title, createdBy: actor.id });
      return { id, undone: 0, left: 0, jobId, waiting: false };
    }
    for (;;) {
      const step = await undoStep(deps, tx, actor, id);
      if (step.finished) return { id, undone: step.undone, left: step.left, jobId: null, waiting: false };
    }
  });
}

/** The job that takes large changesets back. */
export const undoJob = (deps: HoldingsDeps): JobKind<UndoJob> => ({
  name: UNDO_JOB,
  async run({ data, signal, progress }) {
    const result = await undoSteps(deps, arrived(data.actor), data.id, { signal, progress });
    await drawCountsTogether(deps.db.owner);
    return result;
  },
});

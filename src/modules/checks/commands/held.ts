import type { Stage } from '#formats/metadata-schemes';
import { type Actor, can, systemActor } from '#kernel/actor';
import { isRefusal, Refusal } from '#kernel/errors';
import type { JobKind } from '#kernel/jobs';
import type { ChecksDeps } from '../deps.ts';
import { failRun, runById } from '../store/runs.ts';
import { consignmentSubject } from '../subjects/consignment.ts';
import { performRun, prepareRun } from './run.ts';

export const CHECK_JOB = 'check-records';
/** What runs of this module's own are of. */
const HELD = 'held';

export interface HeldOrder {
  /** Code of the archive. */
  archive: string;
  /** Number of a fonds, reference code or id of an entry. */
  id: string;
  stage: Stage;
  category?: string | null | undefined;
}

/**
 * Begins to check what is held of a fonds or an entry; a job does it.
 *
 * @throws Refusal export.notFound, actor.forbidden
 */
export async function startHeld(deps: ChecksDeps, actor: Actor, o: HeldOrder): Promise<string> {
  const { archiveId, consignment } = await deps.packages.held(actor, o.id, o.archive);
  if (!can(actor, 'preservation.manage', archiveId))
    throw new Refusal('actor.forbidden', 'Your roles in this archive do not include this.');
  const id = await prepareRun(deps, actor, {
    archiveId,
    about: HELD,
    aboutId: JSON.stringify([o.archive, o.id]),
    title: consignment.title,
    stage: o.stage,
    category: o.category,
  });
  await deps.db.system((tx) =>
    deps.jobs.enqueue(tx, CHECK_JOB, { id }, { archiveId, title: consignment.title, createdBy: actor.id }),
  );
  return id;
}

/** Killed anywhere, a second run judges anew and comes to the same. */
export function checkJob(deps: ChecksDeps): JobKind<{ id: string }> {
  return {
    name: CHECK_JOB,
    concurrency: 1,
    async run(job) {
      const { id } = job.data;
      const run = await runById(deps.db.owner, id);
      if (!run || run.state === 'done' || run.state === 'failed') return;
      try {
        const [archive, what] = JSON.parse(run.aboutId) as [string, string];
        const { consignment } = await deps.packages.held(systemActor('lantai'), what, archive);
        const subject = consignmentSubject(consignment, { kind: 'held', title: run.title });
        await performRun(deps, id, subject, {
          signal: job.signal,
          progress: (done, total) =>
            job.progress({ step: 'checking', done, ...(total === null ? {} : { total }) }),
        });
      } catch (e) {
        if (isRefusal(e)) await failRun(deps.db.owner, id, e.code, deps.clock.now());
        else if (job.attempt >= 5) await failRun(deps.db.owner, id, 'fault', deps.clock.now());
        throw e;
      }
    },
  };
}

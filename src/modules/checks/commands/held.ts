import type { Stage } from '#formats/metadata-schemes';
import { type Actor, can, systemActor } from '#kernel/actor';
import { isRefusal, Refusal } from '#kernel/errors';
import type { JobKind } from '#kernel/jobs';
import type { ChecksDeps } from '../deps.ts';
import type { HeldOutcome } from '../domain/heldOutcome.ts';
import type { Slug } from '../rules/slugs.ts';
import { failRun, type RunRow, runById } from '../store/runs.ts';
import { consignmentSubject } from '../subjects/consignment.ts';
import { performRun, prepareRun, type RunDone } from './run.ts';

export const CHECK_JOB = 'check-records';
/** What runs of this module's own are of: asked for by somebody, or by the calendar. */
export const HELD = 'held';
export const CALENDAR = 'calendar';

export interface HeldOrder {
  /** Code of the archive. */
  archive?: string | undefined;
  /** The code of an archive, where none is named before; number of a fonds, reference code or id of an entry. */
  id: string;
  stage: Stage;
  category?: string | null | undefined;
  about?: typeof HELD | typeof CALENDAR | undefined;
  /** All of it, whatever share the scheme sets. */
  whole?: boolean | undefined;
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
    about: o.about ?? HELD,
    aboutId: JSON.stringify([o.archive ?? null, o.id]),
    whole: o.whole,
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
        const [archive, what] = JSON.parse(run.aboutId) as [string | null, string];
        const { consignment } = await deps.packages.held(systemActor('lantai'), what, archive ?? undefined);
        const subject = consignmentSubject(consignment, { kind: 'held', title: run.title });
        const done = await performRun(deps, id, subject, {
          signal: job.signal,
          progress: (done, total) =>
            job.progress({ step: 'checking', done, ...(total === null ? {} : { total }) }),
        });
        await deps.onHeld?.(heldOutcome(run, done));
      } catch (e) {
        if (isRefusal(e)) await failRun(deps.db.owner, id, e.code, deps.clock.now());
        else if (job.attempt >= 5) await failRun(deps.db.owner, id, 'fault', deps.clock.now());
        throw e;
      }
    },
  };
}

function heldOutcome(run: RunRow, { verdict, results }: RunDone): HeldOutcome {
  const failed = results.filter((r) => r.state === 'failed' && severityIn(run, r.slug) !== 'info');
  const faulty = new Map<string, Set<Slug>>();
  for (const { slug, findings } of failed)
    for (const { object, note } of findings)
      if (!note && object !== '') faulty.set(object, (faulty.get(object) ?? new Set()).add(slug));
  return {
    check: run.id,
    archiveId: run.archiveId,
    title: run.title,
    verdict,
    failed: failed.map((r) => r.slug),
    faulty: [...faulty].map(([object, items]) => ({ object, items: [...items] })),
  };
}

const severityIn = ({ items }: RunRow, slug: Slug) => items.find((i) => i.slug === slug)?.severity;

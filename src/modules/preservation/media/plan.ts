import type { JobKind } from '#kernel/jobs';
import { candidates } from './candidates.ts';
import type { MediaDeps } from './deps.ts';
import { createPacking, onMedium } from './domain/packing.ts';
import { sizeOfObject } from './objectFiles.ts';
import { insertMedia, type NewMedium } from './store/media.ts';
import {
  closePlan,
  emptyPlan,
  insertPlanned,
  mediaOfPlan,
  type PlannedObject,
  planById,
} from './store/plans.ts';

export const PLAN_JOB = 'plan-media';

/** Letter of a set in the numbers of its media. */
export const letterOf = (index: number): string => String.fromCharCode(65 + index);

export const mediumNumber = (plan: string, letter: string, no: number): string =>
  `${plan}-${letter}${String(no).padStart(3, '0')}`;

/**
 * Packs what no medium holds yet. The same holdings give the same media; a killed run begins again, for nothing was
 * written yet.
 */
export function planJob(deps: MediaDeps): JobKind<{ id: string }> {
  return {
    name: PLAN_JOB,
    async run(job) {
      const plan = await planById(deps.db.owner, job.data.id);
      if (plan?.state !== 'planning') return undefined;
      await emptyPlan(deps.db.owner, plan.id);
      const packing = createPacking(plan.mediumBytes);
      let [objects, bytes, tooLarge] = [0, 0, 0];
      for await (const found of candidates(deps, deps.db.owner, plan)) {
        job.signal.throwIfAborted();
        const list: PlannedObject[] = [];
        for (const { contentBytes: _, ...o } of found) {
          const size = await sizeOfObject(deps.root, deps.pathOf(o.objectId), onMedium);
          // Gone, or being written for the first time: the next plan looks again.
          if (size.files === 0) continue;
          const mediumNo = packing.place(size.bytes);
          list.push({ ...o, ...size, mediumNo });
          if (mediumNo === null) tooLarge++;
          else {
            objects++;
            bytes += size.bytes;
          }
        }
        await insertPlanned(deps.db.owner, plan, list);
        job.progress({ step: 'planning', done: objects + tooLarge });
      }
      await deps.db.system(async (tx) => {
        const media: NewMedium[] = [];
        for (const [i, purpose] of deps.rules.sets.entries())
          for (const m of await mediaOfPlan(tx, plan.id))
            media.push({
              id: deps.newId(),
              planId: plan.id,
              archiveId: plan.archiveId,
              number: mediumNumber(plan.number, letterOf(i), m.mediumNo),
              purpose,
              mediumNo: m.mediumNo,
              kind: plan.kind,
              objects: m.objects,
              bytes: m.bytes,
              replaces: null,
            });
        await insertMedia(tx, media);
        // Nothing to write: there is nothing to keep such a plan for.
        const state = objects > 0 ? 'planned' : 'givenUp';
        await closePlan(tx, { id: plan.id, state, objects, bytes, media: packing.media(), tooLarge });
        await deps.audit.append(tx, {
          actor: { id: null, name: 'lantai' },
          archiveId: plan.archiveId,
          act: 'media.planned',
          target: { type: 'mediaPlan', id: plan.id },
          detail: { number: plan.number, objects, media: packing.media(), tooLarge },
        });
      });
      return { objects, media: packing.media(), tooLarge };
    },
  };
}

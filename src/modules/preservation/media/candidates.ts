import type { Sql, Tx } from '#kernel/db';
import type { MediaDeps } from './deps.ts';
import { createPacking, onMedium } from './domain/packing.ts';
import { notOnMedia, type PlanCandidate, type PlanChoice } from './store/plans.ts';

const TOGETHER = 500;
/** What one who plans is told at once about the size; above it is said to be at least so much. */
const MOST_ESTIMATED = 20_000;

const isAll = (c: PlanChoice) => c.fondsId === null && c.yearFrom === null && c.yearTo === null;

/** Objects a plan may be of, in batches in the order of their ids. A choice takes records alone; without one, all. */
export async function* candidates(
  deps: Pick<MediaDeps, 'holdings'>,
  on: Sql,
  plan: PlanChoice & { id: string | null; archiveId: string },
): AsyncGenerator<PlanCandidate[]> {
  for (let after = ''; ; ) {
    const found = await notOnMedia(on, plan.archiveId, { planId: plan.id, after, limit: TOGETHER });
    if (found.length === 0) return;
    after = found.at(-1)!.objectId;
    if (isAll(plan)) yield found;
    else {
      const chosen = await deps.holdings.chosen(
        on,
        found.flatMap((o) => o.unitId ?? []),
        plan,
      );
      yield found.filter((o) => o.unitId !== null && chosen.has(o.unitId));
    }
  }
}

export interface PlanEstimate {
  objects: number;
  bytes: number;
  /** Media of one set. */
  media: number;
  tooLarge: number;
  /** False: it is at least so much, and was not counted to the end. */
  exact: boolean;
}

/** What a plan would come to, by the sizes the database knows: what describes an object beside its files is not in it. */
export async function estimatePlan(
  deps: Pick<MediaDeps, 'holdings'>,
  tx: Tx,
  plan: PlanChoice & { archiveId: string; mediumBytes: number },
): Promise<PlanEstimate> {
  const packing = createPacking(plan.mediumBytes);
  let [objects, bytes, tooLarge, seen] = [0, 0, 0, 0];
  for await (const found of candidates(deps, tx, { ...plan, id: null })) {
    for (const o of found) {
      if (packing.place(onMedium(o.contentBytes)) === null) tooLarge++;
      else {
        objects++;
        bytes += o.contentBytes;
      }
    }
    seen += TOGETHER;
    if (seen >= MOST_ESTIMATED) return { objects, bytes, media: packing.media(), tooLarge, exact: false };
  }
  return { objects, bytes, media: packing.media(), tooLarge, exact: true };
}

import { type Actor, auditActor } from '#kernel/actor';
import type { HoldingsDeps } from '../deps.ts';
import { fondsNames } from '../store/disposal.ts';
import { recount } from '../store/recounting.ts';
import { countAnew, holdStill, type WrongCount, wrongCounts } from './store/counts.ts';
import { type WrongMark, type WrongPlace, wrongMarks, wrongPlaces } from './store/places.ts';

/** What is kept of numbers of entries and is not what counting gives: some of each, none where all is right. */
export interface CountsVerdict {
  /** Fonds whose entries are counted wrongly by level, category, year, retention or access status. */
  kinds: (WrongCount & { fonds: string })[];
  /** Fonds and entries below which another number stands. */
  places: WrongPlace[];
  /** Stretches of long rows. */
  marks: WrongMark[];
}

export const isRight = (v: CountsVerdict): boolean => v.kinds.length + v.places.length + v.marks.length === 0;

/** Counts all entries and compares with what is kept, of one moment's state; people go on working. */
export function verifyCounts(deps: Pick<HoldingsDeps, 'db'>): Promise<CountsVerdict> {
  return deps.db.snapshot(async (tx) => {
    const kinds = await wrongCounts(tx);
    const named = await fondsNames(
      tx,
      kinds.map((k) => k.fondsId),
    );
    return {
      kinds: kinds.map((k) => ({ ...k, fonds: named.get(k.fondsId)?.referenceCode ?? k.fondsId })),
      places: await wrongPlaces(tx),
      marks: await wrongMarks(tx),
    };
  });
}

/** Puts all counts right, in one transaction; whoever changes entries waits until it ends. It stands in the trail. */
export async function mendCounts(deps: Pick<HoldingsDeps, 'db' | 'audit'>, actor: Actor): Promise<void> {
  await deps.db.system(async (tx) => {
    await holdStill(tx);
    await recount(tx);
    await countAnew(tx);
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: null,
      act: 'holdings.countsMended',
      target: { type: 'holdings', id: 'counts' },
      detail: {},
    });
  });
}

import { gapsOf } from '#formats/metadata-schemes';
import type { JobKind, Progress } from '#kernel/jobs';
import type { HoldingsDeps } from '../deps.ts';
import { recordOfFonds } from '../domain/fondsInput.ts';
import { recordOf } from '../domain/schemes.ts';
import { schemesInForce } from '../store/schemes.ts';
import { RECOUNT_GAPS_JOB } from './commands.ts';
import {
  dropRecount,
  dueRecount,
  fondsOfArchive,
  holdRecount,
  type Recount,
  saveRecount,
  setFondsGaps,
  setGaps,
  unitsAfter,
} from './store/recounts.ts';

/** Entries of one transaction. */
const AT_ONCE = 2_000;

/**
 * Counts what entries lack, where what is required has changed: portion by portion, going on where a killed process stopped. What
 * another process is at is left to it.
 */
export async function recountGaps(
  deps: Pick<HoldingsDeps, 'db'>,
  o: { signal?: AbortSignal; progress?(p: Progress): void } = {},
): Promise<{ counted: number }> {
  let counted = 0;
  for (;;) {
    const due = await dueRecount(deps.db.owner);
    if (!due) return { counted };
    for (;;) {
      o.signal?.throwIfAborted();
      const done = await portion(deps, due);
      if (done === null) return { counted };
      counted += done.counted;
      o.progress?.({ step: 'checking', done: counted });
      if (done.ended) break;
    }
  }
}

/** @returns null where another process has it */
async function portion(
  { db }: Pick<HoldingsDeps, 'db'>,
  { id }: Recount,
): Promise<{ counted: number; ended: boolean } | null> {
  return db.system(async (tx) => {
    const at = await holdRecount(tx, id);
    if (!at) return null;
    const schemes = await schemesInForce(tx, at.archiveId);
    const units = await unitsAfter(tx, at, AT_ONCE);
    const last = units.at(-1);
    const differing = units.flatMap((u) => {
      const { own, top } = gapsOf(recordOf(u), schemes.of(u.category, u.level));
      return own === u.gapsOwn && top === u.gapsTop ? [] : [{ id: u.id, own, top }];
    });
    await setGaps(tx, differing);
    if (last && units.length === AT_ONCE) {
      await saveRecount(tx, id, last);
      return { counted: units.length, ended: false };
    }
    if (at.category === null) {
      const scheme = schemes.of(null, 'fonds');
      const fonds = await fondsOfArchive(tx, at.archiveId);
      await setFondsGaps(
        tx,
        fonds.flatMap((f) => {
          const { own } = gapsOf(recordOfFonds(f), scheme, {});
          return own === f.gaps ? [] : [{ id: f.id, gaps: own }];
        }),
      );
    }
    await dropRecount(tx, id);
    return { counted: units.length, ended: true };
  });
}

export const recountJob = (deps: Pick<HoldingsDeps, 'db'>): JobKind => ({
  name: RECOUNT_GAPS_JOB,
  run: ({ signal, progress }) => recountGaps(deps, { signal, progress }),
});

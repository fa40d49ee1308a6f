import type { Database, Tx } from '#kernel/db';
import type { UnitEntry } from '../entry.ts';
import { forgetPending, notePending, pendingUnits, tried } from '../store/pending.ts';
import { indexUnits } from './write.ts';

/** Entries written in one transaction. */
const STEP = 500;

/**
 * Indexes entries that are new, in the transaction that makes them. Where the index can not be written they are made all the same and
 * noted: nobody could find them before either, so that nothing withdrawn is shown.
 *
 * @param failed is told why the index could not be written
 */
export async function indexAdded(
  tx: Tx,
  unitIds: readonly string[],
  entries: (tx: Tx, unitIds: readonly string[]) => Promise<UnitEntry[]>,
  failed: (why: unknown) => void,
): Promise<void> {
  const trouble = await tried(tx, async () => indexUnits(tx, await entries(tx, unitIds)));
  if (!trouble) return;
  await notePending(tx, unitIds);
  failed(trouble.why);
}

/** Notes entries that changed: who changes many does not wait for the index, which follows at once by {@link indexPending}. */
export async function indexLater(tx: Tx, unitIds: readonly string[]): Promise<void> {
  if (unitIds.length > 0) await notePending(tx, unitIds);
}

/** Indexes what was noted; called again it goes on. @returns how many entries */
export async function indexPending(
  db: Database,
  entries: (tx: Tx, unitIds: readonly string[]) => Promise<UnitEntry[]>,
): Promise<number> {
  for (let done = 0; ; ) {
    const n = await db.system(async (tx) => {
      const ids = await pendingUnits(tx, STEP);
      if (ids.length > 0) await indexUnits(tx, await entries(tx, ids));
      await forgetPending(tx, ids);
      return ids.length;
    });
    done += n;
    if (n === 0) return done;
  }
}

import { verdictOn } from '../domain/verdict.ts';
import { checkCopies, examinedOf } from '../fixity/checkCopies.ts';
import { type CopyTask, noteTried } from '../store/copies.ts';
import type { StoreRow } from '../store/stores.ts';
import type { KeepingDeps } from './deps.ts';
import { megabytes } from './pace.ts';

/**
 * Looks whether copies that failed are sound again, because their disk came back: those that are are entered so. Nothing is
 * written to the store, and of those that still fail nothing more is told.
 *
 * @returns how many are sound again
 */
export async function lookAgain(
  deps: KeepingDeps,
  row: StoreRow,
  tasks: readonly CopyTask[],
  signal: AbortSignal,
): Promise<number> {
  if (tasks.length === 0) return 0;
  const open = await deps.stores.open(row);
  const options = { bytesPerSecond: megabytes(deps.settings.fixityMegabytes), signal };
  const outcomes = await deps.examiner.examine(open, tasks, options);
  const isSound = (t: CopyTask, i: number) =>
    verdictOn(examinedOf(outcomes[i]!), { objectId: t.objectId, head: t.objectHead, digest: t.objectDigest })
      .why === 'sound';
  const sound = tasks.filter(isSound);
  const still = tasks.filter((t) => !sound.includes(t));
  await checkCopies(deps, row, open, sound, options);
  await noteTried(
    deps.db.owner,
    row.id,
    still.map((t) => t.objectId),
    deps.clock.now(),
  );
  return sound.length;
}

import type { AuditActor } from '#kernel/audit';
import type { JobRun } from '#kernel/jobs';
import type { BackupDeps } from '../deps.ts';
import { orderOf } from '../order.ts';
import { startRun } from '../store/runs.ts';
import { noteFailed, noteMade } from './run.ts';

export interface BackupData {
  run: string;
  place: string;
  by: AuditActor;
}

/** Makes a backup in the background. */
export async function runBackup(
  deps: BackupDeps,
  { data, signal, progress }: JobRun<BackupData>,
): Promise<unknown> {
  const { run, place, by } = data;
  await startRun(deps.db.owner, run);
  try {
    await deps.writeWaiting(signal);
    const made = await deps.thread.backup(orderOf(deps, {}, place, run), {
      signal,
      told: ({ step, done }) => progress({ step, done }),
    });
    await noteMade(deps, run, by, made);
    return { backup: made.id };
  } catch (e) {
    // Stopped, not failed: the next process begins it anew.
    if (!signal.aborted) await noteFailed(deps, run, by, place, e);
    throw e;
  }
}

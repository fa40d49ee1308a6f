import type { Actor } from '#kernel/actor';
import type { BackupDeps } from './deps.ts';
import type { BackupMade, BackupProgress } from './making/backup.ts';
import { backUpNow } from './making/run.ts';
import type { Wish } from './order.ts';

export type Backups = ReturnType<typeof createBackups>;

/** Backups of this installation. */
export function createBackups(deps: BackupDeps) {
  return {
    /** Makes one now, here. @throws Refusal actor.forbidden, backup.nowhere, those of `makeBackup` */
    make: (
      actor: Actor,
      wish: Wish,
      told?: (p: BackupProgress) => void,
      signal?: AbortSignal,
    ): Promise<BackupMade> => backUpNow(deps, actor, wish, told, signal),
  };
}

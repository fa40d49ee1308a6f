import { type Actor, auditActor } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { isRefusal, messageOf, Refusal } from '#kernel/errors';
import type { BackupDeps } from '../deps.ts';
import { orderOf, type Wish } from '../order.ts';
import { demandAtTop } from '../rights.ts';
import { addRun, endRun, failRun } from '../store/runs.ts';
import { type BackupMade, type BackupProgress, makeBackup } from './backup.ts';

/** @throws Refusal backup.nowhere */
export function placeOf(deps: Pick<BackupDeps, 'config'>, wish: Wish): string {
  const place = wish.place ?? deps.config.place;
  if (place !== undefined) return place;
  throw new Refusal('backup.nowhere', 'Say where the backup is to go: name a folder, or set LANTAI_BACKUP.');
}

/** Makes a backup in this process and writes down what came of it. @throws Refusal, those of `makeBackup` */
export async function backUpNow(
  deps: BackupDeps,
  actor: Actor,
  wish: Wish,
  told?: (p: BackupProgress) => void,
  signal?: AbortSignal,
): Promise<BackupMade> {
  await demandAtTop(deps.tops, actor, 'stores.manage');
  const place = placeOf(deps, wish);
  const id = deps.newId();
  const order = orderOf(deps, wish, place, id);
  await deps.db.system((tx) =>
    addRun(tx, { id, asked: 'command', byName: actor.name, place, at: deps.clock.now(), state: 'running' }),
  );
  try {
    await deps.writeWaiting(signal);
    const made = await makeBackup(order, told, signal);
    await noteMade(deps, id, auditActor(actor), made);
    return made;
  } catch (e) {
    await noteFailed(deps, id, auditActor(actor), place, e).catch(() => {});
    throw e;
  }
}

type By = ReturnType<typeof auditActor>;

export async function noteMade(deps: BackupDeps, run: string, by: By, made: BackupMade): Promise<void> {
  await deps.db.system(async (tx: Tx) => {
    await endRun(tx, run, deps.clock.now(), made);
    await deps.audit.append(tx, {
      actor: by,
      archiveId: null,
      act: 'backup.made',
      target: { type: 'backup', id: made.id },
      detail: {
        name: made.id,
        place: made.place,
        encrypted: made.encrypted,
        rows: made.totals.rows,
        bytes: made.totals.bytes,
      },
    });
    if ('code' in made.cleared || made.cleared.backups.length === 0) return;
    await deps.audit.append(tx, {
      actor: by,
      archiveId: null,
      act: 'backup.cleared',
      target: { type: 'backup', id: made.id },
      detail: { name: made.id, place: made.place, backups: made.cleared.backups },
    });
  });
}

export async function noteFailed(
  deps: BackupDeps,
  run: string,
  by: By,
  place: string,
  e: unknown,
): Promise<void> {
  const trouble = { code: isRefusal(e) ? e.code : 'fault', message: messageOf(e) };
  await deps.db.system(async (tx: Tx) => {
    await failRun(tx, run, deps.clock.now(), trouble);
    await deps.audit.append(tx, {
      actor: by,
      archiveId: null,
      act: 'backup.failed',
      target: { type: 'backup', id: run },
      detail: { place, code: trouble.code },
      result: 'failed',
    });
  });
}

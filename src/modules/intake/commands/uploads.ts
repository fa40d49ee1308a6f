import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Actor, scopeOf } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { IntakeDeps } from '../deps.ts';
import { systemById } from '../store/systems.ts';
import { insertUpload, releaseUploads, uploadsBefore, waitingUploads } from '../store/uploads.ts';
import { overQuota } from './quota.ts';
import { senderOf } from './sender.ts';

const WEEK_MS = 7 * 24 * 3_600_000;
const DAY_MS = 24 * 3_600_000;
const MOST_WAITING = 5_000;
const AT_ONCE = 500;

/**
 * Counts an upload that begins: what waits and was sent today together stays within the quota of the day, whoever comes first.
 *
 * @throws Refusal intake.uploadSize, intake.quota, intake.quota.tooMany, intake.notAdmitted.forbidden
 */
export async function beginUpload(
  deps: IntakeDeps,
  asker: Actor,
  { id, bytes }: { id: string; bytes: number | undefined },
): Promise<void> {
  const { system, actor } = await senderOf(deps, asker);
  if (bytes === undefined)
    throw new Refusal('intake.uploadSize', 'An upload says its length when it begins.');
  await deps.db.as(scopeOf(actor), async (tx) => {
    const locked = await systemById(tx, system.id, { day: deps.today(), lock: true });
    if (!locked) return;
    const { settings } = locked;
    const waiting = await waitingUploads(tx, system.id);
    const coming = waiting.bytes + bytes;
    if (waiting.uploads >= MOST_WAITING) throw overQuota(deps, 'dayItems');
    if (locked.todayBytes + coming > settings.dayBytes) throw overQuota(deps, 'dayBytes');
    if (settings.totalBytes !== null && locked.bytes + coming > settings.totalBytes)
      throw overQuota(deps, 'totalBytes');
    await insertUpload(tx, { id, systemId: system.id, bytes, at: deps.clock.now() });
  });
}

/** Uploads that nothing has used, and what a kill left lying. @returns how many uploads went */
export async function sweepUploads(deps: IntakeDeps): Promise<number> {
  const now = deps.clock.now().getTime();
  let gone = 0;
  for (;;) {
    const ids = await uploadsBefore(deps.db.owner, new Date(now - WEEK_MS), AT_ONCE);
    for (const id of ids) await deps.staging.remove(id);
    await releaseUploads(deps.db.owner, ids);
    gone += ids.length;
    if (ids.length < AT_ONCE) break;
  }
  await clearOld(join(deps.folder, 'work'), () => true, now);
  // What was being written beside an upload when it was killed.
  await clearOld(deps.staging.folder, (name) => name.startsWith('.') && name.endsWith('.tmp'), now);
  return gone;
}

async function clearOld(folder: string, which: (name: string) => boolean, now: number): Promise<void> {
  for (const name of (await readdir(folder).catch(() => [])).filter(which)) {
    const path = join(folder, name);
    const { ctimeMs } = await stat(path).catch(() => ({ ctimeMs: now }));
    if (now - ctimeMs > DAY_MS) await rm(path, { force: true });
  }
}

import { createHash, randomUUID } from 'node:crypto';
import { link, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '#kernel/errors';
import { isGone, type Owner, readOwner } from './owner.ts';
import type { Lock } from './storage.ts';

interface LockText extends Owner {
  readonly token: string;
  readonly objectPath: string;
}

/** A lock whose writer died between creating and filling it is taken over after this long. */
const UNREADABLE_AFTER_MS = 10_000;

const locked = (objectPath: string) =>
  new Refusal('ocfl.locked', 'Another writer is changing this object. Try again when it has finished.', {
    objectPath,
  });

async function createWith(path: string, text: LockText): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(text), { flag: 'wx' });
    return true;
  } catch (e) {
    if (e instanceof Error && 'code' in e && e.code === 'EEXIST') return false;
    throw e;
  }
}

async function isStale(path: string, text: LockText | null): Promise<boolean> {
  if (text) return isGone(text);
  const found = await stat(path).catch(() => null);
  return found !== null && Date.now() - found.mtimeMs > UNREADABLE_AFTER_MS;
}

/** Takes a dead writer's lock out of the way; puts it back when somebody renewed it meanwhile. */
async function breakLock(path: string, stale: LockText | null): Promise<void> {
  const aside = `${path}.${randomUUID()}.stale`;
  await rename(path, aside).catch(() => undefined);
  const taken = await readOwner<LockText>(aside);
  if (taken && taken.token !== stale?.token) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

/**
 * A lock file per object in `folder` (which is there), naming its process, so that the lock of a killed writer can be
 * told from a living one's.
 *
 * @throws Refusal `ocfl.locked`
 */
export async function lockObject(folder: string, objectPath: string, owner: Owner): Promise<Lock> {
  const path = join(folder, createHash('sha256').update(objectPath).digest('hex').slice(0, 40));
  const text: LockText = { ...owner, token: randomUUID(), objectPath };
  if (!(await createWith(path, text))) {
    const other = await readOwner<LockText>(path);
    if (!(await isStale(path, other))) throw locked(objectPath);
    await breakLock(path, other);
    if (!(await createWith(path, text))) throw locked(objectPath);
  }
  return {
    async release() {
      const now = await readOwner<LockText>(path);
      if (now?.token === text.token) await rm(path, { force: true });
    },
  };
}

/** Removes the locks of processes that are gone. Returns the object paths they were for. */
export async function sweepLocks(folder: string, names: readonly string[]): Promise<string[]> {
  const paths: string[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const text = await readOwner<LockText>(path);
    if (!(await isStale(path, text))) continue;
    if (text) paths.push(text.objectPath);
    await breakLock(path, text);
  }
  return paths;
}

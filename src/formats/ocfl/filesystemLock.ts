import { createHash, randomUUID } from 'node:crypto';
import { link, readFile, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '#kernel/errors';
import { isGone, type Owner, parseOwner } from './owner.ts';
import type { Lock } from './storage.ts';

interface LockText extends Owner {
  readonly token: string;
  readonly objectPath: string;
}

export const locked = (objectPath: string) =>
  new Refusal('ocfl.locked', 'Another writer is changing this object. Try again when it has finished.', {
    objectPath,
  });

const hasCode = (e: unknown, ...codes: string[]) =>
  e instanceof Error && 'code' in e && typeof e.code === 'string' && codes.includes(e.code);

/**
 * Creates the lock with its text in one step, so that no kill can leave one that names nobody: a symbolic link whose
 * target is the text, or, where there are no such links, a hard link to a file that was written before.
 */
async function createWith(path: string, text: LockText): Promise<boolean> {
  const value = JSON.stringify(text);
  try {
    await symlink(value, path);
    return true;
  } catch (e) {
    if (hasCode(e, 'EEXIST')) return false;
    if (!hasCode(e, 'EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP')) throw e;
  }
  const own = `${path}.${text.token}`;
  await writeFile(own, value, { flag: 'wx' });
  try {
    await link(own, path);
    return true;
  } catch (e) {
    if (hasCode(e, 'EEXIST')) return false;
    throw e;
  } finally {
    await rm(own, { force: true });
  }
}

async function readLock(path: string): Promise<LockText | null> {
  const value = await readlink(path).catch(() => readFile(path, 'utf8').catch(() => ''));
  return parseOwner<LockText>(value);
}

/** Takes a dead writer's lock out of the way; puts it back when somebody renewed it meanwhile. */
async function breakLock(path: string, stale: LockText): Promise<void> {
  const aside = `${path}.${randomUUID()}.stale`;
  await rename(path, aside).catch(() => undefined);
  const taken = await readLock(aside);
  if (taken && taken.token !== stale.token) await createWith(path, taken);
  await rm(aside, { force: true });
}

/** A lock on this disk: whoever finds another token there has lost it, having slept while it was taken for gone. */
export interface FilesystemLock extends Lock {
  readonly path: string;
  readonly token: string;
}

/** Where the lock of an object lies. */
export const lockPath = (folder: string, objectPath: string): string =>
  join(folder, createHash('sha256').update(objectPath).digest('hex').slice(0, 40));

/**
 * A lock file per object in `folder` (which is there), naming its process, so that the lock of a killed writer can be
 * told from a living one's.
 *
 * @throws Refusal `ocfl.locked`
 */
export async function lockObject(folder: string, objectPath: string, owner: Owner): Promise<FilesystemLock> {
  const path = lockPath(folder, objectPath);
  const text: LockText = { ...owner, token: randomUUID(), objectPath };
  if (!(await createWith(path, text))) {
    const other = await readLock(path);
    if (!other || !(await isGone(other))) throw locked(objectPath);
    await breakLock(path, other);
    if (!(await createWith(path, text))) throw locked(objectPath);
  }
  return {
    path,
    token: text.token,
    async release() {
      if ((await readLock(path))?.token === text.token) await rm(path, { force: true });
    },
  };
}

/** Removes the locks of processes that are gone. Returns the object paths they were for. */
export async function sweepLocks(folder: string, names: readonly string[]): Promise<string[]> {
  const paths: string[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const text = await readLock(path);
    if (!text || !(await isGone(text))) continue;
    paths.push(text.objectPath);
    await breakLock(path, text);
  }
  return paths;
}

import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { createFileSynced, makeFolderDurably, syncFile, syncFolder } from '#kernel/durably';

const DAY_MS = 24 * 3_600_000;
const SHA512 = /^[0-9a-f]{128}$/;
/** On its way to its name. */
const PARTIAL = /^\.[0-9a-f-]{36}\.part$/;
const AT_ONCE = 500;
const READ_AT_ONCE = 64 * 1024;

/** Contents by their digest, below one folder: what is the same lies there once. */
export interface ContentStore {
  /** Takes a file in by moving it; it stays away where the content is there already. @returns false then */
  take(path: string, sha512: string): Promise<boolean>;
  /**
   * Writes a content straight to its place.
   *
   * @param look looks it through before it gets its name; what it throws keeps the content out
   * @returns false where it is there already
   */
  write(bytes: Uint8Array, sha512: string, look?: (path: string) => Promise<void>): Promise<boolean>;
  /** @param bytes how many it has, where that is known: no more room is taken for reading than it needs */
  open(sha512: string, bytes?: number): Readable;
  pathOf(sha512: string): string;
  /** Removes what lay unused for a day, asking in portions what is in use. @returns how many contents went */
  sweep(inUse: (sha512: readonly string[]) => Promise<ReadonlySet<string>>, now: Date): Promise<number>;
}

/** @param folder on the same file system as what is taken in */
export function contentStore(folder: string): ContentStore {
  const pathOf = (sha512: string): string => {
    if (!SHA512.test(sha512)) throw new Error('not a SHA-512');
    return join(folder, sha512.slice(0, 2), sha512);
  };
  return {
    pathOf,
    open: (sha512, bytes = READ_AT_ONCE) =>
      createReadStream(pathOf(sha512), { highWaterMark: Math.max(1, Math.min(bytes, READ_AT_ONCE)) }),
    async take(path, sha512) {
      const target = pathOf(sha512);
      if (await isThere(target)) return false;
      await makeFolderDurably(dirname(target));
      await syncFile(path);
      // That it lies in its place has to last; that it left the other, a sweep sees to.
      await rename(path, target);
      await syncFolder(dirname(target));
      return true;
    },
    async write(bytes, sha512, look) {
      const target = pathOf(sha512);
      if (await isThere(target)) return false;
      const shelf = dirname(target);
      const partial = join(shelf, `.${randomUUID()}.part`);
      try {
        await createFileSynced(partial, bytes).catch(async (e: unknown) => {
          if (!isGone(e)) throw e;
          await makeFolderDurably(shelf);
          await createFileSynced(partial, bytes);
        });
        await look?.(partial);
        await rename(partial, target);
      } catch (e) {
        await rm(partial, { force: true });
        throw e;
      }
      await syncFolder(shelf);
      return true;
    },
    async sweep(inUse, now) {
      let gone = 0;
      for (const shelf of await readdir(folder).catch(() => [])) {
        const all = await readdir(join(folder, shelf)).catch(() => []);
        for (const name of all.filter((n) => PARTIAL.test(n))) {
          // What a kill left.
          const path = join(folder, shelf, name);
          if (await isOld(path, now)) await rm(path, { force: true });
        }
        const names = all.filter((n) => SHA512.test(n));
        for (let i = 0; i < names.length; i += AT_ONCE) {
          const some = names.slice(i, i + AT_ONCE);
          const used = await inUse(some);
          for (const name of some) {
            if (used.has(name)) continue;
            const path = pathOf(name);
            // A file just taken in has no row yet.
            if (!(await isOld(path, now))) continue;
            await rm(path, { force: true });
            gone++;
          }
        }
      }
      return gone;
    },
  };
}

/** Whether a content lies there. One that does is young again: a record is about to have it, and no sweep takes it away meanwhile. */
async function isThere(path: string): Promise<boolean> {
  const now = new Date();
  try {
    await utimes(path, now, now);
  } catch (e) {
    if (isGone(e)) return false;
    throw e;
  }
  // Whoever put it there a moment ago may not have flushed its name yet.
  await syncFolder(dirname(path));
  return true;
}

async function isOld(path: string, now: Date): Promise<boolean> {
  const { mtimeMs, ctimeMs } = await stat(path).catch(() => ({ mtimeMs: 0, ctimeMs: 0 }));
  return now.getTime() - Math.max(mtimeMs, ctimeMs) >= DAY_MS;
}

const isGone = (e: unknown): boolean => e instanceof Error && 'code' in e && e.code === 'ENOENT';

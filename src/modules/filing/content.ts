import { createReadStream } from 'node:fs';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { makeFolderDurably, syncFile, syncFolder } from '#kernel/durably';

const DAY_MS = 24 * 3_600_000;
const SHA512 = /^[0-9a-f]{128}$/;
const AT_ONCE = 500;

/** Contents by their digest, below one folder: what is the same lies there once. */
export interface ContentStore {
  /** Takes a file in by moving it; it stays away where the content is there already. @returns false then */
  take(path: string, sha512: string): Promise<boolean>;
  open(sha512: string): Readable;
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
    open: (sha512) => createReadStream(pathOf(sha512)),
    async take(path, sha512) {
      const target = pathOf(sha512);
      const there = await stat(target).catch(() => undefined);
      if (there) return false;
      await makeFolderDurably(join(folder, sha512.slice(0, 2)));
      await syncFile(path);
      // That it lies in its place has to last; that it left the other, a sweep sees to.
      await rename(path, target);
      await syncFolder(dirname(target));
      return true;
    },
    async sweep(inUse, now) {
      let gone = 0;
      for (const shelf of await readdir(folder).catch(() => [])) {
        const names = (await readdir(join(folder, shelf)).catch(() => [])).filter((n) => SHA512.test(n));
        for (let i = 0; i < names.length; i += AT_ONCE) {
          const some = names.slice(i, i + AT_ONCE);
          const used = await inUse(some);
          for (const name of some) {
            if (used.has(name)) continue;
            const path = pathOf(name);
            const { mtimeMs, ctimeMs } = await stat(path).catch(() => ({ mtimeMs: 0, ctimeMs: 0 }));
            // A file just taken in has no row yet.
            if (now.getTime() - Math.max(mtimeMs, ctimeMs) < DAY_MS) continue;
            await rm(path, { force: true });
            gone++;
          }
        }
      }
      return gone;
    },
  };
}

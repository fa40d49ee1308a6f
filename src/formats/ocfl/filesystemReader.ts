import type { Dirent } from 'node:fs';
import { constants } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DigestPool } from '#kernel/checksums';
import { Refusal } from '#kernel/errors';
import { type Entry, isSafeStorePath, type StoreReader } from './storage.ts';

/** Whether an error of the file system says that something is not there. */
export function isAbsent(e: unknown): boolean {
  return e instanceof Error && 'code' in e && (e.code === 'ENOENT' || e.code === 'ENOTDIR');
}

function kindOf(entry: Dirent): Entry['kind'] {
  return entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : 'other';
}

async function whenThere<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (e) {
    if (isAbsent(e)) return null;
    throw e;
  }
}

/** Reads below one folder of a file system; also good for validating what somebody sent. */
export function filesystemReader(folder: string, pool: DigestPool): StoreReader {
  const at = (path: string): string => {
    if (!isSafeStorePath(path))
      throw new Refusal('ocfl.unsafePath', `The path "${path}" is not one a store has.`, { path });
    return join(folder, path);
  };
  const openFile = (path: string) => open(at(path), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  return {
    async list(path) {
      const entries = await whenThere(readdir(at(path), { withFileTypes: true }));
      return entries?.map((e) => ({ name: e.name, kind: kindOf(e) })) ?? null;
    },
    async readAll(path, limit) {
      const file = await whenThere(openFile(path));
      if (file === null) return null;
      try {
        const { size } = await file.stat();
        if (size > limit)
          throw new Refusal('ocfl.tooLarge', `${path} has ${size} bytes; at most ${limit} are read.`, {
            path,
          });
        const bytes = await file.readFile();
        if (bytes.length > limit)
          throw new Refusal('ocfl.tooLarge', `${path} grew while it was read.`, { path });
        return bytes;
      } finally {
        await file.close();
      }
    },
    async open(path, range) {
      const file = await whenThere(openFile(path));
      if (file === null) throw new Refusal('ocfl.contentMissing', `The store has no file ${path}.`, { path });
      return file.createReadStream({ ...range, highWaterMark: 64 * 1024 });
    },
    async sizeOf(path) {
      const found = await whenThere(lstat(at(path)));
      return found?.isFile() ? found.size : null;
    },
    async digest(path, names) {
      return whenThere(pool.digestFile(at(path), names));
    },
  };
}

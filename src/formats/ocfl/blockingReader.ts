import { closeSync, constants, createReadStream, fstatSync, lstatSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'; // biome-ignore format: one line
import { digestBytes, multiDigest } from '#kernel/checksums';
import { Refusal } from '#kernel/errors';
import type { StoreReader } from './storage.ts';

/** So much stays in the processor's own memory between being read and being digested. */
const CHUNK = 256 * 1024;

const absent = (e: unknown) =>
  e instanceof Error && 'code' in e && ['ENOENT', 'ENOTDIR', 'ELOOP', 'EISDIR'].includes(String(e.code));

function whenThere<T>(work: () => T): T | null {
  try {
    return work();
  } catch (e) {
    if (absent(e)) return null;
    throw e;
  }
}

/** Lets only so many bytes through a second; sleeps, so it is for threads alone. */
export function pacing(bytesPerSecond: number | null): (bytes: number) => void {
  if (bytesPerSecond === null) return () => {};
  const bell = new Int32Array(new SharedArrayBuffer(4));
  let free = performance.now();
  return (bytes) => {
    const now = performance.now();
    free = Math.max(free, now) + (bytes / bytesPerSecond) * 1000;
    if (free - now > 20) Atomics.wait(bell, 0, 0, free - now);
  };
}

/**
 * Reads below a folder by calls that block: for a thread whose whole work it is. A file costs a few microseconds instead of
 * several turns through the event loop.
 */
export function blockingReader(folder: string, pace: (bytes: number) => void = () => {}): StoreReader {
  const chunk = Buffer.allocUnsafe(CHUNK);
  const at = (path: string) => (path === '' ? folder : `${folder}/${path}`);
  const open = (path: string) => openSync(at(path), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  return {
    list: async (path) =>
      whenThere(() =>
        readdirSync(at(path), { withFileTypes: true }).map((e) => ({
          name: e.name,
          kind: e.isFile() ? 'file' : e.isDirectory() ? 'folder' : 'other',
        })),
      ),
    readAll: async (path, limit) =>
      whenThere(() => {
        const fd = open(path);
        try {
          const n = readSync(fd, chunk, 0, CHUNK, 0);
          if (n < CHUNK && n <= limit) {
            pace(n);
            return Buffer.from(chunk.subarray(0, n));
          }
          const { size } = fstatSync(fd);
          if (size > limit)
            throw new Refusal('ocfl.tooLarge', `${path} has ${size} bytes; at most ${limit} are read.`, {
              path,
            });
          pace(size);
          return readFileSync(fd);
        } finally {
          closeSync(fd);
        }
      }),
    open: async (path, range) => createReadStream(at(path), range),
    sizeOf: async (path) =>
      whenThere(() => {
        const stat = lstatSync(at(path));
        return stat.isFile() ? stat.size : null;
      }),
    digest: async (path, names) =>
      whenThere(() => {
        const fd = open(path);
        try {
          let n = readSync(fd, chunk, 0, CHUNK, null);
          pace(n);
          // A file in one piece needs no more than this. Only at its end are fewer bytes given than asked for, or none.
          if (n < CHUNK && (n === 0 || readSync(fd, chunk, n, 1, n) === 0))
            return digestBytes(chunk.subarray(0, n), names);
          const all = multiDigest(names);
          while (n > 0) {
            all.update(chunk.subarray(0, n));
            n = readSync(fd, chunk, 0, CHUNK, null);
            pace(n);
          }
          return all.done();
        } finally {
          closeSync(fd);
        }
      }),
  };
}

import { Readable } from 'node:stream';
import { digestBytes } from '#kernel/checksums';
import { Refusal } from '#kernel/errors';
import { type Entry, isSafeStorePath, type StoreReader } from './storage.ts';

/** What a store in memory holds: content by path. Two stores over one map are like two processes over one disk. */
export type MemoryFiles = Map<string, Buffer>;

/** Reads files of a map as a store does. */
export function memoryReader(files: MemoryFiles): StoreReader {
  function at(path: string): Buffer | undefined {
    if (!isSafeStorePath(path))
      throw new Refusal('ocfl.unsafePath', `The path "${path}" is not one a store has.`, { path });
    return files.get(path);
  }
  return {
    async list(path) {
      at(path);
      const before = path === '' ? '' : `${path}/`;
      const kinds = new Map<string, Entry['kind']>();
      for (const key of files.keys()) {
        if (!key.startsWith(before)) continue;
        const [name = '', ...below] = key.slice(before.length).split('/');
        kinds.set(name, below.length > 0 ? 'folder' : 'file');
      }
      return kinds.size === 0 ? null : [...kinds].map(([name, kind]) => ({ name, kind }));
    },
    async readAll(path, limit) {
      const bytes = at(path);
      if (bytes && bytes.length > limit)
        throw new Refusal('ocfl.tooLarge', `${path} has ${bytes.length} bytes; at most ${limit} are read.`, {
          path,
        });
      return bytes ?? null;
    },
    async open(path, range) {
      const bytes = at(path);
      if (!bytes) throw new Refusal('ocfl.contentMissing', `The store has no file ${path}.`, { path });
      const end = range?.end === undefined ? undefined : range.end + 1;
      return Readable.from([bytes.subarray(range?.start ?? 0, end)], { objectMode: false });
    },
    sizeOf: async (path) => at(path)?.length ?? null,
    async digest(path, names) {
      const bytes = at(path);
      return bytes ? digestBytes(bytes, names) : null;
    },
  };
}

import { readFile } from 'node:fs/promises';
import { type DigestName, digestBytes } from '#kernel/checksums';
import { Refusal } from '#kernel/errors';
import { type MemoryFiles, memoryReader } from './memoryReader.ts';
import { type Draft, type DraftTarget, isSafeStorePath, type Store } from './storage.ts';

/** What lives as long as the memory: the files of the root, and which objects are locked. */
export interface Memory {
  readonly files: MemoryFiles;
  readonly locks: Set<string>;
}

export const newMemory = (): Memory => ({ files: new Map(), locks: new Set() });

interface MemoryDraft extends Draft {
  readonly files: MemoryFiles;
}

function startDraft(target: DraftTarget): MemoryDraft {
  const files: MemoryFiles = new Map();
  const { readAll, digest } = memoryReader(files);
  function put(path: string, bytes: Buffer, names: readonly DigestName[]) {
    if (!isSafeStorePath(path) || path === '')
      throw new Refusal('ocfl.unsafePath', `The path "${path}" is not one an object can hold.`, { path });
    if (files.has(path)) throw new Error(`the draft has ${path} already`);
    files.set(path, bytes);
    return digestBytes(bytes, names);
  }
  return {
    target,
    files,
    readAll,
    digest,
    async putBytes(path, bytes) {
      put(path, Buffer.from(bytes), []);
    },
    async putStream(path, chunks, names) {
      const all: Uint8Array[] = [];
      for await (const chunk of chunks) all.push(Buffer.from(chunk));
      return put(path, Buffer.concat(all), names);
    },
    putFile: async (path, source, names) => put(path, await readFile(source), names),
    async drop(path) {
      files.delete(path);
    },
    async discard() {
      files.clear();
    },
  };
}

/**
 * An OCFL store in memory: for tests, and the plainest reading of what a store promises. Writers share a process and
 * die with it, so there is nothing to sweep, and a version appears in one step.
 */
export function memoryStore({ files, locks }: Memory = newMemory()): Store {
  const mine = new WeakMap<Draft, MemoryDraft>();

  function place({ target, files: built }: MemoryDraft): void {
    const { objectPath, version, isNew } = target;
    const below = isNew ? `${objectPath}/` : `${objectPath}/${version}/`;
    for (const path of files.keys())
      if (path.startsWith(below))
        throw isNew
          ? new Refusal('ocfl.objectExists', 'There is an object with this id already.', { objectPath })
          : new Refusal('ocfl.headMoved', 'Another writer added a version meanwhile.', { objectPath });
    for (const [path, bytes] of built) files.set(`${objectPath}/${path}`, bytes);
  }

  return {
    ...memoryReader(files),
    async createRootFile(path, bytes) {
      const before = files.get(path);
      if (before && !before.equals(bytes))
        throw new Refusal('ocfl.rootDiffers', `The storage root has another ${path} already.`, { path });
      files.set(path, Buffer.from(bytes));
    },
    async lock(objectPath) {
      if (locks.has(objectPath))
        throw new Refusal(
          'ocfl.locked',
          'Another writer is changing this object. Try again when it has finished.',
          { objectPath },
        );
      locks.add(objectPath);
      return {
        async release() {
          locks.delete(objectPath);
        },
      };
    },
    async draft(target) {
      const draft = startDraft(target);
      mine.set(draft, draft);
      return draft;
    },
    async seal() {},
    publish: (list) =>
      Promise.allSettled(
        list.map(async (draft) => {
          const built = mine.get(draft);
          if (!built) throw new Error('the draft is of another store');
          place(built);
        }),
      ),
    async copyHead(objectPath, version, sidecar) {
      for (const name of ['inventory.json', sidecar]) {
        const bytes = files.get(`${objectPath}/${version}/${name}`);
        if (bytes) files.set(`${objectPath}/${name}`, bytes);
      }
    },
    async removeObject(objectPath) {
      for (const path of [...files.keys()]) if (path.startsWith(`${objectPath}/`)) files.delete(path);
    },
    async sweep() {
      return { discarded: 0, objectPaths: [] };
    },
  };
}

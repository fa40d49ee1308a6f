import { mkdir, open, readdir, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type DigestPool, multiDigest } from '#kernel/checksums';
import { createFileSynced } from '#kernel/durably';
import { Refusal } from '#kernel/errors';
import { filesystemReader } from './filesystemReader.ts';
import { type Draft, type DraftTarget, isSafeStorePath } from './storage.ts';

export interface FilesystemDraft extends Draft {
  /** The folder it is built in. */
  readonly built: string;
  /** What has to be flushed before it may be seen: its folders, and files that were not flushed as they were put in. */
  unflushed(): Promise<string[]>;
}

function hasCode(e: unknown, ...codes: string[]): boolean {
  return e instanceof Error && 'code' in e && typeof e.code === 'string' && codes.includes(e.code);
}

/**
 * Starts a draft in a new folder.
 *
 * @param built the folder, which is not there yet; it becomes the object root, or holds the version and the new head.
 * @param sync flush each file as it is written.
 */
export async function startDraft(
  built: string,
  target: DraftTarget,
  pool: DigestPool,
  sync: boolean,
): Promise<FilesystemDraft> {
  await mkdir(built);
  const reader = filesystemReader(built, pool);
  const folders = new Set([built]);

  let mayBeEmpty = false;

  /**
   * Removes folders whose files were all taken out again: OCFL forbids empty ones. Only when nothing is being put in any
   * more, for then a folder could go between its making and its first file.
   */
  async function removeEmpty(): Promise<void> {
    if (!mayBeEmpty) return;
    mayBeEmpty = false;
    for (const folder of [...folders].sort((a, b) => b.length - a.length)) {
      if (folder === built) continue;
      try {
        await rmdir(folder);
        folders.delete(folder);
      } catch (e) {
        if (!hasCode(e, 'ENOTEMPTY', 'EEXIST')) throw e;
      }
    }
  }

  async function placeFor(path: string): Promise<string> {
    if (!isSafeStorePath(path) || path === '')
      throw new Refusal('ocfl.unsafePath', `The path "${path}" is not one an object can hold.`, { path });
    const full = join(built, path);
    const missing: string[] = [];
    for (let at = dirname(full); !folders.has(at); at = dirname(at)) missing.push(at);
    if (missing.length > 0) await mkdir(missing[0]!, { recursive: true });
    for (const folder of missing) folders.add(folder);
    return full;
  }

  return {
    target,
    built,
    readAll: reader.readAll,
    digest: reader.digest,
    async putBytes(path, bytes) {
      const full = await placeFor(path);
      if (sync) await createFileSynced(full, bytes);
      else await writeFile(full, bytes, { flag: 'wx' });
    },
    async putStream(path, chunks, names) {
      const all = multiDigest(names);
      const full = await placeFor(path);
      const file = await open(full, 'wx', 0o644);
      try {
        for await (const chunk of chunks) {
          all.update(chunk);
          // Unlike write(), writeFile() goes on until all of the chunk is written.
          await file.writeFile(chunk);
        }
        if (sync) await file.sync();
      } finally {
        await file.close();
      }
      return all.done();
    },
    async putFile(path, source, names) {
      return pool.copyAndDigest(source, await placeFor(path), names, { sync });
    },
    async drop(path) {
      const full = await placeFor(path);
      await rm(full);
      mayBeEmpty = true;
    },
    async unflushed() {
      await removeEmpty();
      const files = [];
      for (const folder of sync ? [] : folders)
        for (const e of await readdir(folder, { withFileTypes: true }))
          if (e.isFile()) files.push(join(folder, e.name));
      return [...files, ...folders];
    },
    discard: () => rm(built, { recursive: true, force: true }),
  };
}

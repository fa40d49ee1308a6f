import { mkdir, open, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type DigestPool, multiDigest } from '#kernel/checksums';
import { createFileSynced, makeFolderDurably, syncFile, syncFolder } from '#kernel/durably';
import { Refusal } from '#kernel/errors';
import { eachAtOnce } from './atOnce.ts';
import { filesystemReader } from './filesystemReader.ts';
import { type Draft, type DraftTarget, isSafeStorePath } from './storage.ts';

export interface FilesystemDraft extends Draft {
  /** Flushes the folders, and files that were not flushed as they were put in. */
  flush(): Promise<void>;
  /** Renames what was built into place. @returns folders with new entries, to be flushed. */
  place(root: string, durable: boolean): Promise<string[]>;
}

function hasCode(e: unknown, ...codes: string[]): boolean {
  return e instanceof Error && 'code' in e && typeof e.code === 'string' && codes.includes(e.code);
}

/** Flushes under way at once for one draft. */
const FLUSHES = 8;

/** Translates the rename's refusal of an occupied target. */
async function moveInto(from: string, to: string, occupied: Refusal): Promise<void> {
  try {
    await rename(from, to);
  } catch (e) {
    if (hasCode(e, 'ENOTEMPTY', 'EEXIST')) throw occupied;
    if (hasCode(e, 'EXDEV'))
      throw new Refusal(
        'ocfl.stagingElsewhere',
        'The staging folder must lie on the file system of the storage root.',
        {},
        { cause: e },
      );
    throw e;
  }
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
    async flush() {
      await removeEmpty();
      for (const folder of sync ? [] : folders) {
        const files = (await readdir(folder, { withFileTypes: true })).filter((e) => e.isFile());
        await eachAtOnce(files, (file) => syncFile(join(folder, file.name)), FLUSHES);
      }
      await eachAtOnce([...folders], syncFolder, FLUSHES);
    },
    async place(root, durable) {
      await removeEmpty();
      const objectFolder = join(root, target.objectPath);
      const changed = [dirname(objectFolder)];
      if (target.isNew) {
        const taken = new Refusal('ocfl.objectExists', 'There is an object with this id already.', {
          objectPath: target.objectPath,
        });
        // A sweep may take an empty folder away between these two steps; then they are done again.
        for (let tries = 3; ; tries--) {
          if (durable) await makeFolderDurably(dirname(objectFolder));
          else await mkdir(dirname(objectFolder), { recursive: true });
          try {
            await moveInto(built, objectFolder, taken);
            break;
          } catch (e) {
            if (!hasCode(e, 'ENOENT') || tries <= 1) throw e;
          }
        }
        return changed;
      }
      const moved = new Refusal('ocfl.headMoved', 'Another writer added a version meanwhile.', {
        objectPath: target.objectPath,
      });
      await moveInto(join(built, target.version), join(objectFolder, target.version), moved);
      if (durable) await syncFolder(objectFolder);
      for (const name of (await readdir(built)).sort())
        await rename(join(built, name), join(objectFolder, name));
      return [objectFolder];
    },
    discard: () => rm(built, { recursive: true, force: true }),
  };
}

import { execFile } from 'node:child_process';
import { readdir, readFile, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { DigestPool } from '#kernel/checksums';
import { makeFolderDurably, syncFolder, writeDurably } from '#kernel/durably';
import { Refusal } from '#kernel/errors';
import { type DraftNote, type FilesystemDraft, startDraft } from './filesystemDraft.ts';
import { lockObject, sweepLocks } from './filesystemLock.ts';
import { filesystemReader, isAbsent } from './filesystemReader.ts';
import { isGone, readOwner } from './owner.ts';
import type { Draft, Store } from './storage.ts';

const run = promisify(execFile);

export interface FilesystemStoreOptions {
  /** The OCFL storage root. */
  readonly root: string;
  /** Where drafts and locks lie; on the same file system, outside the root. */
  readonly staging: string;
  readonly pool: DigestPool;
  /**
   * `file` (default) flushes every file and folder by itself. `filesystem` writes first and then flushes the whole file
   * system (`sync -f`) once before and once after publishing: quicker for batches of small objects on a disk of their
   * own, and dependent on the `sync` command; where that fails, each file is flushed as with `file`.
   */
  readonly flush?: 'file' | 'filesystem';
}

/** A draft whose owner can not be read is cleared away once it is this old: its writer died while starting. */
const ORPHAN_AFTER_MS = 60_000;

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((e: unknown) => {
    if (isAbsent(e)) return [];
    throw e;
  });
}

/** Removes folders left empty on the way to an object that was never placed, up to the root. */
async function removeEmptyAbove(root: string, objectPath: string): Promise<void> {
  for (let at = dirname(objectPath); at !== '.' && at !== ''; at = dirname(at)) {
    try {
      await rmdir(join(root, at));
    } catch (e) {
      if (!isAbsent(e)) return;
    }
  }
}

/** An OCFL store in a folder of this machine or a mounted one. Needs `rename` to be atomic, as POSIX demands. */
export function filesystemStore(options: FilesystemStoreOptions): Store {
  const { root, staging, pool } = options;
  const drafts = join(staging, 'drafts');
  const locks = join(staging, 'locks');
  const reader = filesystemReader(root, pool);
  const mine = new WeakMap<Draft, FilesystemDraft>();
  let wholeFilesystem = options.flush === 'filesystem';

  const own = (draft: Draft): FilesystemDraft => {
    const found = mine.get(draft);
    if (!found) throw new Error('the draft is of another store');
    return found;
  };
  /** Flushes the file system; false where the machine can not, and then not asked again. */
  async function syncAll(): Promise<boolean> {
    if (!wholeFilesystem) return false;
    try {
      await run('sync', ['-f', root]);
      return true;
    } catch {
      wholeFilesystem = false;
      return false;
    }
  }
  async function syncTree(folder: string): Promise<void> {
    for (const entry of await readdir(folder, { withFileTypes: true }))
      if (entry.isDirectory()) await syncTree(join(folder, entry.name));
      else await syncFolder(join(folder, entry.name));
    await syncFolder(folder);
  }

  return {
    ...reader,
    async createRootFile(path, bytes) {
      const full = join(root, path);
      const before = await readFile(full).catch((e: unknown) => {
        if (isAbsent(e)) return null;
        throw e;
      });
      if (before?.equals(bytes)) return;
      if (before)
        throw new Refusal('ocfl.rootDiffers', `The storage root has another ${path} already.`, { path });
      await makeFolderDurably(dirname(full));
      await writeDurably(full, bytes);
    },
    lock: (objectPath) => lockObject(locks, objectPath),
    async draft(target) {
      const draft = await startDraft(drafts, target, pool, !wholeFilesystem);
      mine.set(draft, draft);
      return draft;
    },
    async seal(list) {
      if (wholeFilesystem && !(await syncAll())) await syncTree(drafts);
      else if (!wholeFilesystem) await Promise.all(list.map((d) => own(d).syncFolders()));
    },
    async publish(list) {
      const changed = new Set<string>();
      const outcomes = await Promise.allSettled(
        list.map(async (d) => {
          for (const folder of await own(d).place(root, !wholeFilesystem)) changed.add(folder);
        }),
      );
      if (!(await syncAll())) await Promise.all([...changed].map(syncFolder));
      await Promise.all(list.map((d) => d.discard()));
      return outcomes;
    },
    async copyHead(objectPath, version, sidecar) {
      for (const name of ['inventory.json', sidecar])
        await writeDurably(
          join(root, objectPath, name),
          await readFile(join(root, objectPath, version, name)),
        );
    },
    async sweep() {
      let discarded = 0;
      const paths = new Set(await sweepLocks(locks, await namesIn(locks)));
      for (const name of await namesIn(drafts)) {
        const home = join(drafts, name);
        const note = await readOwner<DraftNote>(join(home, 'draft.json'));
        const age = Date.now() - ((await stat(home).catch(() => null))?.mtimeMs ?? Date.now());
        if (note ? !(await isGone(note)) : age < ORPHAN_AFTER_MS) continue;
        if (note) {
          paths.add(note.target.objectPath);
          await removeEmptyAbove(root, note.target.objectPath);
        }
        await rm(home, { recursive: true, force: true });
        discarded++;
      }
      return { discarded, objectPaths: [...paths] };
    },
  };
}

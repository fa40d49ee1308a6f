import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { DigestPool } from '#kernel/checksums';
import { makeFolderDurably, syncFolder, writeDurably } from '#kernel/durably';
import { Refusal } from '#kernel/errors';
import { type FilesystemDraft, startDraft } from './filesystemDraft.ts';
import { type FilesystemLock, locked, lockObject, sweepLocks } from './filesystemLock.ts';
import { filesystemReader, isAbsent } from './filesystemReader.ts';
import { isGone, type Owner, readOwner, thisOwner } from './owner.ts';
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

/** A draft whose writer is not known is cleared away once it is this old. */
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
  const writers = join(staging, 'writers');
  const removed = join(staging, 'removed');
  const reader = filesystemReader(root, pool);
  const mine = new WeakMap<Draft, FilesystemDraft>();
  const held = new Map<string, FilesystemLock>();
  let wholeFilesystem = options.flush === 'filesystem';

  /** Enters this process as a writer: its id begins the names of its drafts, so that they need no note of their own. */
  async function enter(): Promise<{ id: string; owner: Owner }> {
    for (const folder of [drafts, locks, writers]) await mkdir(folder, { recursive: true });
    const id = randomUUID();
    const owner = await thisOwner();
    await writeFile(join(writers, `${id}.json`), JSON.stringify(owner), { flag: 'wx' });
    return { id, owner };
  }
  let entered: ReturnType<typeof enter> | null = null;
  const writer = () => {
    entered ??= enter();
    return entered;
  };

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

  async function syncUpwards(folder: string): Promise<void> {
    for (let at = folder; at.startsWith(root); at = dirname(at)) await syncFolder(at);
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
    async lock(objectPath) {
      const lock = await lockObject(locks, objectPath, (await writer()).owner);
      held.set(objectPath, lock);
      return {
        async release() {
          held.delete(objectPath);
          await lock.release();
        },
      };
    },
    async draft(target) {
      const folder = join(drafts, `${(await writer()).id}_${randomUUID()}`);
      const draft = await startDraft(folder, target, pool, !wholeFilesystem);
      mine.set(draft, draft);
      return draft;
    },
    async seal(list) {
      if (wholeFilesystem && !(await syncAll())) await syncTree(drafts);
      else if (!wholeFilesystem) await Promise.all(list.map((d) => own(d).flush()));
    },
    async publish(list) {
      const changed = new Set<string>();
      const placedUnsynced = wholeFilesystem;
      const outcomes = await Promise.allSettled(
        list.map(async (d) => {
          const { objectPath } = d.target;
          if ((await held.get(objectPath)?.isHeld()) === false) throw locked(objectPath);
          for (const folder of await own(d).place(root, !placedUnsynced)) changed.add(folder);
        }),
      );
      if (placedUnsynced && !(await syncAll())) for (const folder of changed) await syncUpwards(folder);
      else if (!placedUnsynced) await Promise.all([...changed].map(syncFolder));
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
    async removeObject(objectPath) {
      // One name for an object: what an earlier removal left aside is found again.
      const aside = join(removed, createHash('sha256').update(objectPath).digest('hex'));
      await mkdir(removed, { recursive: true });
      await rm(aside, { recursive: true, force: true });
      const from = join(root, objectPath);
      try {
        await rename(from, aside);
        await syncFolder(dirname(from));
      } catch (e) {
        if (!isAbsent(e)) throw e;
      }
      await rm(aside, { recursive: true, force: true });
      await syncFolder(removed);
      await removeEmptyAbove(root, objectPath);
    },
    async sweep() {
      const paths = await sweepLocks(locks, await namesIn(locks));
      for (const path of paths) await removeEmptyAbove(root, path);
      // What killed removals left aside.
      for (const name of await namesIn(removed))
        await rm(join(removed, name), { recursive: true, force: true });
      const gone = new Map<string, boolean>();
      for (const name of await namesIn(writers)) {
        const owner = await readOwner(join(writers, name));
        // An entry that can not be read was cut off at its making, before any draft.
        const age = Date.now() - ((await stat(join(writers, name)).catch(() => null))?.mtimeMs ?? Date.now());
        gone.set(name.replace(/\.json$/, ''), owner ? await isGone(owner) : age > ORPHAN_AFTER_MS);
      }
      let discarded = 0;
      for (const name of await namesIn(drafts)) {
        const home = join(drafts, name);
        const known = gone.get(name.split('_', 1)[0] ?? '');
        const age = Date.now() - ((await stat(home).catch(() => null))?.mtimeMs ?? Date.now());
        if (known === false || (known === undefined && age < ORPHAN_AFTER_MS)) continue;
        await rm(home, { recursive: true, force: true });
        discarded++;
      }
      for (const [id, isOver] of gone) if (isOver) await rm(join(writers, `${id}.json`), { force: true });
      return { discarded, objectPaths: [...new Set(paths)] };
    },
  };
}

import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { DigestPool } from '#kernel/checksums';
import { makeFolderDurably, syncFolder, writeDurably } from '#kernel/durably';
import { Refusal } from '#kernel/errors';
import { eachAtOnce } from './atOnce.ts';
import { createBulk } from './bulk/bulk.ts';
import { bulkThreads, inGroups } from './bulk/threads.ts';
import type { HeldLock, PlaceOne } from './bulk/wishes.ts';
import { type FilesystemDraft, startDraft } from './filesystemDraft.ts';
import { lockObject, sweepLocks } from './filesystemLock.ts';
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

/** Of so many objects the whole file system is written out before each is flushed. */
const MANY = 32;
/** Flushes asked for at once. */
const FLUSHES = 4;

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
  const held = new Map<string, HeldLock>();
  let wholeFilesystem = options.flush === 'filesystem';

  /** Enters this process as a writer: its id begins the names of its drafts, so that they need no note of their own. */
  async function enter(): Promise<{ id: string; owner: Owner }> {
    for (const folder of [drafts, locks, writers]) await mkdir(folder, { recursive: true });
    const id = randomUUID();
    const owner = await thisOwner();
    const note = join(writers, `${id}.json`);
    try {
      await writeFile(note, JSON.stringify(owner), { flag: 'wx' });
    } catch (e) {
      await rm(note, { force: true });
      throw e;
    }
    return { id, owner };
  }
  let entered: ReturnType<typeof enter> | null = null;
  const writer = async () => {
    entered ??= enter();
    try {
      return await entered;
    } catch (e) {
      // A full disk has room again some time.
      entered = null;
      throw e;
    }
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
  /**
   * Many files are written out in one go before each of them is flushed, which then finds nothing left to be written and tells
   * of what went wrong with its own. Nothing hangs on it.
   */
  const syncFirst = () => threads.writeOut(root);
  const threads = bulkThreads(pool);

  /** Flushes lists of paths, some at once. One outcome each. */
  async function flushAll(lists: readonly (readonly string[])[]): Promise<PromiseSettledResult<void>[]> {
    return (await eachAtOnce(inGroups(lists), (group) => threads.flush(group), FLUSHES)).flat();
  }
  /** As `flushAll`, for what is to survive or fail together. */
  async function flushTogether(paths: Iterable<string>): Promise<void> {
    const all = [...new Set(paths)];
    const lists = Array.from({ length: Math.ceil(all.length / 8) }, (_, i) => all.slice(i * 8, i * 8 + 8));
    for (const one of await flushAll(lists)) if (one.status === 'rejected') throw one.reason;
  }
  const flushChanged = async (folders: ReadonlySet<string>) => {
    if (folders.size === 0 || (await syncAll())) return;
    if (folders.size >= MANY) await syncFirst();
    await flushTogether(folders);
  };
  const placeOf = (draft: Draft): PlaceOne => {
    const { objectPath, version, isNew } = draft.target;
    return { built: own(draft).built, objectPath, version, isNew, lock: held.get(objectPath) ?? null };
  };
  /** Flushes drafts, or the file system they lie in. */
  async function sealDrafts(list: readonly Draft[]): Promise<void> {
    if (await syncAll()) return;
    if (list.length >= MANY) await syncFirst();
    for (const one of await flushAll(await Promise.all(list.map((d) => own(d).unflushed()))))
      if (one.status === 'rejected') throw one.reason;
  }

  return {
    ...reader,
    bulk: createBulk({
      root,
      drafts,
      locks,
      threads,
      held,
      writer,
      reader: (folder) => filesystemReader(folder, pool),
      flushEarly: (objects) => !wholeFilesystem && objects < MANY,
      adopt(draft) {
        mine.set(draft, draft);
        return draft;
      },
    }),
    readWhole: (objectPaths) => threads.read(root, objectPaths),
    liesAnything: (objectPaths) => threads.look(root, objectPaths),
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
      held.set(objectPath, { path: lock.path, token: lock.token });
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
    seal: sealDrafts,
    async publish(list) {
      const outcomes = list.map(
        (): PromiseSettledResult<void> => ({ status: 'fulfilled', value: undefined }),
      );
      const wishes = list.map(placeOf);
      const changed = new Set<string>();
      const fail = (i: number, reason: unknown) => {
        outcomes[i] = { status: 'rejected', reason };
      };
      for (const [i, answer] of (await threads.place(root, wishes)).entries())
        if ('error' in answer) fail(i, answer.error);
        else for (const folder of answer.changed) changed.add(folder);
      await flushChanged(changed);
      // Only a version that survives a power cut may be named by the inventory that everybody reads.
      const later = wishes.flatMap((w, i) => (w.isNew || outcomes[i]?.status === 'rejected' ? [] : [i]));
      const heads = await threads.head(
        root,
        later.map((i) => wishes[i]!),
      );
      for (const [at, error] of heads.entries()) if (error) fail(later[at]!, error);
      await flushChanged(new Set(later.map((i) => join(root, wishes[i]!.objectPath))));
      await Promise.all(list.map((d, i) => (outcomes[i]?.status === 'rejected' ? d.discard() : undefined)));
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

import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { eachAtOnce } from '../atOnce.ts';
import type { FilesystemDraft } from '../filesystemDraft.ts';
import { lockPath } from '../filesystemLock.ts';
import type { Owner } from '../owner.ts';
import type { Bulk, BulkBuilt, BulkWish, Draft, DraftTarget } from '../storage.ts';
import { errorOf } from './moves.ts';
import { type BulkThreads, inGroups } from './threads.ts';
import type { BuildOne, BuiltOne, HeldLock } from './wishes.ts';

/** An object of more files is built in constant memory. */
const MOST_FILES = 200;

export interface BulkDeps {
  readonly root: string;
  readonly drafts: string;
  readonly locks: string;
  readonly threads: BulkThreads;
  /** Locks of this process, by object path. */
  readonly held: Map<string, HeldLock>;
  readonly reader: (folder: string) => Pick<Draft, 'readAll' | 'digest'>;
  writer(): Promise<{ id: string; owner: Owner }>;
  /** Whether to flush what is built of so many objects while the rest is being built. */
  flushEarly(objects: number): boolean;
  /** Makes a draft one of the store's own. */
  adopt(draft: FilesystemDraft): FilesystemDraft;
}

/** Groups under way: some are built while others are flushed. */
const AT_ONCE = 6;

/** Builds many small versions on threads: one message for several objects, and every call of the file system there. */
export function createBulk(deps: BulkDeps): Bulk {
  const { root, drafts, locks, threads, held } = deps;

  function draftOf(
    folder: string,
    target: DraftTarget,
    left: NonNullable<BuiltOne['draft']>,
    flushed: boolean,
  ) {
    const closed = () => {
      throw new Error('the version is built already');
    };
    return deps.adopt({
      target,
      built: folder,
      readsBack: true,
      ...deps.reader(folder),
      putBytes: closed,
      putStream: closed,
      putFile: closed,
      drop: closed,
      unflushed: async () => (flushed ? [] : [...left.files, ...left.folders]),
      discard: () => rm(folder, { recursive: true, force: true }),
    });
  }

  return {
    mostFiles: MOST_FILES,
    async build(wishes, settings) {
      const { id, owner } = await deps.writer();
      const taken = new Map<string, HeldLock>();
      const lock = {
        async release() {
          for (const [objectPath, one] of taken) if (held.get(objectPath) === one) held.delete(objectPath);
          if (taken.size > 0) await threads.release({ locks: [...taken.values()] });
        },
      };
      const begun: string[] = [];
      const group = async (part: readonly BulkWish[]) => {
        const list = part.map(
          ({ objectId, objectPath, next }): BuildOne => ({
            objectId,
            objectPath,
            next,
            built: join(drafts, `${id}_${randomUUID()}`),
            lock: { path: lockPath(locks, objectPath), token: randomUUID() },
          }),
        );
        begun.push(...list.map((one) => one.built));
        const answers = await threads.build({ root, owner, settings, list });
        for (const [i, answer] of answers.entries()) {
          if (answer === null || 'error' in answer) continue;
          const { objectPath, lock: own } = list[i]!;
          taken.set(objectPath, own);
          held.set(objectPath, own);
        }
        // The objects of a group survive a power cut together: their files were all written before the first is flushed.
        const early = deps.flushEarly(wishes.length);
        const lists = answers.map((a) =>
          early && a && 'built' in a && a.built.draft
            ? [...a.built.draft.files, ...a.built.draft.folders]
            : [],
        );
        const flushed = lists.some((l) => l.length > 0) ? await threads.flush(lists) : [];
        const outcome = async (
          answer: (typeof answers)[number],
          i: number,
        ): Promise<BulkBuilt | { error: unknown } | null> => {
          if (answer === null) return null;
          if ('error' in answer) return { error: errorOf(answer.error) };
          const { draft: left, ...built } = answer.built;
          const { objectPath, built: folder } = list[i]!;
          if (left === null) return { ...built, draft: null };
          const target = { objectPath, version: built.version, isNew: left.isNew };
          const draft = draftOf(folder, target, left, early);
          const done = flushed[i];
          if (done?.status !== 'rejected') return { ...built, draft };
          await draft.discard();
          return { error: done.reason };
        };
        return Promise.all(answers.map(outcome));
      };
      try {
        return { outcomes: (await eachAtOnce(inGroups(wishes), group, AT_ONCE)).flat(), lock };
      } catch (e) {
        await Promise.all(begun.map((folder) => rm(folder, { recursive: true, force: true })));
        await lock.release();
        throw e;
      }
    },
  };
}

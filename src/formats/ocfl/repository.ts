import { Readable } from 'node:stream';
import type { DigestName } from '#kernel/checksums';
import { type Finding, isRefusal, Refusal } from '#kernel/errors';
import { eachAtOnce } from './atOnce.ts';
import { buildNext, verifyBuilt } from './buildVersion.ts';
import {
  type ByteRange,
  describe,
  type ObjectSource,
  type OcflObject,
  type OpenedFile,
  type VersionInfo,
} from './describe.ts';
import type { PathOf } from './layouts.ts';
import type { NewVersion, PutResult } from './newVersion.ts';
import { openVerified } from './openVerified.ts';
import { sourceOf } from './readAhead.ts';
import { readInventory } from './readObject.ts';
import { type Recovery, recoverObject } from './recover.ts';
import { readStorageRoot } from './root.ts';
import type { BulkBuilt, Lock, Store } from './storage.ts';
import { validateObject } from './validate/object.ts';

/** What an object holds in all. */
export interface ObjectMeasure {
  readonly head: string;
  /** sha512 of the inventory. */
  readonly inventoryDigest: string;
  /** Content files of all versions, and their bytes. */
  readonly files: number;
  readonly bytes: number;
}
export type PutOutcome = { readonly result: PutResult } | { readonly error: unknown };

export interface OcflRepository extends Pick<ObjectSource, 'getObject' | 'openFile'> {
  /** Path of an object in the storage root, whether it is there or not. */
  pathOf: PathOf;
  /**
   * Writes a version: built aside, read back and digested again, then made visible at once. When it returns, the
   * version survives a power cut. Safe to repeat: the same content twice writes one version.
   *
   * @throws Refusal `ocfl.locked`, `ocfl.headMoved`, `ocfl.objectExists`, `ocfl.unsafePath`, `ocfl.sourceDiffers`,
   * `ocfl.notWritten`, `ocfl.damagedObject`
   */
  putVersion(objectId: string, next: NewVersion): Promise<PutResult>;
  /** Many objects with one flush for all. One outcome for each, in order; one that fails does not touch the others. */
  putVersions(
    list: readonly { readonly objectId: string; readonly next: NewVersion }[],
  ): Promise<PutOutcome[]>;
  exists(objectId: string): Promise<boolean>;
  /** Those of many objects of which nothing lies in the root, neither whole nor in part, as far as that is told at once. */
  absentAmong(objectIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Counts what an object holds; asks the store for the size of every file. @throws as `getObject`, `ocfl.contentMissing` */
  measure(objectId: string): Promise<ObjectMeasure>;
  /** Reads small objects some at once, so that reading them through the source given back waits for nothing. Tells no faults. */
  readAhead(objectIds: readonly string[]): Promise<ObjectSource>;
  listVersions(objectId: string): Promise<readonly VersionInfo[]>;
  /** Full validation of one object, every byte digested, with the specification's codes. */
  verify(objectId: string): Promise<readonly Finding[]>;
  /**
   * Takes an object out of the root for ever, all versions of it. For disposal alone. Done again it changes nothing.
   *
   * @throws Refusal `ocfl.locked` while somebody writes it
   */
  destroyObject(objectId: string): Promise<void>;
  /** Whether anything lies where the object belongs, whole or not. */
  leavesAnything(objectId: string): Promise<boolean>;
  /** Finishes what a killed writer left of one object. */
  recover(objectId: string): Promise<Recovery>;
  /** At start: clears away what killed writers left and recovers the objects they were at. */
  sweepStaging(): Promise<{
    readonly discarded: number;
    readonly recovered: readonly { path: string; recovery: Recovery }[];
  }>;
}

export interface RepositoryOptions {
  readonly store: Store;
  /** Digests of the fixity block (default sha256). */
  readonly fixity?: readonly DigestName[];
}

/**
 * Opens a storage root.
 *
 * @throws Refusal `ocfl.noRoot`, `ocfl.badLayout`
 */
export async function openRepository({
  store,
  fixity = ['sha256'],
}: RepositoryOptions): Promise<OcflRepository> {
  const { pathOf, spec } = await readStorageRoot(store);

  /** Has the store build what it can at once; what it leaves has neither a version nor an outcome. */
  async function buildTogether(
    list: readonly { readonly objectId: string; readonly next: NewVersion }[],
    built: Map<number, BulkBuilt>,
    locks: Lock[],
    outcomes: PutOutcome[],
  ): Promise<void> {
    const { bulk } = store;
    if (!bulk) return;
    const few = [...list.entries()].filter(([, { next }]) => next.files.length <= bulk.mostFiles);
    if (few.length === 0) return;
    const done = await bulk.build(
      few.map(([, { objectId, next }]) => ({ objectId, objectPath: pathOf(objectId), next })),
      { fixity, spec },
    );
    locks.push(done.lock);
    for (const [at, [i]] of few.entries()) {
      const one = done.outcomes[at];
      if (one && 'error' in one) outcomes[i] = one;
      else if (one) built.set(i, one);
    }
  }

  async function putVersions(
    list: readonly { readonly objectId: string; readonly next: NewVersion }[],
  ): Promise<PutOutcome[]> {
    const locks: Lock[] = [];
    const outcomes = new Array<PutOutcome>(list.length);
    const built = new Map<number, BulkBuilt>();
    const verify = new Map<number, () => Promise<void>>();
    const fail = async (i: number, error: unknown) => {
      outcomes[i] = { error };
      await built.get(i)?.draft?.discard();
      built.delete(i);
    };
    /** Whether a version whose publishing broke off can be, and now is, brought to its end. */
    const isThere = async (i: number, why: unknown): Promise<boolean> => {
      const one = built.get(i);
      if (!one || isRefusal(why)) return false;
      const found = await recoverObject(store, pathOf(list[i]?.objectId ?? '')).catch(() => null);
      return found?.read?.sha512 === one.inventoryDigest;
    };
    try {
      await buildTogether(list, built, locks, outcomes);
      const alone = [...list.entries()].filter(([i]) => !built.has(i) && !outcomes[i]);
      await eachAtOnce(alone, async ([i, { objectId, next }]) => {
        try {
          const path = pathOf(objectId);
          locks.push(await store.lock(path));
          const one = await buildNext(store, objectId, path, next, { fixity, spec });
          built.set(i, one);
          verify.set(i, () => verifyBuilt(one));
        } catch (error) {
          await fail(i, error);
        }
      });
      await store.seal([...built.values()].flatMap((b) => b.draft ?? []));
      await eachAtOnce([...verify], async ([i, work]) => work().catch((error: unknown) => fail(i, error)));
      const visible = [...built].flatMap(([i, b]) => (b.draft ? [{ i, draft: b.draft }] : []));
      const published = await store.publish(visible.map((v) => v.draft));
      for (const [at, { i }] of visible.entries()) {
        const outcome = published[at];
        if (outcome?.status === 'rejected' && !(await isThere(i, outcome.reason)))
          await fail(i, outcome.reason);
      }
      for (const [i, b] of built) {
        const objectId = list[i]?.objectId ?? '';
        outcomes[i] = {
          result: {
            objectId,
            path: pathOf(objectId),
            version: b.version,
            written: b.draft !== null,
            inventoryDigest: b.inventoryDigest,
            writtenFiles: b.written,
            writtenBytes: b.files.reduce((sum, f) => sum + (f.deduplicated ? 0 : f.size), 0),
            files: b.files,
          },
        };
      }
      return outcomes;
    } catch (e) {
      await Promise.all([...built.values()].map((b) => b.draft?.discard()));
      throw e;
    } finally {
      await Promise.all(locks.map((lock) => lock.release()));
    }
  }

  async function readHead(objectId: string) {
    const path = pathOf(objectId);
    const read = await readInventory(store, path);
    if (read === null)
      throw new Refusal('ocfl.notFound', 'There is no such object in the store.', { objectId });
    if (read.inventory.id !== objectId)
      throw new Refusal('ocfl.wrongObject', `At ${path} lies the object ${read.inventory.id}.`, { objectId });
    return { path, ...read };
  }

  async function getObject(objectId: string): Promise<OcflObject> {
    const { inventory, path } = await readHead(objectId);
    return describe(inventory, path);
  }

  async function recoverAt(path: string): Promise<Recovery> {
    const lock = await store.lock(path);
    try {
      const { read: _, ...recovery } = await recoverObject(store, path);
      return recovery;
    } finally {
      await lock.release();
    }
  }

  async function openFile(
    which: string | OcflObject,
    logicalPath: string,
    options: { readonly version?: string; readonly range?: ByteRange; readonly verify?: boolean } = {},
  ): Promise<OpenedFile> {
    const object = typeof which === 'string' ? await getObject(which) : which;
    const objectId = object.id;
    const file = object.file(logicalPath, options.version);
    const path = `${object.path}/${file.contentPath}`;
    const size = await store.sizeOf(path);
    if (size === null)
      throw new Refusal('ocfl.contentMissing', `The store has lost ${path}.`, { objectId, path });
    const bytes = await store.open(path, options.range);
    const verify = options.verify === true && options.range === undefined;
    const stream = verify
      ? Readable.from(openVerified(bytes, object.inventory.digestAlgorithm, file.digest, path), {
          objectMode: false,
        })
      : bytes;
    return { ...file, size, stream };
  }

  return {
    pathOf,
    putVersions,
    async putVersion(objectId, next) {
      const [outcome] = await putVersions([{ objectId, next }]);
      if (!outcome || 'error' in outcome) throw outcome?.error;
      return outcome.result;
    },
    getObject,
    exists: async (objectId) => (await store.sizeOf(`${pathOf(objectId)}/inventory.json`)) !== null,
    async absentAmong(objectIds) {
      const there = await store.liesAnything?.(objectIds.map(pathOf));
      return new Set(objectIds.filter((_, i) => there?.[i] === false));
    },
    async measure(objectId) {
      const { inventory, sha512, path } = await readHead(objectId);
      const sizes = await eachAtOnce([...inventory.manifest.keys()], async (content) => {
        const size = await store.sizeOf(`${path}/${content}`);
        if (size === null)
          throw new Refusal('ocfl.contentMissing', `The store has lost ${path}/${content}.`, { objectId });
        return size;
      });
      return {
        head: inventory.head,
        inventoryDigest: sha512,
        files: sizes.length,
        bytes: sizes.reduce((sum, size) => sum + size, 0),
      };
    },
    async readAhead(objectIds) {
      const read = (await store.readWhole?.(objectIds.map(pathOf))) ?? [];
      const wholes = new Map(
        objectIds.flatMap((id, i) => {
          const whole = read[i];
          // Another object in its place is told by who asks for it.
          return whole?.inventory.id === id ? [[id, whole] as const] : [];
        }),
      );
      return sourceOf({ getObject, openFile }, wholes, (inventory) =>
        describe(inventory, pathOf(inventory.id)),
      );
    },
    listVersions: async (objectId) => (await getObject(objectId)).versions,
    openFile,
    async verify(objectId) {
      return (await validateObject(store, (await getObject(objectId)).path)).findings;
    },
    async destroyObject(objectId) {
      const path = pathOf(objectId);
      const lock = await store.lock(path);
      try {
        await store.removeObject(path);
      } finally {
        await lock.release();
      }
    },
    leavesAnything: async (objectId) => (await store.list(pathOf(objectId))) !== null,
    recover: (objectId) => recoverAt(pathOf(objectId)),
    async sweepStaging() {
      const swept = await store.sweep();
      const recovered: { path: string; recovery: Recovery }[] = [];
      for (const path of swept.objectPaths) {
        try {
          recovered.push({ path, recovery: await recoverAt(path) });
        } catch (e) {
          // Somebody is writing it at this moment, and recovers it first as every writer does.
          if (!(isRefusal(e) && e.code === 'ocfl.locked')) throw e;
        }
      }
      return { discarded: swept.discarded, recovered };
    },
  };
}

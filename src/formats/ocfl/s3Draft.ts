import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { DigestName, DigestPool } from '#kernel/checksums';
import { Refusal } from '#kernel/errors';
import type { Condition } from './s3Bucket.ts';
import type { Lease } from './s3Lease.ts';
import { keyOf, type S3Place, s3Reader } from './s3Reader.ts';
import { ConditionFailed, digesting, putChunks, putFile } from './s3Upload.ts';
import { type Draft, type DraftTarget, isSafeStorePath, type StoreReader } from './storage.ts';

export interface S3Draft extends Draft {
  readonly lease: Lease;
  /** Removes what was dropped: all at once, and when the lock was just seen to be held. */
  seal(): Promise<void>;
  /** Makes the version the head, on condition that the head is what it was. */
  commit(): Promise<void>;
  /** Whether nothing of it lies in the store in part. */
  isSettled(): boolean;
}

export interface DraftDeps {
  readonly place: S3Place;
  /** Prefix of the storage root. */
  readonly root: string;
  readonly pool: DigestPool;
}

/** Files of the object root up to this size wait in memory to be put in place, larger ones aside in the store. */
const IN_MEMORY = 8 * 1024 * 1024;

const isSidecar = (path: string) => /^[^/]+\/inventory\.json\.[a-z0-9]+$/.test(path);

type TopFile = { readonly bytes: Buffer } | { readonly aside: string };

const headMoved = ({ objectPath }: DraftTarget, cause?: unknown) =>
  new Refusal('ocfl.headMoved', 'Another writer added a version meanwhile.', { objectPath }, { cause });
const objectExists = ({ objectPath }: DraftTarget, cause?: unknown) =>
  new Refusal('ocfl.objectExists', 'There is an object with this id already.', { objectPath }, { cause });

/**
 * The root inventory as it must still be when the version becomes the head. Were it another's of this very version by
 * now, that version's own inventory would be there, and ours not be taken.
 */
async function headOf({ place, root }: DraftDeps, target: DraftTarget): Promise<Condition> {
  if (target.isNew) return { absent: true };
  const head = await place.bucket.head(`${keyOf(root, target.objectPath)}/inventory.json`);
  if (!head) throw headMoved(target);
  return { tag: head.tag };
}

/**
 * Starts a version. Its files go to their final keys, where no inventory of a reader names them, and never over what is
 * there; the files of the object root follow when it is committed.
 */
export async function startS3Draft(deps: DraftDeps, target: DraftTarget, lease: Lease): Promise<S3Draft> {
  const { place, root, pool } = deps;
  const { bucket } = place;
  const objectKey = keyOf(root, target.objectPath);
  const condition = await headOf(deps, target);
  const pending = { version: target.version, isNew: target.isNew };
  await lease.note(pending);
  const inPlace = s3Reader(place, objectKey);
  const asidePrefix = `${lease.aside}${randomUUID()}`;
  const aside = s3Reader(place, asidePrefix);
  const top = new Map<string, TopFile>();
  const written = new Set<string>();
  const dropped = new Set<string>();
  /** Sidecars the server said it took as they were sent; they say nothing but what the inventory proves. */
  const taken = new Set<string>();
  let state: 'open' | 'committing' | 'published' | 'discarded' = 'open';

  function placeOf(path: string): string {
    if (!isSafeStorePath(path) || path === '')
      throw new Refusal('ocfl.unsafePath', `The path "${path}" is not one an object can hold.`, { path });
    lease.guard();
    return `${objectKey}/${path}`;
  }
  const isTop = (path: string) => !path.includes('/');

  /** Writes a key of the version, which must not be there yet. */
  async function create<T>(path: string, write: (key: string) => Promise<T>): Promise<T> {
    const key = placeOf(path);
    written.add(key);
    try {
      return await write(key);
    } catch (e) {
      if (!(e instanceof ConditionFailed)) throw e;
      written.delete(key);
      throw headMoved(target, e);
    }
  }

  async function putTop(path: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    placeOf(path);
    const held: Uint8Array[] = [];
    let bytes = 0;
    const rest = chunks[Symbol.asyncIterator]();
    for (;;) {
      const next = await rest.next();
      if (next.done) return void top.set(path, { bytes: Buffer.concat(held) });
      held.push(next.value);
      bytes += next.value.byteLength;
      if (bytes > IN_MEMORY) break;
    }
    async function* all() {
      yield* held.splice(0);
      for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
    }
    const key = `${asidePrefix}/${path}`;
    top.set(path, { aside: key });
    written.add(key);
    await putChunks(bucket, key, all(), lease.guard);
  }

  async function putStream(path: string, chunks: AsyncIterable<Uint8Array>, names: readonly DigestName[]) {
    const all = digesting(chunks, names);
    if (isTop(path)) await putTop(path, all.chunks);
    else
      await create(path, (key) =>
        putChunks(bucket, key, all.chunks, lease.guard, { condition: { absent: true } }),
      );
    return all.done();
  }

  /** Reads a file of the draft, wherever it waits. */
  const readerOf = (path: string): StoreReader => {
    const file = top.get(path);
    return file && 'aside' in file ? aside : inPlace;
  };
  const inMemory = (path: string): Buffer | null => {
    const file = top.get(path);
    return file && 'bytes' in file ? file.bytes : null;
  };

  async function putInPlace(path: string, file: TopFile, on?: Condition): Promise<boolean> {
    const chunks = 'bytes' in file ? [file.bytes] : await aside.open(path);
    return putChunks(bucket, `${objectKey}/${path}`, chunks, lease.guard, { condition: on });
  }

  /** Files of the object root are read back too: everything hangs on them. */
  async function checkTop(path: string): Promise<void> {
    const bytes = inMemory(path);
    const wanted = bytes ? digesting([bytes], ['sha256']) : null;
    if (wanted) for await (const _ of wanted.chunks);
    const before = wanted ? wanted.done() : await aside.digest(path, ['sha256']);
    const after = await inPlace.digest(path, ['sha256']);
    if (before === null || before.digests.sha256 !== after?.digests.sha256)
      throw new Refusal('ocfl.notWritten', `The store did not keep ${path} as it was written.`, { path });
  }

  async function removeWritten(): Promise<void> {
    // Asked of the server, not of a clock: whoever took the lock over may have finished this very version.
    await lease.note(pending);
    await bucket.remove([...written]);
    written.clear();
  }

  return {
    target,
    lease,
    isKept: (path) => taken.has(path),
    isSettled: () => state === 'published' || state === 'discarded',
    async readAll(path, limit) {
      const bytes = inMemory(path);
      if (!bytes) return readerOf(path).readAll(path, limit);
      if (bytes.length <= limit) return bytes;
      throw new Refusal('ocfl.tooLarge', `${path} has ${bytes.length} bytes; at most ${limit} are read.`, {
        path,
      });
    },
    async digest(path, names) {
      const bytes = inMemory(path);
      if (!bytes) return readerOf(path).digest(path, names);
      const all = digesting([bytes], names);
      for await (const _ of all.chunks);
      return all.done();
    },
    async putBytes(path, bytes) {
      if (isTop(path)) return putTop(path, digesting([bytes], []).chunks);
      const exact = await create(path, (key) =>
        putChunks(bucket, key, [bytes], lease.guard, { condition: { absent: true } }),
      );
      if (exact && isSidecar(path)) taken.add(path);
    },
    putStream,
    // Files of the object root wait until it is committed, wherever they come from.
    putFile: (path, source, names) =>
      isTop(path)
        ? putStream(path, createReadStream(source), names)
        : create(path, (key) => putFile(bucket, key, source, names, pool, lease.guard, { absent: true })),
    async drop(path) {
      dropped.add(placeOf(path));
    },
    async seal() {
      if (dropped.size === 0) return lease.guard();
      await lease.note(pending);
      await bucket.remove([...dropped]);
      for (const key of dropped) written.delete(key);
      dropped.clear();
    },
    async commit() {
      // Renewed just now, or another has it and the call refuses.
      await lease.confirm();
      const inventory = top.get('inventory.json');
      if (!inventory) throw new Error('a version without an inventory can not be published');
      for (const [path, file] of top)
        if (path.startsWith('0=')) {
          await putInPlace(path, file);
          await checkTop(path);
        }
      state = 'committing';
      try {
        await putInPlace('inventory.json', inventory, condition);
      } catch (e) {
        if (!(e instanceof ConditionFailed)) throw e;
        throw target.isNew ? objectExists(target, e) : headMoved(target, e);
      }
      const sidecars = [...top].filter(([path]) => path.startsWith('inventory.json.'));
      const check = async ([path, file]: [string, TopFile]) => {
        await putInPlace(path, file);
        await checkTop(path);
      };
      await Promise.all([checkTop('inventory.json'), ...sidecars.map(check)]);
      state = 'published';
      const left = [...top.values()].flatMap((file) => ('aside' in file ? [file.aside] : []));
      if (left.length > 0) await bucket.remove(left);
    },
    async discard() {
      // What is being committed may be the head already, or another's: only whoever finds the lock lapsed can tell.
      if (state !== 'open') return;
      try {
        if (written.size > 0) await removeWritten();
        state = 'discarded';
      } catch (e) {
        // The lock stays, and says what lies there: the next writer, or the sweep, clears it away.
        if (!(e instanceof Refusal)) throw e;
      }
    },
  };
}

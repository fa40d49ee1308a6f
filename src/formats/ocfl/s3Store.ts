import { randomUUID } from 'node:crypto';
import type { DigestPool } from '#kernel/checksums';
import { isRefusal, Refusal } from '#kernel/errors';
import { thisOwner } from './owner.ts';
import type { S3Bucket } from './s3Bucket.ts';
import { S3_LIMITS, type S3Limits } from './s3Calls.ts';
import { type S3Draft, startS3Draft } from './s3Draft.ts';
import {
  LEASE_TIMES,
  type Lease,
  type LeaseDeps,
  type LeaseTimes,
  lapsedLocks,
  takeLease,
  thisSpace,
} from './s3Lease.ts';
import { s3Mending } from './s3Mend.ts';
import { keyOf, readKey, type S3Place, s3Reader } from './s3Reader.ts';
import { removeObjectFromS3 } from './s3Remove.ts';
import { copyHeadInS3, settle } from './s3Settle.ts';
import type { Draft, Store } from './storage.ts';

export interface S3StoreOptions {
  readonly bucket: S3Bucket;
  /** Prefix of the storage root; drafts and locks lie below `<prefix>.staging/`. */
  readonly prefix: string;
  /** The store in words, for messages. */
  readonly name: string;
  readonly pool: DigestPool;
  readonly limits?: S3Limits;
  readonly times?: LeaseTimes;
}

/**
 * Whether the server honours conditions on writing: without them two writers could both hold one lock.
 *
 * @throws Refusal `store.noConditions`
 */
export async function checkConditions(place: S3Place, staging: string): Promise<void> {
  const key = `${staging}/probe/${randomUUID()}`;
  const { bucket } = place;
  const [once, twice] = [Buffer.from('once'), Buffer.from('twice')];
  try {
    const first = await bucket.put(key, once, { absent: true });
    const second = await bucket.put(key, twice, { absent: true });
    const third = await bucket.put(key, twice, { tag: '"00000000000000000000000000000000"' });
    const fourth = first === null ? null : await bucket.put(key, twice, { tag: first });
    const there = await readKey(place, key, key, 100);
    if (first !== null && second === null && third === null && fourth !== null && there?.bytes.equals(twice))
      return;
  } finally {
    await bucket.remove([key]);
  }
  throw new Refusal(
    'store.noConditions',
    `The store ${place.name} does not honour If-None-Match and If-Match when it is written to, so that two writers could not be kept apart. Use a server that does.`,
    { place: place.name },
  );
}

/** Clears away what trying the conditions left, where it was cut off. */
async function sweepProbes({ bucket }: S3Place, staging: string, olderThanMs: number): Promise<void> {
  for await (const page of bucket.list(`${staging}/probe/`)) {
    const old = page.keys.filter((k) => bucket.serverNow() - k.modified.getTime() > olderThanMs);
    if (old.length > 0) await bucket.remove(old.map((k) => k.key));
  }
}

/**
 * An OCFL store in a bucket. There is no rename: files of a version go to their final keys first, where no inventory
 * names them; the root inventory, written on condition that it is still the one before, makes them visible.
 */
export function s3Store(options: S3StoreOptions): Store {
  const { bucket, prefix: root, pool } = options;
  const staging = `${root}.staging`;
  const place: S3Place = { bucket, limits: options.limits ?? S3_LIMITS, name: options.name };
  const reader = s3Reader(place, root);
  const held = new Map<string, { lease: Lease; drafts: S3Draft[] }>();
  const mine = new WeakMap<Draft, S3Draft>();

  let deps: Promise<LeaseDeps> | null = null;
  async function enter(): Promise<LeaseDeps> {
    await checkConditions(place, staging);
    const [owner, space] = await Promise.all([thisOwner(), thisSpace()]);
    const times = options.times ?? LEASE_TIMES;
    return { place, staging, me: { ...owner, space }, times, abandoned: new Map() };
  }
  const entered = (): Promise<LeaseDeps> => {
    deps ??= enter().catch((e: unknown) => {
      deps = null;
      throw e;
    });
    return deps;
  };

  async function takeOver(objectPath: string): Promise<{ lease: Lease; cleared: boolean }> {
    const lease = await takeLease(await entered(), objectPath);
    try {
      const cleared = lease.inherited !== null && (await settle({ place, root }, lease, lease.inherited));
      return { lease, cleared };
    } catch (e) {
      await lease.release(false);
      throw e;
    }
  }
  const holding = (objectPath: string) => {
    const found = held.get(objectPath);
    if (!found) throw new Error('the lock of the object is not held');
    return found;
  };
  const own = (draft: Draft): S3Draft => {
    const found = mine.get(draft);
    if (!found) throw new Error('the draft is of another store');
    return found;
  };

  return {
    ...reader,
    async createRootFile(path, bytes) {
      const key = keyOf(root, path);
      if ((await bucket.put(key, bytes, { absent: true })) !== null) return;
      const before = await readKey(place, key, path, bytes.byteLength + 1024 * 1024);
      if (before?.bytes.equals(bytes)) return;
      throw new Refusal('ocfl.rootDiffers', `The storage root has another ${path} already.`, { path });
    },
    async lock(objectPath) {
      const { lease } = await takeOver(objectPath);
      const entry = { lease, drafts: [] as S3Draft[] };
      held.set(objectPath, entry);
      return {
        async release() {
          if (held.get(objectPath) === entry) held.delete(objectPath);
          await lease.release(entry.drafts.every((d) => d.isSettled()));
        },
      };
    },
    async draft(target) {
      const { lease, drafts } = holding(target.objectPath);
      const draft = await startS3Draft({ place, root, pool }, target, lease);
      drafts.push(draft);
      mine.set(draft, draft);
      return draft;
    },
    // What the server has acknowledged, it has kept; what remains to be sure of is the lock.
    async seal(list) {
      await Promise.all(list.map((draft) => own(draft).seal()));
    },
    publish: (list) => Promise.allSettled(list.map((draft) => own(draft).commit())),
    async copyHead(objectPath, version, sidecar) {
      await copyHeadInS3({ place, root }, holding(objectPath).lease, objectPath, version, sidecar);
    },
    mending: s3Mending(place, root, (objectPath) => holding(objectPath).lease),
    removeObject: (objectPath) => removeObjectFromS3(place, root, objectPath, holding(objectPath).lease),
    async sweep() {
      let discarded = 0;
      const objectPaths: string[] = [];
      for await (const objectPath of lapsedLocks(await entered())) {
        try {
          const { lease, cleared } = await takeOver(objectPath);
          await lease.release(true);
          if (cleared) discarded++;
          objectPaths.push(objectPath);
        } catch (e) {
          // Another was quicker, and sees to it.
          if (!(isRefusal(e) && e.code === 'ocfl.locked')) throw e;
        }
      }
      await sweepProbes(place, staging, (options.times ?? LEASE_TIMES).othersMs);
      return { discarded, objectPaths };
    },
  };
}

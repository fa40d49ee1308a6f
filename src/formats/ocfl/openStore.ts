import { join } from 'node:path';
import type { DigestPool } from '#kernel/checksums';
import { filesystemStore } from './filesystemStore.ts';
import { describeLocation, type StoreLocation } from './locations.ts';
import { openBucket } from './s3Bucket.ts';
import { S3_LIMITS, type S3Limits } from './s3Calls.ts';
import type { LeaseTimes } from './s3Lease.ts';
import { checkConditions, s3Store } from './s3Store.ts';
import type { Store } from './storage.ts';

/** A store that was opened, wherever it lies. */
export interface OpenedStore {
  readonly store: Store;
  /** In words, without secrets. */
  readonly name: string;
  /** Path of a stored file on this machine; null where the store has no paths. */
  localPath(path: string): string | null;
  /**
   * Whether the store can be reached and written to.
   *
   * @throws Refusal `store.unreachable`, `store.slow`, `store.denied`, `store.noBucket`, `store.noConditions`, …
   */
  check(): Promise<void>;
  close(): void;
}

export interface OpenStoreOptions {
  readonly pool: DigestPool;
  /** See `FilesystemStoreOptions`. */
  readonly flush?: 'file' | 'filesystem';
  readonly limits?: Partial<S3Limits>;
  readonly times?: LeaseTimes;
}

/** Opens a store by its location. Nothing is read or written yet; an S3 server is first asked when the store is used. */
export async function openStore(location: StoreLocation, options: OpenStoreOptions): Promise<OpenedStore> {
  const { pool } = options;
  const name = describeLocation(location);
  if (location.kind === 'folder') {
    const { root, staging = `${root}.staging` } = location;
    const store = filesystemStore({ root, staging, pool, flush: options.flush });
    return {
      store,
      name,
      localPath: (path) => join(root, path),
      async check() {
        await store.list('');
      },
      close() {},
    };
  }
  const limits = { ...S3_LIMITS, ...options.limits };
  const bucket = await openBucket(location, limits);
  const { prefix } = location;
  return {
    store: s3Store({ bucket, prefix, name, pool, limits, times: options.times }),
    name,
    localPath: () => null,
    check: () => checkConditions({ bucket, limits, name }, `${prefix}.staging`),
    close: () => bucket.close(),
  };
}

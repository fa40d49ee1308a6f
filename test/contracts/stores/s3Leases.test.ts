import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  createStorageRoot,
  type LeaseTimes,
  openBucket,
  openRepository,
  S3_LIMITS,
  type S3Bucket,
  type Store,
  s3Store,
} from '#formats/ocfl';
import { createDigestPool, type DigestPool } from '#kernel/checksums';
import { s3Missing, s3Program, startS3, type TestS3 } from '../../support/s3.ts';
import { contentOf, errorsOf, ID, version } from './words.ts';

/** Quick ones; dates of the server count whole seconds. */
const QUICK: LeaseTimes = { holderMs: 1_500, othersMs: 3_000, renewMs: 300 };
/** A holder whose clocks stand still: it never takes its lock for lost by itself. */
const ASLEEP: LeaseTimes = { holderMs: 3_600_000, othersMs: 3_000, renewMs: 3_600_000 };
/** Writers of this suite share a process, so that none can be known to be gone. */
const LAPSE_MS = 4_500;

describe.skipIf(!s3Program)(`locks on S3, held for a time${s3Missing}`, () => {
  let s3: TestS3;
  let pool: DigestPool;
  let bucket: S3Bucket;
  beforeAll(async () => {
    s3 = await startS3();
    pool = createDigestPool(1);
    bucket = await openBucket(s3.location('x'), S3_LIMITS);
  });
  afterAll(async () => {
    bucket.close();
    await s3.stop();
    await pool.close();
  });

  let prefixes = 0;
  async function root(): Promise<(times: LeaseTimes, over?: Partial<S3Bucket>) => Store> {
    const prefix = `leases${++prefixes}`;
    const open = (times: LeaseTimes, over: Partial<S3Bucket> = {}) =>
      s3Store({ bucket: { ...bucket, ...over }, prefix, name: 'the test bucket', pool, times });
    await createStorageRoot(open(QUICK));
    return open;
  }
  /** Puts of locks succeed for the writer alone: what a server that loses its memory would do. */
  const lying: Partial<S3Bucket> = {
    put: async (key, bytes, condition, before) =>
      key.includes('/locks/') && condition && 'tag' in condition
        ? condition.tag
        : bucket.put(key, bytes, condition, before),
  };
  const mute: Partial<S3Bucket> = {
    put: async (key, bytes, condition, before) => {
      if (key.includes('/locks/') && condition && 'tag' in condition) throw new Error('the line is cut');
      return bucket.put(key, bytes, condition, before);
    },
  };

  it('are renewed for as long as they are held', async () => {
    const open = await root();
    const lock = await open(QUICK).lock('a');
    await setTimeout(LAPSE_MS);
    await expect(open(QUICK).lock('a')).rejects.toMatchObject({ code: 'ocfl.locked' });
    await lock.release();
    await (await open(QUICK).lock('a')).release();
  });

  it('lapse for others when they are not renewed, whatever the clock of this machine says', async () => {
    const open = await root();
    await open(ASLEEP).lock('a');
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 24 * 3_600_000 });
    try {
      await expect(open(QUICK).lock('a')).rejects.toMatchObject({ code: 'ocfl.locked' });
    } finally {
      vi.useRealTimers();
    }
    await setTimeout(LAPSE_MS);
    await (await open(QUICK).lock('a')).release();
  });

  it('are known to be lost by a holder who can not renew them, who then writes nothing more', async () => {
    const open = await root();
    const store = open(QUICK, mute);
    await store.lock('a');
    await setTimeout(QUICK.holderMs + 300);
    await expect(store.draft({ objectPath: 'a', version: 'v1', isNew: true })).rejects.toMatchObject({
      code: 'ocfl.lockLost',
    });
  });

  it.each([
    ['asks before it publishes', {}, 'ocfl.lockLost'],
    ['is lied to about its lock', lying, 'ocfl.headMoved'],
  ])('do not let a sleeper over the version of who came after it, when it %s', async (_, over, code) => {
    const open = await root();
    const repository = await openRepository({ store: open(QUICK) });
    await repository.putVersion(ID, version({ a: 'one' }));
    const path = repository.pathOf(ID);
    // A whole version, but for its publishing, by one who then sleeps.
    const sleeper = open(ASLEEP, over);
    let asleep: (() => void) | undefined;
    const woken = new Promise<void>((resolve) => {
      asleep = resolve;
    });
    const writing = openRepository({ store: { ...sleeper, seal: () => woken } }).then((r) =>
      r.putVersion(ID, version({ b: 'of the sleeper' })),
    );
    writing.catch(() => undefined);
    await setTimeout(LAPSE_MS);
    await repository.putVersion(ID, version({ c: 'of the next' }));
    asleep?.();
    await expect(writing).rejects.toMatchObject({ code });
    const content = await contentOf(repository);
    expect(content).toMatchObject({ a: 'one', c: 'of the next' });
    expect(await errorsOf(open(QUICK))).toEqual([]);
    expect(await open(QUICK).list(path)).toContainEqual({ name: 'v2', kind: 'folder' });
    await repository.putVersion(ID, version({ d: 'and on' }));
    expect(await contentOf(repository)).toMatchObject({ d: 'and on' });
  });

  it('finish the version of a writer that is gone when it is whole, and clear it away when not', async () => {
    const open = await root();
    const never = new Promise<void>(() => {});
    const start = async (id: string, over: Partial<Store>) => {
      const store = { ...open(ASLEEP), ...over };
      const repository = await openRepository({ store });
      void repository.putVersion(id, version({ a: id }));
    };
    await start('urn:x:whole', { seal: () => never });
    const store = open(ASLEEP);
    await start('urn:x:part', {
      async draft(target) {
        const draft = await store.draft(target);
        return { ...draft, putStream: () => new Promise(() => {}) };
      },
      lock: (path) => store.lock(path),
    });
    await setTimeout(LAPSE_MS);
    const repository = await openRepository({ store: open(QUICK) });
    expect(await repository.sweepStaging()).toMatchObject({ discarded: 1 });
    expect(await contentOf(repository, undefined, 'urn:x:whole')).toEqual({ a: 'urn:x:whole' });
    expect(await repository.exists('urn:x:part')).toBe(false);
    expect(await store.list(repository.pathOf('urn:x:part'))).toBeNull();
    expect(await errorsOf(store)).toEqual([]);
  });

  it('are never taken where the server does not honour conditions', async () => {
    const open = await root();
    const careless: Partial<S3Bucket> = { put: (key, bytes) => bucket.put(key, bytes) };
    await expect(open(QUICK, careless).lock('a')).rejects.toMatchObject({ code: 'store.noConditions' });
  });
});

import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createStorageRoot,
  filesystemStore,
  openBucket,
  openRepository,
  S3_LIMITS,
  type S3Bucket,
  s3Store,
} from '#formats/ocfl';
import { createDigestPool, type DigestPool } from '#kernel/checksums';
import { s3Missing, s3Program, startS3, type TestS3 } from '../../support/s3.ts';
import { contentOf, ID, version } from './words.ts';

describe.skipIf(!s3Program)(`what is asked of an S3 server${s3Missing}`, () => {
  let s3: TestS3;
  let pool: DigestPool;
  beforeAll(async () => {
    s3 = await startS3();
    pool = createDigestPool(1);
  });
  afterAll(async () => {
    await s3.stop();
    await pool.close();
  });

  /** A bucket that notes what is called. */
  function watched(bucket: S3Bucket): { bucket: S3Bucket; calls: string[] } {
    const calls: string[] = [];
    const noted = <T>(call: string, work: () => Promise<T>): Promise<T> => {
      calls.push(call);
      return work();
    };
    const noting: S3Bucket = {
      ...bucket,
      get: (...of) => noted('get', () => bucket.get(...of)),
      head: (...of) => noted('head', () => bucket.head(...of)),
      put: (...of) => noted('put', () => bucket.put(...of)),
      remove: (keys) => noted('remove', () => bucket.remove(keys)),
      removeTagged: (...of) => noted('removeTagged', () => bucket.removeTagged(...of)),
      async *list(prefix, delimiter) {
        for await (const page of bucket.list(prefix, delimiter)) {
          // One entry a page, which is one call.
          calls.push(`list ${prefix}${delimiter === undefined ? ' whole' : ''}`);
          yield page;
        }
      },
    };
    return { bucket: noting, calls };
  }

  /** Everything a house does with a root of so many objects, and what it asked for that. */
  async function callsAt(objects: number): Promise<string[]> {
    // Written straight into the server's folder, which is quicker; the server shows what lies there.
    const prefix = `root${objects}`;
    const staging = join(tmpdir(), `lantai-fill-${process.pid}-${objects}`);
    await mkdir(join(s3.folder, prefix), { recursive: true });
    const fill = filesystemStore({ root: join(s3.folder, prefix), staging, pool, flush: 'filesystem' });
    await createStorageRoot(fill);
    const filling = await openRepository({ store: fill });
    for (let at = 0; at < objects; at += 250)
      await filling.putVersions(
        Array.from({ length: Math.min(250, objects - at) }, (_, i) => ({
          objectId: `urn:x:${at + i}`,
          next: version({ a: String(at + i) }),
        })),
      );
    const { bucket, calls } = watched(await openBucket(s3.location(prefix), S3_LIMITS));
    const store = s3Store({ bucket, prefix, name: 'the test bucket', pool });
    await createStorageRoot(store);
    const repository = await openRepository({ store });
    await repository.sweepStaging();
    await repository.putVersion(ID, version({ a: 'one' }));
    await repository.putVersion(ID, version({ b: 'two' }));
    expect(await contentOf(repository)).toEqual({ a: 'one', b: 'two' });
    expect(await contentOf(repository, undefined, 'urn:x:7')).toEqual({ a: '7' });
    expect(await repository.verify(ID)).toEqual([]);
    bucket.close();
    await rm(staging, { recursive: true });
    return calls.map((call) => call.replaceAll(prefix, 'root'));
  }

  it('is the same for ten objects and for a thousand, and never a list of the whole root', {
    timeout: 240_000,
  }, async () => {
    const [few, many] = [await callsAt(10), await callsAt(1000)];
    expect(many.filter((call) => call.startsWith('list'))).toEqual(few.filter((c) => c.startsWith('list')));
    expect(many.length).toBe(few.length);
    expect(many).not.toContain('list root/ whole');
    // Only names at the top: at most as many as the layout has folders there.
    expect(many.filter((call) => call === 'list root/').length).toBeLessThanOrEqual(1);
  });
});

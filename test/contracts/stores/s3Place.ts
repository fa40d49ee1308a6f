import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openBucket, S3_LIMITS, type S3Bucket, s3Store } from '#formats/ocfl';
import { createDigestPool, type DigestPool } from '#kernel/checksums';
import { s3Missing, s3Program, startS3, type TestS3 } from '../../support/s3.ts';
import { gone } from './folderPlace.ts';
import { deathAt, type PlaceKind } from './place.ts';

/** A bucket that dies between two requests: closer to what happens than between two calls of the store. */
export function dyingBucket(bucket: S3Bucket, steps: number, answered: boolean): S3Bucket {
  const step = deathAt(steps, answered);
  return {
    ...bucket,
    get: (...of) => step(() => bucket.get(...of)),
    head: (...of) => step(() => bucket.head(...of)),
    put: (...of) => step(() => bucket.put(...of)),
    async *list(...of) {
      await step(async () => {});
      yield* bucket.list(...of);
    },
    remove: (...of) => step(() => bucket.remove(...of)),
    removeTagged: (...of) => step(() => bucket.removeTagged(...of)),
    startParts: (...of) => step(() => bucket.startParts(...of)),
    putPart: (...of) => step(() => bucket.putPart(...of)),
    completeParts: (...of) => step(() => bucket.completeParts(...of)),
    abortParts: (...of) => step(() => bucket.abortParts(...of)),
    uploads: (...of) => step(() => bucket.uploads(...of)),
  };
}

async function filesBelow(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name));
}

let s3: TestS3;
let pool: DigestPool;

export const s3Places: PlaceKind = {
  name: 'a bucket of an S3 server',
  missing: s3Program ? undefined : s3Missing,
  async begin() {
    s3 = await startS3();
    pool = createDigestPool(2);
  },
  async end() {
    await s3.stop();
    await pool.close();
  },
  async make() {
    const location = s3.location();
    const bucket = await openBucket(location, S3_LIMITS);
    const options = { prefix: location.prefix, name: 'the test bucket', pool };
    const staging = join(s3.folder, `${location.prefix}.staging`);
    const at = (path: string) => join(s3.folder, location.prefix, path);
    return {
      open: async () => s3Store({ ...options, bucket }),
      async dying(steps, answered) {
        return s3Store({ ...options, bucket: dyingBucket(bucket, steps, answered) });
      },
      async kill() {
        // By the client: the server keeps the tag of what is written through it alone.
        for (const file of await filesBelow(join(staging, 'locks'))) {
          const key = file.slice(s3.folder.length + 1);
          await bucket.put(key, Buffer.from(gone(await readFile(file, 'utf8'))));
        }
      },
      // A probe that was cut off goes when it is old; it says nothing and keeps nobody out.
      leftovers: async () =>
        (await filesBelow(staging)).filter((path) => !path.startsWith(join(staging, 'probe'))),
      alter: async (path, change) => writeFile(at(path), change(await readFile(at(path)))),
      lose: (path) => rm(at(path)),
      close: async () => bucket.close(),
    };
  },
};

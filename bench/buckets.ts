import { randomBytes } from 'node:crypto';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createStorageRoot,
  type NewVersion,
  openBucket,
  openRepository,
  openStore,
  S3_LIMITS,
  type S3Bucket,
} from '#formats/ocfl';
import { createDigestPool } from '#kernel/checksums';
import { s3Program, startS3 } from '../test/support/s3.ts';

export const name = 'buckets';

const MB = 1_000_000;
const PART = 8 * 1024 * 1024;
const AT_ONCE = 8;

/**
 * Writing to and reading from a storage root on S3, beside the same bytes put and got plainly with the same client: what
 * is sent, read back, digested and locked against what is only sent.
 */
export async function run() {
  if (!s3Program)
    return { notPerformed: 'there is no S3 server; `node scripts/test/s3Server.ts` installs it' };
  const folder = await mkdtemp(join(tmpdir(), 'lantai-bench-buckets-'));
  const s3 = await startS3();
  const pool = createDigestPool(2);
  try {
    const location = s3.location('root');
    const bucket = await openBucket(location, S3_LIMITS);
    const { store } = await openStore(location, { pool });
    await createStorageRoot(store);
    const repository = await openRepository({ store });
    const large = join(folder, 'large');
    const bytes = 512 * MB;
    await fill(large, bytes);

    const put = await seconds(() => repository.putVersion('urn:x:large', version([['a', { path: large }]])));
    const peakMemoryMB = Math.round(process.resourceUsage().maxRSS / 1000);
    const plainPut = await seconds(() => putPlainly(bucket, 'plain/large', large));
    const plainGet = await seconds(async () => drain((await got(bucket, 'plain/large')).bytes));
    const get = await seconds(async () =>
      drain((await repository.openFile('urn:x:large', 'a', { verify: true })).stream),
    );
    return {
      largeFile: {
        megabytes: bytes / MB,
        put: rate(bytes, put),
        peerPlainPut: rate(bytes, plainPut),
        peerPlainPutAndGet: rate(bytes, plainPut + plainGet),
        verifiedGet: rate(bytes, get),
        peerPlainGet: rate(bytes, plainGet),
        peakMemoryMB,
      },
      objectsOf1MB: await many(repository.putVersions, bucket, 100, MB),
      objectsOf10kB: await many(repository.putVersions, bucket, 200, 10_000),
    };
  } finally {
    await s3.stop();
    await pool.close();
    await rm(folder, { recursive: true, force: true });
  }
}

type Files = readonly (readonly [string, NewVersion['files'][number]['source']])[];
const version = (files: Files): NewVersion => ({
  files: files.map(([logicalPath, source]) => ({ logicalPath, source })),
  message: 'bench',
  user: { name: 'bench', address: 'urn:lantai:bench' },
  created: new Date(),
});

/** Objects of one file each, beside one plain put of each file. */
async function many(
  putVersions: Awaited<ReturnType<typeof openRepository>>['putVersions'],
  bucket: S3Bucket,
  count: number,
  bytes: number,
) {
  const contents = Array.from({ length: count }, () => randomBytes(bytes));
  const list = contents.map((content, i) => ({
    objectId: `urn:x:${bytes}:${i}`,
    next: version([['a', { bytes: content }]]),
  }));
  const written = await seconds(async () => {
    for (const outcome of await putVersions(list)) if ('error' in outcome) throw outcome.error;
  });
  const plain = await seconds(async () => {
    const todo = contents.entries();
    const worker = async () => {
      for (const [i, content] of todo) await bucket.put(`plain/${bytes}/${i}`, content);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  });
  return {
    count,
    objectsPerSecond: Math.round(count / written),
    put: rate(count * bytes, written),
    peerPlainPutsPerSecond: Math.round(count / plain),
    peerPlainPut: rate(count * bytes, plain),
  };
}

/** In parts of the same size, as many at a time, and nothing else. */
async function putPlainly(bucket: S3Bucket, key: string, path: string): Promise<void> {
  const all = await readFile(path);
  const upload = await bucket.startParts(key);
  const tags: string[] = [];
  const parts = Array.from({ length: Math.ceil(all.length / PART) }, (_, i) => i).values();
  const worker = async () => {
    for (const i of parts)
      tags[i] = await bucket.putPart(key, upload, i + 1, all.subarray(i * PART, (i + 1) * PART));
  };
  await Promise.all(Array.from({ length: 3 }, worker));
  await bucket.completeParts(key, upload, tags);
}

async function got(bucket: S3Bucket, key: string) {
  const body = await bucket.get(key);
  if (body === null || typeof body === 'string') throw new Error(`${key} is not there`);
  return body;
}

async function drain(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of stream);
}

async function fill(path: string, bytes: number): Promise<void> {
  const file = await open(path, 'w');
  for (let at = 0; at < bytes; at += MB) await file.writeFile(randomBytes(Math.min(MB, bytes - at)));
  await file.close();
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

const rate = (bytes: number, took: number) => `${Math.round(bytes / MB / took)} MB/s`;

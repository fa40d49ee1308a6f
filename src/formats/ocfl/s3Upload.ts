import { open } from 'node:fs/promises';
import { type Digested, type DigestName, type DigestPool, digestBytes, multiDigest } from '#kernel/checksums';
import { Refusal } from '#kernel/errors';
import type { Condition, S3Bucket } from './s3Bucket.ts';

const MIB = 1024 * 1024;
/** S3 takes at most 10,000 parts of one object; all but the last are of one size, which some servers demand. */
const MOST_PARTS = 9_900;
const PART = 8 * MIB;
/** Parts of a stream whose length is not known: up to 154 GiB. */
const STREAM_PART = 16 * MIB;
const AT_ONCE = 3;

/** What an upload asks before each call, so that a writer that lost its lock stops. */
export type Guard = () => void;

/** The condition did not hold: the key is there already, or is another. */
export class ConditionFailed extends Error {}

/** Cuts bytes into pieces of one size; the last is shorter, and never is there none. */
async function* pieces(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  sizeAfterFirst: number,
): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    held.push(chunk);
    bytes += chunk.byteLength;
    while (bytes > sizeAfterFirst) {
      const all = Buffer.concat(held);
      yield all.subarray(0, sizeAfterFirst);
      held = [all.subarray(sizeAfterFirst)];
      bytes -= sizeAfterFirst;
    }
  }
  yield Buffer.concat(held);
}

async function putParts(
  bucket: S3Bucket,
  key: string,
  parts: AsyncGenerator<Buffer>,
  firstPart: Buffer,
  guard: Guard,
  condition: Condition | undefined,
): Promise<void> {
  const upload = await bucket.startParts(key);
  const tags: string[] = [];
  const underway = new Set<Promise<void>>();
  try {
    let part: IteratorResult<Buffer> = { value: firstPart };
    for (let n = 1; !part.done; n++) {
      guard();
      const { value } = part;
      const sending = bucket.putPart(key, upload, n, value).then((tag) => {
        tags[n - 1] = tag;
        underway.delete(sending);
      });
      // Looked at below; until then a failure is no stray one.
      sending.catch(() => undefined);
      underway.add(sending);
      if (underway.size >= AT_ONCE) await Promise.race(underway);
      part = await parts.next();
    }
    await Promise.all(underway);
    guard();
    if (!(await bucket.completeParts(key, upload, tags, condition))) throw new ConditionFailed(key);
  } catch (e) {
    await Promise.allSettled(underway);
    await parts.return(undefined);
    await bucket.abortParts(key, upload).catch(() => undefined);
    throw e;
  }
}

/** Up to this size bytes are compared with the tag. */
const TAGGED = 64 * 1024;

/** Whether a tag says that the server has exactly these bytes: most give the MD5 of what they took; from others nothing follows. */
const isTagOf = (tag: string, bytes: Uint8Array): boolean =>
  bytes.byteLength <= TAGGED && tag.replaceAll('"', '') === digestBytes(bytes, ['md5']).digests.md5;

/**
 * Writes a key from chunks in constant memory: in one call when they fit in a part, else in parts.
 *
 * @returns whether the server's answer says that it took exactly these bytes; false where it does not tell
 * @throws ConditionFailed
 */
export async function putChunks(
  bucket: S3Bucket,
  key: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  guard: Guard,
  { partSize = STREAM_PART, condition }: { partSize?: number; condition?: Condition } = {},
): Promise<boolean> {
  const parts = pieces(chunks, partSize);
  const first = await parts.next();
  const firstPart = first.done ? Buffer.alloc(0) : first.value;
  if (firstPart.length === partSize) {
    await putParts(bucket, key, parts, firstPart, guard, condition);
    return false;
  }
  await parts.return(undefined);
  const tag = await bucket.put(key, firstPart, condition, guard);
  if (tag === null) throw new ConditionFailed(key);
  return isTagOf(tag, firstPart);
}

/** Chunks that are digested as they pass. */
export function digesting(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  names: readonly DigestName[],
): { chunks: AsyncIterable<Uint8Array>; done(): Digested } {
  const all = multiDigest(names);
  async function* pass() {
    for await (const chunk of chunks) {
      all.update(chunk);
      yield chunk;
    }
  }
  return { chunks: pass(), done: () => all.done() };
}

/** Files up to this size are read once and digested on this thread. */
const SMALL = 64 * 1024;

/**
 * Writes a key from a file. The file is digested on a thread of its own while it is sent: were it changed meanwhile,
 * reading back from the store would tell.
 *
 * @throws ConditionFailed; Refusal `ocfl.notWritten` when the file changed its length
 */
export async function putFile(
  bucket: S3Bucket,
  key: string,
  source: string | Buffer,
  names: readonly DigestName[],
  pool: DigestPool,
  guard: Guard,
  condition?: Condition,
): Promise<Digested> {
  const file = await open(source, 'r');
  try {
    const { size } = await file.stat();
    if (size <= SMALL) {
      const bytes = await file.readFile();
      if ((await bucket.put(key, bytes, condition, guard)) === null) throw new ConditionFailed(key);
      return digestBytes(bytes, names);
    }
    const partSize = Math.max(PART, Math.ceil(size / MOST_PARTS / MIB) * MIB);
    let sent = 0;
    async function* chunks() {
      for await (const chunk of file.createReadStream({ highWaterMark: MIB, autoClose: false })) {
        sent += chunk.length;
        yield chunk as Buffer;
      }
    }
    const [digested, sending] = await Promise.allSettled([
      pool.digestFile(source, names),
      putChunks(bucket, key, chunks(), guard, { partSize, condition }),
    ]);
    if (sending.status === 'rejected') throw sending.reason;
    if (digested.status === 'rejected') throw digested.reason;
    if (digested.value.size !== sent)
      throw new Refusal('ocfl.notWritten', 'The file changed while it was taken in.', { key });
    return digested.value;
  } finally {
    await file.close();
  }
}

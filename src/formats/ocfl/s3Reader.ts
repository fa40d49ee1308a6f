import { Readable } from 'node:stream';
import { digestStream } from '#kernel/checksums';
import { Refusal } from '#kernel/errors';
import type { ByteRange } from './describe.ts';
import type { S3Body, S3Bucket } from './s3Bucket.ts';
import type { S3Limits } from './s3Calls.ts';
import { type Entry, isSafeStorePath, type StoreReader } from './storage.ts';

export interface S3Place {
  readonly bucket: S3Bucket;
  readonly limits: S3Limits;
  /** In words, for messages. */
  readonly name: string;
}

const slow = ({ name }: S3Place, path: string) =>
  new Refusal('store.slow', `The store ${name} stopped sending ${path}.`, { place: name, path });

/** The next chunk, or a refusal where none comes in time. Time the reader takes itself does not count. */
async function nextOf(place: S3Place, path: string, chunks: AsyncIterator<Buffer>) {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(slow(place, path)), place.limits.idleMs);
  });
  try {
    return await Promise.race([chunks.next(), late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The bytes of an answer; where the line breaks, the rest is asked for again, of the same object as before.
 *
 * @throws Refusal `store.slow`, `store.unreachable`, `store.answersWrong`
 */
async function* resuming(
  place: S3Place,
  key: string,
  path: string,
  first: S3Body,
  start: number,
): AsyncGenerator<Buffer> {
  const end = start + first.length;
  let at = start;
  let body = first;
  let broken = 0;
  try {
    while (at < end) {
      const chunks = (body.bytes as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
      let trouble: unknown;
      try {
        for (;;) {
          const next = await nextOf(place, path, chunks);
          if (next.done) break;
          broken = 0;
          at += next.value.length;
          if (at > end) throw wrong(place, path, 'it sent more than it said');
          yield next.value;
        }
      } catch (e) {
        if (e instanceof Refusal && e.code === 'store.answersWrong') throw e;
        trouble = e;
      }
      if (at === end) return;
      body.bytes.destroy();
      if (++broken >= place.limits.tries)
        throw new Refusal(
          'store.unreachable',
          `The store ${place.name} breaks off while ${path} is read.`,
          { place: place.name, path },
          { cause: trouble },
        );
      const again = await place.bucket.get(key, { start: at, end: end - 1 }, first.tag);
      if (again === null || typeof again === 'string')
        throw wrong(place, path, 'the file changed while it was read');
      body = again;
    }
  } finally {
    body.bytes.destroy();
  }
}

const wrong = ({ name }: S3Place, path: string, why: string) =>
  new Refusal('store.answersWrong', `The store ${name} can not be relied on: reading ${path}, ${why}.`, {
    place: name,
    path,
  });

/** Key of a path below a prefix; refuses what could lie outside it. */
export function keyOf(prefix: string, path: string): string {
  if (!isSafeStorePath(path))
    throw new Refusal('ocfl.unsafePath', `The path "${path}" is not one a store has.`, { path });
  return path === '' ? prefix : `${prefix}/${path}`;
}

/** A whole small object; null when absent. @throws Refusal `ocfl.tooLarge` */
export async function readKey(
  place: S3Place,
  key: string,
  path: string,
  limit: number,
): Promise<{ bytes: Buffer; body: S3Body } | null> {
  const body = await place.bucket.get(key);
  if (body === null || typeof body === 'string') return null;
  if (body.length > limit) {
    body.bytes.destroy();
    throw new Refusal('ocfl.tooLarge', `${path} has ${body.length} bytes; at most ${limit} are read.`, {
      path,
    });
  }
  const chunks: Buffer[] = [];
  for await (const chunk of resuming(place, key, path, body, 0)) chunks.push(chunk);
  return { bytes: Buffer.concat(chunks), body };
}

/** Names directly below a folder, out of keys and common prefixes. What no file system could name is `other`. */
function entriesOf(at: string, keys: readonly { key: string }[], folders: readonly string[]): Entry[] {
  const entries: Entry[] = [];
  for (const { key } of keys) {
    const name = key.slice(at.length);
    // Consoles of object stores mark folders by an empty object of the folder's own name.
    if (name !== '') entries.push({ name, kind: isSafeStorePath(name) ? 'file' : 'other' });
  }
  for (const folder of folders) {
    const name = folder.slice(at.length, -1);
    entries.push({ name, kind: name !== '' && isSafeStorePath(name) ? 'folder' : 'other' });
  }
  return entries;
}

/** Reads below one prefix of a bucket. */
export function s3Reader(place: S3Place, prefix: string): StoreReader {
  const { bucket } = place;

  async function openKey(path: string, range?: ByteRange): Promise<Readable | null> {
    const key = keyOf(prefix, path);
    const body = await bucket.get(key, range);
    if (body === null || body === 'changed') return null;
    if (body === 'beyond') return Readable.from([], { objectMode: false });
    return Readable.from(resuming(place, key, path, body, range?.start ?? 0), { objectMode: false });
  }

  return {
    async list(path) {
      const at = `${keyOf(prefix, path)}/`;
      const entries: Entry[] = [];
      let found = false;
      for await (const page of bucket.list(at, '/')) {
        found ||= page.keys.length + page.folders.length > 0;
        entries.push(...entriesOf(at, page.keys, page.folders));
      }
      return found ? entries : null;
    },
    readAll: async (path, limit) => (await readKey(place, keyOf(prefix, path), path, limit))?.bytes ?? null,
    async open(path, range) {
      const stream = await openKey(path, range);
      if (!stream) throw new Refusal('ocfl.contentMissing', `The store has no file ${path}.`, { path });
      return stream;
    },
    sizeOf: async (path) => (await bucket.head(keyOf(prefix, path)))?.size ?? null,
    async digest(path, names) {
      const stream = await openKey(path);
      return stream && digestStream(stream, names);
    },
  };
}

import { createHash, type Hash } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTreeWriter, type NewFile, type TreeWriter, type WrittenWrapper } from '#formats/tree';
import { Refusal } from '#kernel/errors';
import type { BagInfo } from './info.ts';
import { encodePath } from './paths.ts';

export type BagAlgorithm = 'md5' | 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512' | 'sm3';

export interface NewBag {
  readonly wrapper: WrittenWrapper;
  /** The top folder inside a ZIP or TAR, as RFC 8493 (4.2) wants it. */
  readonly name: string;
  /** The payload; paths below `data/`. One after another, so it may be of any size. */
  readonly files: AsyncIterable<NewFile> | Iterable<NewFile>;
  /** Further tag files, paths from the root of the bag. */
  readonly tagFiles?: AsyncIterable<NewFile> | Iterable<NewFile>;
  /** Lines of bag-info.txt; Bagging-Date and Payload-Oxum are added. */
  readonly info?: BagInfo;
  /** The day it is made. */
  readonly date: Date;
  /** sha512 where none is named. */
  readonly algorithms?: readonly BagAlgorithm[];
  /** Where lists of digests wait until the payload is written; a folder of the system's where none is named. */
  readonly scratch?: string;
}

/** Lines of a manifest, kept on the disk while the payload is written. */
interface Spool {
  readonly algorithm: BagAlgorithm;
  add(digest: string, path: string): Promise<void>;
  content(): AsyncIterable<Uint8Array>;
  bytes(): number;
  close(): Promise<void>;
}

/**
 * Writes a bag of version 1.0 as it streams by. The same files, info and date make the same bag.
 * @throws Refusal `bag.badInfo`, and as `createTreeWriter` and its writer do; nothing is left behind then
 */
export async function writeBag(target: string, bag: NewBag): Promise<{ files: number; bytes: number }> {
  const info = lines(bag.info ?? []);
  const algorithms = [...new Set(bag.algorithms ?? (['sha512'] as const))];
  if (algorithms.length === 0)
    throw new Refusal('bag.noAlgorithm', 'A bag needs a manifest of at least one algorithm.');
  const folder = await mkdtemp(join(bag.scratch ?? tmpdir(), 'lantai-bag-'));
  const writer = await createTreeWriter(target, { wrapper: bag.wrapper, modified: bag.date });
  const root = bag.wrapper === 'folder' ? '' : `${bag.name}/`;
  const manifests = await Promise.all(algorithms.map((a) => openSpool(folder, 'manifest', a)));
  const tagManifests = await Promise.all(algorithms.map((a) => openSpool(folder, 'tagmanifest', a)));
  const close = async () => {
    for (const spool of [...manifests, ...tagManifests]) await spool.close();
    await rm(folder, { recursive: true, force: true });
  };
  const add = (file: NewFile, spools: readonly Spool[]) => addDigested(writer, root, file, spools);
  try {
    let [files, bytes] = [0, 0];
    await add(
      { path: 'bagit.txt', content: 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n' },
      tagManifests,
    );
    await writer.addFolder(`${root}data`);
    for await (const file of bag.files) {
      if (file.content === undefined && file.path.endsWith('/')) {
        await writer.addFolder(`${root}data/${file.path.slice(0, -1)}`);
        continue;
      }
      bytes += (await add({ ...file, path: `data/${file.path}` }, manifests)).bytes;
      files++;
    }
    const date = bag.date.toISOString().slice(0, 10);
    const content = `${info}Bagging-Date: ${date}\nPayload-Oxum: ${bytes}.${files}\n`;
    await add({ path: 'bag-info.txt', content }, tagManifests);
    for await (const file of bag.tagFiles ?? []) await add(file, tagManifests);
    for (const m of manifests)
      await add(
        { path: `manifest-${m.algorithm}.txt`, bytes: m.bytes(), content: m.content() },
        tagManifests,
      );
    for (const m of tagManifests)
      await writer.add({
        path: `${root}tagmanifest-${m.algorithm}.txt`,
        bytes: m.bytes(),
        content: m.content(),
      });
    await close();
    await writer.finish();
    return { files, bytes };
  } catch (e) {
    await close();
    await writer.discard();
    throw e;
  }
}

function lines(info: BagInfo): string {
  let text = '';
  for (const [label, value] of info) {
    if (label === '' || label !== label.trim() || /[:\r\n]/.test(label))
      throw new Refusal('bag.badInfo', `"${label}" can be no label in bag-info.txt.`, { label });
    if (/^(bagging-date|payload-oxum)$/i.test(label)) continue;
    // A further line of a value begins with a space.
    text += `${label}: ${value.trim().replace(/\s*[\r\n]+\s*/g, '\n ')}\n`;
  }
  return text;
}

async function addDigested(
  writer: TreeWriter,
  root: string,
  file: NewFile,
  spools: readonly Spool[],
): Promise<{ bytes: number }> {
  const hashes = spools.map((s) => createHash(s.algorithm));
  const { content = '' } = file;
  const whole = typeof content === 'string' ? Buffer.from(content) : content;
  if (whole instanceof Uint8Array) for (const hash of hashes) hash.update(whole);
  const written = await writer.add({
    ...file,
    path: `${root}${file.path}`,
    content: whole instanceof Uint8Array ? whole : hashing(whole, hashes),
  });
  for (const [i, spool] of spools.entries()) await spool.add(hashes[i]?.digest('hex') ?? '', file.path);
  return written;
}

async function* hashing(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  hashes: readonly Hash[],
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    for (const hash of hashes) hash.update(piece);
    yield piece;
  }
}

const ROOM = 256 * 1024;

async function openSpool(folder: string, kind: string, algorithm: BagAlgorithm): Promise<Spool> {
  const file = await open(join(folder, `${kind}-${algorithm}`), 'wx+');
  let written = 0;
  let waiting: Buffer[] = [];
  let held = 0;
  const flush = async () => {
    const all = Buffer.concat(waiting);
    waiting = [];
    held = 0;
    await file.appendFile(all);
    written += all.length;
  };
  return {
    algorithm,
    async add(digest, path) {
      const line = Buffer.from(`${digest}  ${encodePath(path)}\n`);
      waiting.push(line);
      held += line.length;
      if (held > ROOM) await flush();
    },
    async *content() {
      await flush();
      for (let at = 0; at < written; ) {
        const { buffer, bytesRead } = await file.read(
          Buffer.alloc(Math.min(ROOM, written - at)),
          0,
          Math.min(ROOM, written - at),
          at,
        );
        at += bytesRead;
        yield buffer.subarray(0, bytesRead);
      }
    },
    bytes: () => written + held,
    close: () => file.close().catch(() => {}),
  };
}

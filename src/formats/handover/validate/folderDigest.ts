import { createHash } from 'node:crypto';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileTree } from '#formats/tree';

/** Bytes of lines that are sorted in memory; what is more waits on the disk. Longer than any line. */
const PAGE = 1 << 20;
/** Before a path: its length, and that of the digest behind it. */
const HEAD = 6;

/**
 * The digest of a folder, for lists that name a carrier or package: over a line `digest  path` for each file below it, in
 * the order of the paths' bytes (no source says how; this is our own).
 */
export async function folderDigest(
  tree: FileTree,
  algorithm: string,
  isLeftOut: (path: string) => boolean,
): Promise<string> {
  await using folder = createFolderDigest(algorithm);
  for await (const { kind, path } of tree.entries())
    if (kind === 'file' && !isLeftOut(path))
      await folder.add(path, (await tree.digests(path, [algorithm])).get(algorithm) ?? '');
  return await folder.done();
}

export interface FolderDigest extends AsyncDisposable {
  add(path: string, digest: string): Promise<void>;
  done(): Promise<string>;
}

/**
 * The same of digests that are known. Memory does not grow with their number: sorted parts wait on the disk. Lines are bytes
 * in one page, and what is sorted is where they begin.
 */
export function createFolderDigest(
  algorithm: string,
  { scratch = tmpdir(), bytes = PAGE }: { scratch?: string; bytes?: number } = {},
): FolderDigest {
  const page = Buffer.allocUnsafeSlow(bytes);
  let used = 0;
  let begins: number[] = [];
  let folder: Promise<string> | undefined;
  const parts: FileHandle[] = [];
  const endOfPath = (at: number) => at + HEAD + page.readUInt32LE(at);
  const endOf = (at: number) => endOfPath(at) + page.readUInt16LE(at + 4);
  const sort = () =>
    begins.sort((a, b) => page.compare(page, b + HEAD, endOfPath(b), a + HEAD, endOfPath(a)));
  async function* inMemory(): AsyncGenerator<Line> {
    for (const at of sort()) yield lineAt(page, at);
  }
  const putAside = async () => {
    folder ??= mkdtemp(join(scratch, 'lantai-digests-'));
    const part = await open(join(await folder, String(parts.length)), 'wx+');
    parts.push(part);
    await part.writeFile(Buffer.concat(sort().map((at) => page.subarray(at, endOf(at)))));
    used = 0;
    begins = [];
  };
  return {
    async add(path, digest) {
      const length = HEAD + Buffer.byteLength(path) + digest.length;
      if (used + length > bytes && used > 0) await putAside();
      const at = used;
      const written = page.write(path, at + HEAD);
      page.writeUInt32LE(written, at);
      page.writeUInt16LE(digest.length, at + 4);
      page.write(digest, at + HEAD + written, 'latin1');
      used += length;
      begins.push(at);
    },
    async done() {
      const hash = createHash(algorithm);
      for await (const { path, digest } of merged([...parts.map(linesOf), inMemory()])) {
        hash.update(digest);
        hash.update('  ');
        hash.update(path);
        hash.update('\n');
      }
      return hash.digest('hex');
    },
    async [Symbol.asyncDispose]() {
      for (const part of parts) await part.close();
      if (folder) await rm(await folder, { recursive: true, force: true });
    },
  };
}

/** What it is sorted by, and its digest; good until the next is asked for. */
interface Line {
  readonly path: Buffer;
  readonly digest: Buffer;
}

function lineAt(page: Buffer, at: number): Line {
  const path = at + HEAD + page.readUInt32LE(at);
  return {
    path: page.subarray(at + HEAD, path),
    digest: page.subarray(path, path + page.readUInt16LE(at + 4)),
  };
}

/** Bytes of a part that are held. Longer than any line. */
const AHEAD = 1 << 16;

async function* linesOf(part: FileHandle): AsyncGenerator<Line> {
  const held = Buffer.allocUnsafeSlow(AHEAD);
  let [from, to, read] = [0, 0, 0];
  for (;;) {
    held.copyWithin(0, from, to);
    to -= from;
    from = 0;
    const { bytesRead } = await part.read(held, to, AHEAD - to, read);
    if (bytesRead === 0) return;
    read += bytesRead;
    to += bytesRead;
    while (to - from >= HEAD) {
      const length = HEAD + held.readUInt32LE(from) + held.readUInt16LE(from + 4);
      if (length > to - from) break;
      yield lineAt(held, from);
      from += length;
    }
  }
}

/** All lines of sorted parts in one order. Parts are few. */
async function* merged(parts: readonly AsyncGenerator<Line>[]): AsyncGenerator<Line> {
  const heads: { part: AsyncGenerator<Line>; line: Line }[] = [];
  for (const part of parts) {
    const { value, done } = await part.next();
    if (!done) heads.push({ part, line: value });
  }
  while (heads.length > 0) {
    let least = 0;
    for (let i = 1; i < heads.length; i++)
      if (heads[i]!.line.path.compare(heads[least]!.line.path) < 0) least = i;
    const head = heads[least]!;
    yield head.line;
    const { value, done } = await head.part.next();
    if (done) heads.splice(least, 1);
    else head.line = value;
  }
}

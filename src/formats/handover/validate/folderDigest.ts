import { createHash } from 'node:crypto';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileTree } from '#formats/tree';

/** Files whose lines are sorted in memory; more wait on the disk. */
const TOGETHER = 20_000;
/** Bytes read ahead of each part that waits. */
const AHEAD = 1 << 16;

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

/** A line: what it is sorted by, and its digest. */
interface Line {
  readonly path: Buffer;
  readonly digest: string;
}

export interface FolderDigest extends AsyncDisposable {
  add(path: string, digest: string): Promise<void>;
  done(): Promise<string>;
}

/** The same of digests that are known. Memory does not grow with their number: sorted parts wait on the disk. */
export function createFolderDigest(
  algorithm: string,
  { scratch = tmpdir(), together = TOGETHER }: { scratch?: string; together?: number } = {},
): FolderDigest {
  let lines: Line[] = [];
  let folder: Promise<string> | undefined;
  const parts: FileHandle[] = [];
  const sorted = () => lines.sort((a, b) => a.path.compare(b.path));
  const putAside = async () => {
    folder ??= mkdtemp(join(scratch, 'lantai-digests-'));
    const part = await open(join(await folder, String(parts.length)), 'wx+');
    parts.push(part);
    await part.writeFile(Buffer.concat(sorted().map(written)));
    lines = [];
  };
  return {
    async add(path, digest) {
      lines.push({ path: Buffer.from(path), digest });
      if (lines.length >= together) await putAside();
    },
    async done() {
      const hash = createHash(algorithm);
      for await (const { path, digest } of merged([...parts.map(linesOf), inMemory(sorted())])) {
        hash.update(`${digest}  `);
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

/** Two lengths, path and digest. */
function written({ path, digest }: Line): Buffer {
  const head = Buffer.alloc(6);
  head.writeUInt32LE(path.length);
  head.writeUInt16LE(digest.length, 4);
  return Buffer.concat([head, path, Buffer.from(digest, 'latin1')]);
}

async function* linesOf(part: FileHandle): AsyncGenerator<Line> {
  let held: Buffer = Buffer.alloc(0);
  for (let at = 0; ; ) {
    const piece = Buffer.allocUnsafe(AHEAD);
    const { bytesRead } = await part.read(piece, 0, AHEAD, at);
    at += bytesRead;
    held = Buffer.concat([held, piece.subarray(0, bytesRead)]);
    let from = 0;
    while (held.length - from >= 6) {
      const path = from + 6 + held.readUInt32LE(from);
      const end = path + held.readUInt16LE(from + 4);
      if (end > held.length) break;
      yield { path: held.subarray(from + 6, path), digest: held.toString('latin1', path, end) };
      from = end;
    }
    held = held.subarray(from);
    if (bytesRead === 0) return;
  }
}

async function* inMemory(lines: readonly Line[]): AsyncGenerator<Line> {
  yield* lines;
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

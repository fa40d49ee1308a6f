import { closeSync, fstatSync, mkdirSync, openSync, readSync, rmdirSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type DigestName, digestBytes } from '#kernel/checksums';
import { Refusal } from '#kernel/errors';
import { blockingReader } from './blockingReader.ts';
import { type Draft, type DraftTarget, isSafeStorePath } from './storage.ts';

/** A draft made by calls that block. Nothing is flushed: `files` and `folders` name what has to be. */
export interface BlockingDraft extends Draft {
  readonly files: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
}

/** Fills a buffer from a file; fewer bytes where the file ends. */
function fill(fd: number, into: Buffer, position: number | null): Buffer {
  let at = 0;
  while (at < into.length) {
    const n = readSync(fd, into, at, into.length - at, position === null ? null : position + at);
    if (n === 0) break;
    at += n;
  }
  return into.subarray(0, at);
}

/** A file that may not grow: one byte more than it says is asked for. */
function readWhole(path: string | Buffer): Buffer {
  const fd = openSync(path, 'r');
  try {
    const { size } = fstatSync(fd);
    const bytes = fill(fd, Buffer.allocUnsafe(size + 1), null);
    if (bytes.length > size)
      throw new Refusal('ocfl.sourceDiffers', 'The file grew while it was taken in.', {});
    return bytes;
  } finally {
    closeSync(fd);
  }
}

/**
 * Starts a draft in a new folder, for small files that are held whole: each is read once, written, read back and compared.
 *
 * @param built as with `startDraft`
 * @param back what is read back passes through here; grows with the largest file
 */
export function startBlockingDraft(
  built: string,
  target: DraftTarget,
  back: { bytes: Buffer },
): BlockingDraft {
  mkdirSync(built);
  const reader = blockingReader(built);
  const folders = new Set([built]);
  const files = new Set<string>();
  let dropped = false;

  function placeFor(path: string): string {
    if (!isSafeStorePath(path) || path === '')
      throw new Refusal('ocfl.unsafePath', `The path "${path}" is not one an object can hold.`, { path });
    const full = join(built, path);
    const missing: string[] = [];
    for (let at = dirname(full); !folders.has(at); at = dirname(at)) missing.push(at);
    if (missing.length > 0) mkdirSync(missing[0]!, { recursive: true });
    for (const folder of missing) folders.add(folder);
    return full;
  }

  function put(path: string, bytes: Uint8Array): void {
    const full = placeFor(path);
    const fd = openSync(full, 'wx+', 0o644);
    try {
      files.add(full);
      for (let at = 0; at < bytes.byteLength; ) at += writeSync(fd, bytes, at, bytes.byteLength - at, at);
      if (back.bytes.length <= bytes.byteLength)
        back.bytes = Buffer.allocUnsafe(bytes.byteLength + 64 * 1024);
      const found = fill(fd, back.bytes.subarray(0, bytes.byteLength + 1), 0);
      if (!found.equals(bytes))
        throw new Refusal('ocfl.notWritten', `The store did not keep ${path} as it was written.`, { path });
    } finally {
      closeSync(fd);
    }
  }

  return {
    target,
    readsBack: true,
    get files() {
      return files;
    },
    /** OCFL forbids empty folders: those whose files were all taken out again go. */
    get folders() {
      if (dropped)
        for (const folder of [...folders].sort((a, b) => b.length - a.length)) {
          if (folder === built || [...files].some((file) => file.startsWith(`${folder}/`))) continue;
          rmdirSync(folder);
          folders.delete(folder);
        }
      dropped = false;
      return folders;
    },
    readAll: reader.readAll,
    digest: reader.digest,
    async putBytes(path, bytes) {
      put(path, bytes);
    },
    async putStream(path, chunks, names) {
      const held: Uint8Array[] = [];
      for await (const chunk of chunks) held.push(chunk);
      const bytes = Buffer.concat(held);
      put(path, bytes);
      return digestBytes(bytes, names);
    },
    async putFile(path, source, names: readonly DigestName[]) {
      const bytes = readWhole(source);
      const digested = digestBytes(bytes, names);
      put(path, bytes);
      return digested;
    },
    async drop(path) {
      const full = placeFor(path);
      rmSync(full);
      files.delete(full);
      dropped = true;
    },
    async discard() {
      rmSync(built, { recursive: true, force: true });
    },
  };
}

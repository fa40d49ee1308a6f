import { closeSync, fsyncSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { type Digested, type DigestName, multiDigest } from './digests.ts';

/** One file to read through; with `target`, its bytes also go there. */
export interface DigestWork {
  /** Path; bytes where the name is not UTF-8. */
  readonly source: string | Buffer;
  readonly names: readonly DigestName[];
  readonly target?: string;
  /** Flush the copy to the disk before it counts as written. */
  readonly sync?: boolean;
}

const CHUNK = 1024 * 1024;

function writeAll(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.byteLength; ) at += writeSync(fd, bytes, at, bytes.byteLength - at);
}

/**
 * Reads the file once in chunks of at most 1 MiB; blocks, so it runs in a worker or on small files.
 *
 * @param flushing is told when all that is left is to wait for the disk.
 */
export function doDigestWork(
  work: DigestWork,
  chunk = Buffer.allocUnsafe(CHUNK),
  flushing: () => void = () => {},
): Digested {
  const all = multiDigest(work.names);
  // Bytes sent to a worker arrive as a plain Uint8Array.
  const source = openSync(typeof work.source === 'string' ? work.source : Buffer.from(work.source), 'r');
  let target: number | undefined;
  try {
    if (work.target !== undefined) target = openSync(work.target, 'wx', 0o644);
    for (;;) {
      const n = readSync(source, chunk, 0, chunk.byteLength, null);
      if (n === 0) break;
      const bytes = chunk.subarray(0, n);
      all.update(bytes);
      if (target !== undefined) writeAll(target, bytes);
    }
    if (target !== undefined && work.sync !== false) {
      flushing();
      fsyncSync(target);
    }
  } catch (e) {
    if (target !== undefined && work.target !== undefined) {
      closeSync(target);
      target = undefined;
      rmSync(work.target, { force: true });
    }
    throw e;
  } finally {
    closeSync(source);
    if (target !== undefined) closeSync(target);
  }
  return all.done();
}

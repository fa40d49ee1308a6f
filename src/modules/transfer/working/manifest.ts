import { createHash } from 'node:crypto';
import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson } from '#kernel/canonical';
import type { DigestPool } from '#kernel/checksums';

/** What of a batch is told apart, and by which each side knows that it is the same. */
export interface Manifest {
  /** SHA-256 of the list of all files, sorted by path, one line of canonical JSON each: `{bytes, path, sha256}`. */
  digest: string;
  files: number;
  bytes: number;
}

/** Files digested at once: enough for two threads. */
const AT_ONCE = 8;

/**
 * Digests everything that is sent. Paths are held in memory, bytes are not.
 *
 * @param place the batch's folder; paths count from it
 */
export async function manifestOf(
  digests: DigestPool,
  place: string,
  {
    signal,
    progress = () => {},
    line = () => {},
  }: {
    signal?: AbortSignal;
    progress?: (done: number, total: number) => void;
    /** Told each line of the list, with its end, in order. */
    line?: (text: string) => Promise<void> | void;
  } = {},
): Promise<Manifest> {
  const paths = await pathsBelow(place);
  const list = createHash('sha256');
  let [files, bytes] = [0, 0];
  for (let i = 0; i < paths.length; i += AT_ONCE) {
    signal?.throwIfAborted();
    const some = await Promise.all(
      paths.slice(i, i + AT_ONCE).map(async (path) => {
        const { size, digests: of } = await digests.digestFile(join(place, path), ['sha256']);
        return { path, bytes: size, sha256: of.sha256 };
      }),
    );
    for (const one of some) {
      const text = `${canonicalJson(one)}\n`;
      list.update(text);
      await line(text);
      files++;
      bytes += one.bytes;
    }
    progress(files, paths.length);
  }
  return { digest: list.digest('hex'), files, bytes };
}

async function pathsBelow(place: string): Promise<string[]> {
  if ((await stat(place)).isFile()) return [''];
  const paths: string[] = [];
  for await (const entry of await opendir(place, { recursive: true }))
    if (entry.isFile()) paths.push(join(entry.parentPath, entry.name).slice(place.length + 1));
  // By code units: the same on every machine.
  return paths.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

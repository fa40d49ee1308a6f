import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type FileTree, openTree } from '#formats/tree';
import { isRefusal } from '#kernel/errors';
import type { DepositDeps } from '../deps.ts';
import type { DepositFile } from '../store/deposits.ts';

/** A file that lies on this machine, and how it is called in what was sent. */
export interface Lying {
  at: string;
  path: string;
}

const WRAPPER = /\.(?:zip|tar|tgz|tar\.gz)$/i;
const byPath = (a: Lying, b: Lying): number => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);

/** All files below a folder, or the one file, in the order of their paths. */
export async function lyingBelow(place: string): Promise<Lying[]> {
  if ((await stat(place)).isFile()) return [{ at: place, path: place.slice(place.lastIndexOf('/') + 1) }];
  const found: Lying[] = [];
  for await (const entry of await opendir(place, { recursive: true })) {
    if (!entry.isFile()) continue;
    const at = join(entry.parentPath, entry.name);
    found.push({ at, path: at.slice(place.length + 1) });
  }
  return found.sort(byPath);
}

/**
 * Files with their digests, those inside of packages too: what is deposited as a folder is known again in a package, and the other
 * way. A package that can not be read counts as the one file it is.
 */
export async function* leavesOf(
  deps: Pick<DepositDeps, 'digests' | 'limits' | 'scratch'>,
  lying: readonly Lying[],
  signal?: AbortSignal,
): AsyncGenerator<DepositFile> {
  let seq = 0;
  for (const { at, path } of lying) {
    signal?.throwIfAborted();
    const { size, digests } = await deps.digests.digestFile(at, ['sha256']);
    const one = { seq: seq++, path, bytes: size, sha256: digests.sha256 ?? '', container: null };
    const inside = WRAPPER.test(path) ? await insideOf(deps, at, signal) : [];
    yield { ...one, opened: inside.length > 0 };
    for (const leaf of inside) yield { ...leaf, seq: seq++, container: one.seq, opened: false };
  }
}

type Inside = Pick<DepositFile, 'path' | 'bytes' | 'sha256'>;

async function insideOf(
  deps: Pick<DepositDeps, 'limits' | 'scratch'>,
  at: string,
  signal: AbortSignal | undefined,
): Promise<Inside[]> {
  let tree: FileTree | undefined;
  try {
    tree = await openTree(at, { limits: deps.limits, scratch: deps.scratch });
    const found: Inside[] = [];
    for await (const entry of tree.entries()) {
      signal?.throwIfAborted();
      if (entry.kind !== 'file') continue;
      const sha256 = (await tree.digests(entry.path, ['sha256'])).get('sha256') ?? '';
      found.push({ path: entry.path, bytes: entry.bytes, sha256 });
    }
    return found;
  } catch (e) {
    if (!isRefusal(e)) throw e;
    return [];
  } finally {
    await tree?.close();
  }
}

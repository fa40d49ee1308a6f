import type { Mending } from '#formats/ocfl';
import type { DigestPool } from '#kernel/checksums';
import { Refusal } from '#kernel/errors';
import { algorithmOf, filesBelow, type SourceObject } from '../copies/readSource.ts';
import type { OpenStore } from '../stores/openStore.ts';
import { expectedOf, inMendingOrder, type Mended } from './mendFiles.ts';

/**
 * Makes an object in a store that is no folder equal to a good copy, file by file: what is bad is kept aside, and replaced by
 * what was read back and found good. Good files are not touched. Killed anywhere, every file is either as it was or good,
 * and a second run goes on. The caller holds the object's lock and examines the object afterwards.
 *
 * @param aside where damaged bytes go, below the store's place for them
 */
export async function mendKeys(
  pool: DigestPool,
  source: SourceObject,
  target: Pick<OpenStore, 'store'> & { mending: Mending },
  path: string,
  aside: string,
): Promise<Mended> {
  const { store, mending } = target;
  const algorithm = algorithmOf(source);
  const wanted = new Set(source.files);
  const there = new Set(await filesBelow(store, path));
  const good = new Map<string, string>();
  for (const file of source.files) {
    const digest = await expectedOf(pool, source, file);
    if (digest === undefined)
      throw new Refusal('copy.sourceDamaged', `${file} can not be read from the good copy.`, { path: file });
    const found = there.has(file) ? await store.digest(`${path}/${file}`, [algorithm]) : null;
    if (found?.digests[algorithm] !== digest) good.set(file, digest);
  }
  const takenOut = [...there].filter((file) => !wanted.has(file));
  for (const file of takenOut) {
    await mending.setAside(path, file, aside);
    await mending.takeOut(path, file);
  }
  const replaced = [...good.keys()].sort(inMendingOrder);
  for (const file of replaced) {
    if (there.has(file)) await mending.setAside(path, file, aside);
    const open = () => source.open.store.open(`${source.path}/${file}`);
    await mending.replace(path, file, { open, algorithm, digest: good.get(file)! });
  }
  return { replaced, takenOut };
}

import type { Finding } from '#kernel/errors';
import { isRefusal } from '#kernel/errors';
import { nextVersion, sidecarName, versionNumber } from './inventory.ts';
import { type ReadInventory, readInventory, readInventoryIn, sidecarFits } from './readObject.ts';
import type { Store, StoreReader } from './storage.ts';

export interface Recovery {
  /** `sound`: nothing to do. `finished`: a version that was published in part is now the head. */
  readonly outcome: 'absent' | 'sound' | 'finished' | 'damaged';
  readonly head: string | null;
  readonly findings: readonly Finding[];
}

/** A recovery, and the inventory that was read for it where that is the head now. */
export interface Recovered extends Recovery {
  readonly read: ReadInventory | null;
}

/** Whether something is wrong with the object; a store that does not answer says nothing of it. */
export function isOfTheObject(e: unknown): boolean {
  return isRefusal(e) && e.code.startsWith('ocfl.');
}

/** A version directory that is complete by its own inventory, sidecar and digests; null when it is not. */
export async function completeVersion(
  store: StoreReader,
  objectPath: string,
  version: string,
): Promise<ReadInventory | null> {
  const folder = `${objectPath}/${version}`;
  let read: ReadInventory | null;
  try {
    read = await readInventoryIn(store, folder);
  } catch (e) {
    if (isOfTheObject(e)) return null;
    throw e;
  }
  const inventory = read?.inventory;
  if (!read || inventory?.head !== version) return null;
  if (!(await sidecarFits(store, folder, inventory.digestAlgorithm, read.digest))) return null;
  for (const [path, digest] of inventory.manifest) {
    if (!path.startsWith(`${version}/`)) continue;
    const found = await store.digest(`${objectPath}/${path}`, [inventory.digestAlgorithm]);
    if (found?.digests[inventory.digestAlgorithm] !== digest) return null;
  }
  return read;
}

/** The newest version by the directories, whatever the root inventory says; only names that follow each other. */
async function newestFolder(store: StoreReader, objectPath: string): Promise<string | null> {
  const folders = ((await store.list(objectPath)) ?? []).filter(
    (e) => e.kind === 'folder' && versionNumber(e.name) !== null,
  );
  folders.sort((a, b) => versionNumber(a.name)! - versionNumber(b.name)!);
  return folders.at(-1)?.name ?? null;
}

/**
 * Brings an object on after a writer was killed in the middle of publishing. Versions are renamed into place whole
 * before the root inventory is replaced, so all there can be to do is to take over the newest version's inventory.
 * The caller holds the object's lock. Nothing is deleted; what does not fit is said.
 */
export async function recoverObject(
  store: StoreReader & Pick<Store, 'copyHead'>,
  objectPath: string,
): Promise<Recovered> {
  const newest = await newestFolder(store, objectPath);
  if (newest === null) return { outcome: 'absent', head: null, findings: [], read: null };
  let head: string | null = null;
  try {
    const read = await readInventory(store, objectPath);
    if (read) {
      head = read.inventory.head;
      const fits = await sidecarFits(store, objectPath, read.inventory.digestAlgorithm, read.digest);
      if (head === newest && fits) return { outcome: 'sound', head, findings: [], read };
    }
  } catch (e) {
    if (!isOfTheObject(e)) throw e;
  }
  const follows = head === null || head === newest || nextVersion(head) === newest;
  const complete = follows && head !== null ? await completeVersion(store, objectPath, newest) : null;
  if (complete) {
    await store.copyHead(objectPath, newest, sidecarName(complete.inventory.digestAlgorithm));
    return { outcome: 'finished', head: newest, findings: [], read: complete };
  }
  const message =
    head === null
      ? 'The inventory of the object is damaged; mend it from another copy.'
      : `The version directory ${newest} is neither the head ${head} nor a complete version after it.`;
  return {
    outcome: 'damaged',
    head,
    read: null,
    findings: [{ code: 'ocfl.notRecovered', severity: 'error', path: objectPath, message }],
  };
}

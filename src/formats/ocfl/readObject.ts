import type { Digests } from '#kernel/checksums';
import { Refusal } from '#kernel/errors';
import { createNames, type Names } from './compact/names.ts';
import { type ContentDigest, type Inventory, sidecarName } from './inventory.ts';
import type { StoreReader } from './storage.ts';
import type { LooseInventory } from './validate/inventoryRules.ts';
import { readSidecar } from './validate/readInventoryFile.ts';
import { collector, type Say } from './validate/say.ts';
import { scanInventory, scanInventoryFile } from './validate/scanInventory.ts';

export interface ReadInventory {
  readonly inventory: Inventory;
  /** Digest of `inventory.json` by the object's own algorithm, as its sidecar gives it. */
  readonly digest: string;
  /** sha512 of it: what tells one state of an object from another. */
  readonly sha512: string;
  /** Its paths and digests: what is written next says most of them again. */
  readonly names: Names;
}

const damaged = (path: string, why: string) =>
  new Refusal('ocfl.damagedInventory', `The inventory of the object at ${path} can not be trusted: ${why}`, {
    path,
  });

type Collected = Say & { findings(): readonly { severity: string; code: string; message: string }[] };

/** An inventory that breaks the specification nowhere. @throws Refusal `ocfl.damagedInventory` */
function proper(loose: LooseInventory | null, say: Collected, path: string): Inventory {
  const error = say.findings().find((f) => f.severity === 'error');
  if (error || !loose || loose.id === null || !loose.spec || !loose.algorithm || loose.head === null)
    throw damaged(path, error ? `${error.code} ${error.message}` : 'it is incomplete.');
  const versions = new Map(
    [...loose.versions].map(([name, v]) => {
      const user = v.user as { name: string; address?: string } | undefined;
      return [
        name,
        { created: v.created as string, message: v.message as string | undefined, user, state: v.state },
      ] as const;
    }),
  );
  return {
    id: loose.id,
    spec: loose.spec,
    digestAlgorithm: loose.algorithm,
    head: loose.head,
    contentDirectory: loose.contentDirectory,
    manifest: loose.manifest,
    versions,
    fixity: loose.fixity,
  };
}

/** Takes an inventory piece by piece; `finish` refuses whatever breaks the specification. */
export function checkingInventory(
  path: string,
  names = createNames(),
): { take(chunk: Uint8Array): void; finish(): Inventory } {
  const say = collector(20);
  const scan = scanInventory('inventory.json', say, names);
  return { take: scan.take, finish: () => proper(scan.finish(), say, path) };
}

/**
 * Turns the bytes of an inventory into one, refusing whatever breaks the specification.
 *
 * @throws Refusal `ocfl.damagedInventory`
 */
export function parseInventory(bytes: Uint8Array, path: string): Inventory {
  const check = checkingInventory(path);
  check.take(bytes);
  return check.finish();
}

/** Whether the sidecar in a folder holds this digest. */
export async function sidecarFits(
  store: StoreReader,
  folder: string,
  algorithm: ContentDigest,
  digest: string,
): Promise<boolean> {
  const sidecar = await store.readAll(`${folder}/${sidecarName(algorithm)}`, 4096);
  return readSidecar(sidecar?.toString('utf8') ?? '') === digest;
}

/**
 * Reads the inventory in a folder and its digest, in memory that grows with the number of paths and not with the text.
 * Nothing yet proves it: see `readInventory`.
 *
 * @returns null when there is none.
 * @throws Refusal `ocfl.damagedInventory`
 */
export async function readInventoryIn(store: StoreReader, folder: string): Promise<ReadInventory | null> {
  const say = collector(20);
  const names = createNames();
  const file = `${folder}/inventory.json`;
  const scanned = await scanInventoryFile(store, file, 'inventory.json', ['sha512'], say, names);
  if (scanned === null) return null;
  const inventory = proper(scanned.loose, say, folder);
  const digests: Digests =
    inventory.digestAlgorithm === 'sha512'
      ? scanned.digests
      : ((await store.digest(file, [inventory.digestAlgorithm]))?.digests ?? {});
  return {
    inventory,
    digest: digests[inventory.digestAlgorithm] ?? '',
    sha512: scanned.digests.sha512 ?? '',
    names,
  };
}

/**
 * Reads the inventory of an object, proved by its sidecar. A writer that was killed after replacing the inventory and
 * before its sidecar leaves them apart; then the same inventory in the version directory, proved by its own sidecar,
 * vouches for it.
 *
 * @returns null when there is no object.
 * @throws Refusal `ocfl.damagedInventory`
 */
export async function readInventory(store: StoreReader, objectPath: string): Promise<ReadInventory | null> {
  const read = await readInventoryIn(store, objectPath);
  if (read === null) return null;
  const { digestAlgorithm, head } = read.inventory;
  if (await sidecarFits(store, objectPath, digestAlgorithm, read.digest)) return read;
  const folder = `${objectPath}/${head}`;
  const copy = await store.digest(`${folder}/inventory.json`, [digestAlgorithm]);
  if (
    copy?.digests[digestAlgorithm] === read.digest &&
    (await sidecarFits(store, folder, digestAlgorithm, read.digest))
  )
    return read;
  throw damaged(objectPath, 'its digest is not the one in its digest file.');
}

import { digestBytes } from '#kernel/checksums';
import { Refusal } from '#kernel/errors';
import { type Inventory, sidecarName } from './inventory.ts';
import type { StoreReader } from './storage.ts';
import { readLooseInventory } from './validate/inventoryRules.ts';
import { INVENTORY_LIMIT, parseJson } from './validate/readInventoryFile.ts';
import { collector } from './validate/say.ts';

export interface ReadInventory {
  readonly inventory: Inventory;
  /** The bytes of `inventory.json`. */
  readonly bytes: Buffer;
}

/** sha512 of the bytes of an inventory: what tells one state of an object from another. */
export const inventoryDigest = (bytes: Uint8Array): string =>
  digestBytes(bytes, ['sha512']).digests.sha512 ?? '';

const damaged = (path: string, why: string) =>
  new Refusal('ocfl.damagedInventory', `The inventory of the object at ${path} can not be trusted: ${why}`, {
    path,
  });

/**
 * Turns the bytes of an inventory into one, refusing whatever breaks the specification.
 *
 * @throws Refusal `ocfl.damagedInventory`
 */
export function parseInventory(bytes: Uint8Array, path: string): Inventory {
  const say = collector(20);
  const loose = readLooseInventory(parseJson(bytes), 'inventory.json', say);
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

/** Whether the sidecar in a folder holds the digest of these inventory bytes. */
export async function sidecarFits(
  store: StoreReader,
  folder: string,
  algorithm: Inventory['digestAlgorithm'],
  bytes: Uint8Array,
): Promise<boolean> {
  const sidecar = await store.readAll(`${folder}/${sidecarName(algorithm)}`, 4096);
  const said = /^([0-9A-Fa-f]+)\s+inventory\.json\s*$/.exec(sidecar?.toString('utf8') ?? '')?.[1];
  return said?.toLowerCase() === digestBytes(bytes, [algorithm]).digests[algorithm];
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
  const bytes = await store.readAll(`${objectPath}/inventory.json`, INVENTORY_LIMIT);
  if (bytes === null) return null;
  const inventory = parseInventory(bytes, objectPath);
  if (await sidecarFits(store, objectPath, inventory.digestAlgorithm, bytes)) return { inventory, bytes };
  const folder = `${objectPath}/${inventory.head}`;
  const copy = await store.readAll(`${folder}/inventory.json`, INVENTORY_LIMIT);
  if (copy?.equals(bytes) && (await sidecarFits(store, folder, inventory.digestAlgorithm, copy)))
    return { inventory, bytes };
  throw damaged(objectPath, 'its digest is not the one in its digest file.');
}

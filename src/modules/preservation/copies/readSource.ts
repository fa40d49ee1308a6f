import { join } from 'node:path';
import { type Inventory, readInventory, type StoreReader } from '#formats/ocfl';
import type { DigestName } from '#kernel/checksums';
import { Refusal } from '#kernel/errors';
import type { OpenStore } from '../stores/openStore.ts';

/** An object as it lies in the store it is copied from. */
export interface SourceObject {
  open: OpenStore;
  objectId: string;
  /** Path of the object in that store. */
  path: string;
  inventory: Inventory;
  /** Digest of the inventory by the object's own algorithm. */
  ownDigest: string;
  inventoryDigest: string;
  /** All files of the object root, relative to it. */
  files: string[];
}

/** All files below a folder, relative to it. @throws Refusal `copy.sourceDamaged` for links and devices */
export async function filesBelow(reader: StoreReader, path: string, below = ''): Promise<string[]> {
  const files: string[] = [];
  for (const { name, kind } of (await reader.list(below === '' ? path : `${path}/${below}`)) ?? []) {
    const at = below === '' ? name : `${below}/${name}`;
    if (kind === 'folder') files.push(...(await filesBelow(reader, path, at)));
    else if (kind === 'file') files.push(at);
    else
      throw new Refusal('copy.sourceDamaged', `${at} is a link or no regular file.`, {
        path: at,
      });
  }
  return files;
}

/**
 * Reads what is to be copied.
 *
 * @param expected digest the inventory has to have; null where it is not known
 * @throws Refusal `copy.sourceMissing`, `copy.sourceDamaged`
 */
export async function readSource(
  open: OpenStore,
  objectId: string,
  expected: string | null,
): Promise<SourceObject> {
  const { store, repository } = open;
  const path = repository.pathOf(objectId);
  const read = await readInventory(store, path);
  if (read === null)
    throw new Refusal('copy.sourceMissing', 'The object is not in the store it is to be copied from.', {
      objectId,
    });
  const damaged = (why: string) =>
    new Refusal('copy.sourceDamaged', `The object in the store it is to be copied from ${why}.`, {
      objectId,
    });
  const { inventory, digest: ownDigest, sha512: inventoryDigest } = read;
  if (expected !== null && inventoryDigest !== expected) throw damaged('has another inventory');
  if (inventory.id !== objectId) throw damaged(`is ${inventory.id}`);
  const files = await filesBelow(store, path);
  const there = new Set(files);
  for (const file of inventory.manifest.keys()) if (!there.has(file)) throw damaged(`lacks ${file}`);
  return { open, objectId, path, inventory, ownDigest, inventoryDigest, files };
}

/** The digest a file has to have; undefined for sidecars, declarations and the inventories of earlier versions. */
export const digestOf = (source: SourceObject, file: string): string | undefined =>
  file === 'inventory.json' ? source.ownDigest : source.inventory.manifest.get(file);

export const algorithmOf = (source: SourceObject): DigestName => source.inventory.digestAlgorithm;

/** A file's place on this machine; null where the store is none of its folders. */
export const fileOnDisk = (source: SourceObject, file: string): string | null =>
  source.open.folder === null ? null : join(source.open.folder, source.path, file);

import type { Readable } from 'node:stream';
import { Refusal } from '#kernel/errors';
import { turned } from './compact/maps.ts';
import type { Inventory, InventoryVersion, OcflUser } from './inventory.ts';

/** First and last byte, both included. */
export interface ByteRange {
  readonly start: number;
  readonly end?: number;
}

export interface ObjectFile {
  readonly logicalPath: string;
  /** Path in the object root. */
  readonly contentPath: string;
  readonly digest: string;
}
export interface VersionInfo {
  readonly version: string;
  readonly created: string;
  readonly message?: string;
  readonly user?: OcflUser;
}
export interface OcflObject {
  readonly id: string;
  /** Path in the storage root. */
  readonly path: string;
  readonly head: string;
  readonly versions: readonly VersionInfo[];
  readonly inventory: Inventory;
  /** Files of a version, the head by default. @throws Refusal `ocfl.noSuchVersion` */
  files(version?: string): ObjectFile[];
  /** One file of a version. @throws Refusal `ocfl.noSuchVersion`, `ocfl.noSuchFile` */
  file(logicalPath: string, version?: string): ObjectFile;
}
export interface OpenedFile extends ObjectFile {
  readonly size: number;
  readonly stream: Readable;
}
/** What reads objects: the repository, or some of its objects in memory with the repository behind them. */
export interface ObjectSource {
  /** @throws Refusal `ocfl.notFound`, `ocfl.damagedInventory` */
  getObject(objectId: string): Promise<OcflObject>;
  /**
   * @param object its id, or the object as it was read: opening many files of one then reads its inventory once.
   * @param options.verify digest the bytes on the way; the stream fails with `ocfl.contentDamaged` at its end when they
   * are not those of the inventory. Not with a range.
   */
  openFile(
    object: string | OcflObject,
    logicalPath: string,
    options?: { readonly version?: string; readonly range?: ByteRange; readonly verify?: boolean },
  ): Promise<OpenedFile>;
  /** A file's bytes, compared with its digest, where they are in memory; null otherwise. */
  inMemory?(object: OcflObject, logicalPath: string): Uint8Array | null;
}

/** An object read whole, as it passes between threads. */
export interface WholeObject {
  inventory: Omit<Inventory, 'manifest' | 'versions' | 'fixity'>;
  manifest: [path: string, digest: string][];
  versions: (Omit<InventoryVersion, 'state'> & { name: string; state: [path: string, digest: string][] })[];
  /** Files of the head, one behind the other in `bytes`. */
  places: [path: string, at: number, bytes: number][];
  bytes: Uint8Array<ArrayBuffer>;
}

/** An object as its inventory tells of it. */
export function describe(inventory: Inventory, path: string): OcflObject {
  let places: ReadonlyMap<string, string> | null = null;
  const contentOf = (digest: string): string => {
    places ??= turned(inventory.manifest);
    return places.get(digest) ?? '';
  };
  const versions = [...inventory.versions].map(([version, v]) => ({
    version,
    created: v.created,
    message: v.message,
    user: v.user,
  }));
  const stateOf = (version = inventory.head) => {
    const found = inventory.versions.get(version);
    if (!found) throw new Refusal('ocfl.noSuchVersion', `The object has no version ${version}.`, { version });
    return found.state;
  };
  return {
    id: inventory.id,
    path,
    head: inventory.head,
    versions,
    inventory,
    files: (version) =>
      [...stateOf(version)].map(([logicalPath, digest]) => ({
        logicalPath,
        digest,
        contentPath: contentOf(digest),
      })),
    file(logicalPath, version) {
      const digest = stateOf(version).get(logicalPath);
      if (digest === undefined)
        throw new Refusal('ocfl.noSuchFile', `The object has no file ${logicalPath}.`, { logicalPath });
      return { logicalPath, digest, contentPath: contentOf(digest) };
    },
  };
}

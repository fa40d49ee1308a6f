import { Refusal } from '#kernel/errors';
import { turned } from './compact/maps.ts';
import type { Inventory, OcflUser } from './inventory.ts';

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

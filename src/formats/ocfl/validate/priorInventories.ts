import { type SpecVersion, versionNumber } from '../inventory.ts';
import type { LooseInventory, LooseVersion } from './inventoryRules.ts';
import type { InventoryFile } from './readInventoryFile.ts';
import type { Say } from './say.ts';

/** Content paths by digest of a manifest. */
function contentPaths(manifest: ReadonlyMap<string, string>): Map<string, string[]> {
  const byDigest = new Map<string, string[]>();
  for (const [path, digest] of manifest) {
    const paths = byDigest.get(digest);
    if (paths) paths.push(path);
    else byDigest.set(digest, [path]);
  }
  return byDigest;
}

/**
 * Whether a version means the same files in two inventories. With one digest algorithm the digests must be equal; with
 * two, each file of the older must lie at content paths that the newer gives its own digest for it.
 *
 * @param paths content paths of the older by digest; null where both use one algorithm.
 */
function sameState(
  before: LooseVersion,
  root: LooseInventory,
  now: LooseVersion,
  paths: ReadonlyMap<string, readonly string[]> | null,
): boolean {
  if (before.state.size !== now.state.size) return false;
  for (const [logical, digest] of before.state) {
    const current = now.state.get(logical);
    if (current === undefined) return false;
    if (paths === null) {
      if (current !== digest) return false;
    } else if (!(paths.get(digest) ?? []).every((path) => root.manifest.get(path) === current)) return false;
  }
  return true;
}

/** Compares the inventories of version directories, given one after another from the first, with that of the root. */
export function comparingWithRoot(
  root: InventoryFile,
  loose: LooseInventory,
  ordered: readonly string[],
  say: Say,
): (version: string, file: InventoryFile) => void {
  const newest = ordered.at(-1);
  let spec: SpecVersion = '1.0';

  function compareVersions(version: string, older: LooseInventory, where: string): void {
    const paths = older.algorithm === loose.algorithm ? null : contentPaths(older.manifest);
    for (const [name, before] of older.versions) {
      const n = versionNumber(name);
      if (n === null || n > versionNumber(version)!) continue;
      const now = loose.versions.get(name);
      if (!now || !sameState(before, loose, now, paths))
        say.error('E066', where, `The state of ${name} is not the one in the inventory of the object root.`);
      if (!now) continue;
      for (const fact of ['created', 'message', 'user'] as const)
        if (before.facts[fact] !== now.facts[fact])
          say.warning('W011', where, `${fact} of ${name} differs from the inventory of the object root.`);
    }
    for (const name of ordered)
      if (versionNumber(name)! <= versionNumber(version)! && !older.versions.has(name))
        say.error('E066', where, `The inventory does not know the earlier version ${name}.`);
  }

  return (version, file) => {
    const where = `${version}/inventory.json`;
    if (version === newest && file.fingerprint !== root.fingerprint)
      say.error('E064', where, 'The inventory of the object root is not the one of the newest version.');
    const older = file.loose;
    if (!older) return;
    if (older.spec && older.spec < spec)
      say.error('E103', where, 'The version conforms to an earlier specification than the one before it.');
    if (older.spec) spec = older.spec;
    if (older.spec && loose.spec && older.spec > loose.spec)
      say.error('E103', where, 'The version conforms to a later specification than the object.');
    if (older.algorithm === 'sha256' && loose.algorithm === 'sha512')
      say.warning('W004', where, 'An earlier version uses sha256.');
    if (version !== newest || file.fingerprint !== root.fingerprint) compareVersions(version, older, where);
  };
}

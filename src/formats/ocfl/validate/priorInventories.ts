import { versionNumber } from '../inventory.ts';
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
 */
function sameState(
  prior: LooseInventory,
  before: LooseVersion,
  root: LooseInventory,
  now: LooseVersion,
  paths: Map<string, string[]>,
): boolean {
  if (before.state.size !== now.state.size) return false;
  for (const [logical, digest] of before.state) {
    const current = now.state.get(logical);
    if (current === undefined) return false;
    if (prior.algorithm === root.algorithm) {
      if (current !== digest) return false;
    } else if (!(paths.get(digest) ?? []).every((path) => root.manifest.get(path) === current)) return false;
  }
  return true;
}

/** Compares the inventories in version directories with that of the object root. */
export function checkAgainstRoot(
  root: InventoryFile,
  ordered: readonly string[],
  prior: readonly { readonly version: string; readonly file: InventoryFile }[],
  say: Say,
): void {
  const loose = root.loose;
  const newest = ordered.at(-1);
  if (!loose || newest === undefined) return;
  let spec = '1.0';
  for (const { version, file } of prior) {
    const where = `${version}/inventory.json`;
    if (version === newest && file.fingerprint !== root.fingerprint)
      say.error('E064', where, 'The inventory of the object root is not the one of the newest version.');
    const older = file.loose;
    if (!older) continue;
    if (older.spec && older.spec < spec)
      say.error('E103', where, 'The version conforms to an earlier specification than the one before it.');
    if (older.spec) spec = older.spec;
    if (older.spec && loose.spec && older.spec > loose.spec)
      say.error('E103', where, 'The version conforms to a later specification than the object.');
    if (older.algorithm === 'sha256' && loose.algorithm === 'sha512')
      say.warning('W004', where, 'An earlier version uses sha256.');
    if (version === newest && file.fingerprint === root.fingerprint) continue;
    const paths = contentPaths(older.manifest);
    for (const [name, before] of older.versions) {
      const n = versionNumber(name);
      if (n === null || n > versionNumber(version)!) continue;
      const now = loose.versions.get(name);
      if (!now || !sameState(older, before, loose, now, paths))
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
}

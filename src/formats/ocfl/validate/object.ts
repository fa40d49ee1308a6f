import type { Finding } from '#kernel/errors';
import { createNames } from '../compact/names.ts';
import { versionNumber } from '../inventory.ts';
import type { Entry, StoreReader } from '../storage.ts';
import { addClaims, type ContentClaims, checkDigests, checkPresence } from './content.ts';
import { checkDeclaration, isDeclaration, objectDeclaration } from './declaration.ts';
import { checkExtensions } from './extensions.ts';
import type { LooseInventory } from './inventoryRules.ts';
import { comparingWithRoot } from './priorInventories.ts';
import { readInventoryFile } from './readInventoryFile.ts';
import { collector, type Say } from './say.ts';
import { scanInventoryFile } from './scanInventory.ts';
import { checkVersionFolder } from './versionFolder.ts';

export interface ObjectReport {
  readonly id: string | null;
  readonly findings: readonly Finding[];
  /** What was read on the way; null where there is no inventory that could be. */
  readonly read: ReadOnTheWay | null;
}

export interface ReadOnTheWay {
  readonly inventory: LooseInventory;
  /** sha512 of the inventory. */
  readonly sha512: string;
  /** sha512 of each version's own inventory, by version. */
  readonly earlier: ReadonlyMap<string, string>;
}

/** What may lie in an object root besides version directories. */
function checkRootEntries(entries: readonly Entry[], versions: ReadonlySet<string> | null, say: Say): void {
  for (const { name, kind } of entries) {
    if (kind === 'other') say.error('E090', name, `"${name}" is a link or no regular file.`);
    else if (kind === 'file') {
      if (!/^inventory\.json(\.[a-z0-9]+)?$/.test(name) && !isDeclaration(name, objectDeclaration))
        say.error('E001', name, `The file "${name}" does not belong in an object root.`);
    } else if (versionNumber(name) !== null) {
      if (versions && !versions.has(name))
        say.error('E046', name, `The inventory does not know the version directory ${name}.`);
    } else if (name !== 'extensions' && name !== 'logs')
      say.error('E001', name, `The folder "${name}" does not belong in an object root.`);
  }
}

async function collect(
  reader: StoreReader,
  path: string,
  entries: readonly Entry[],
  withContent: boolean,
  say: Say,
): Promise<{ id: string | null; read: ReadOnTheWay | null }> {
  const declared = await checkDeclaration(reader, path, entries, objectDeclaration, say);
  const names = entries.filter((e) => e.kind === 'file').map((e) => e.name);
  const shared = createNames();
  const root = await readInventoryFile(reader, path, '', names, say, shared);
  if (root === null) say.error('E063', 'inventory.json', 'The object has no inventory.');
  const loose = root?.loose ?? null;
  if (declared && loose?.spec && loose.spec !== declared)
    say.error(
      'E038',
      'inventory.json',
      `The type of the inventory is not that of the declaration, ${declared}.`,
    );
  checkRootEntries(entries, loose && loose.versions.size > 0 ? new Set(loose.versions.keys()) : null, say);
  for (const name of names)
    if (
      loose?.algorithm &&
      name.startsWith('inventory.json.') &&
      name !== `inventory.json.${loose.algorithm}`
    )
      say.error('E001', name, `The file "${name}" does not belong in an object root.`);
  await checkExtensions(reader, path, entries, ['E067'], 'W013', say);
  if (!root || !loose) return { id: null, read: null };
  const earlier = new Map<string, string>();

  const claims: ContentClaims = { root: loose, onDisk: new Set(), further: new Map() };
  const folders = new Set(entries.filter((e) => e.kind === 'folder').map((e) => e.name));
  const ordered = [...loose.versions.keys()].filter((v) => versionNumber(v) !== null);
  ordered.sort((a, b) => versionNumber(a)! - versionNumber(b)!);
  const compare = comparingWithRoot(root, loose, ordered, say);
  for (const version of ordered) {
    if (!folders.has(version)) {
      say.error('E010', version, `The version directory ${version} is missing.`);
      say.error('E046', version, `The version directory ${version} of the inventory is not there.`);
      continue;
    }
    const same = version === ordered.at(-1) ? root : undefined;
    const given = { reader, objectPath: path, root: loose, onDisk: claims.onDisk, say, shared };
    const file = await checkVersionFolder(given, version, same);
    if (!file) continue;
    earlier.set(version, file.fingerprint);
    // One inventory at a time is held beside that of the root, however many versions there are.
    compare(version, file);
    if (!file.loose || file.loose === loose) continue;
    const where = `${version}/inventory.json`;
    checkPresence(file.loose, where, versionNumber(version)!, claims.onDisk, say);
    addClaims(claims, file.loose, where);
  }
  checkPresence(loose, 'inventory.json', Number.POSITIVE_INFINITY, claims.onDisk, say);
  if (withContent) await checkDigests(reader, path, claims, say);
  return { id: loose.id, read: { inventory: loose, sha512: root.fingerprint, earlier } };
}

/**
 * Validates an OCFL object, 1.0 or 1.1, with the specification's codes.
 *
 * @param path of the object root in the reader, '' for the reader's own folder.
 * @param options.content false leaves out reading every file (structure and inventories only); then an `info` finding
 * says so.
 */
export async function validateObject(
  reader: StoreReader,
  path = '',
  options: { readonly content?: boolean } = {},
): Promise<ObjectReport> {
  const say = collector();
  const entries = await reader.list(path);
  if (entries === null) {
    say.error('E003', '', 'There is no folder that could be an object.');
    return { id: null, findings: say.findings(), read: null };
  }
  const { id, read } = await collect(reader, path, entries, options.content !== false, say);
  if (options.content === false) say.info('notPerformed', '', 'The digests of the content were not checked.');
  return { id, findings: say.findings(), read };
}

/** Checks an inventory file by itself, without the object it is of. */
export async function validateInventory(reader: StoreReader, path: string): Promise<readonly Finding[]> {
  const say = collector();
  await scanInventoryFile(reader, path, '', [], say, createNames());
  return say.findings();
}

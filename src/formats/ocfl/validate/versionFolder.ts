import type { Names } from '../compact/names.ts';
import { versionNumber } from '../inventory.ts';
import type { StoreReader } from '../storage.ts';
import type { LooseInventory } from './inventoryRules.ts';
import { type InventoryFile, readInventoryFile } from './readInventoryFile.ts';
import type { Say } from './say.ts';

const MAX_DEPTH = 200;

/** Walks a content directory without following links; every file goes to `found` by its path in the object. */
async function walkContent(
  reader: StoreReader,
  objectPath: string,
  folder: string,
  found: Set<string>,
  depth: number,
  say: Say,
): Promise<void> {
  const entries = await reader.list(objectPath === '' ? folder : `${objectPath}/${folder}`);
  if (entries === null) {
    say.error(
      'E023',
      folder,
      `The folder "${folder}" can not be read by its name, which is not UTF-8 perhaps.`,
    );
    return;
  }
  for (const { name, kind } of entries) {
    const path = `${folder}/${name}`;
    if (kind === 'file') found.add(path);
    else if (kind === 'other') say.error('E090', path, `"${path}" is a link or no regular file.`);
    else if (depth >= MAX_DEPTH) say.error('E001', path, 'The folders lie too deep to be read.');
    else await walkContent(reader, objectPath, path, found, depth + 1, say);
  }
  if (entries.length === 0 && depth > 0) say.error('E024', folder, `The folder "${folder}" is empty.`);
  if (entries.length === 0 && depth === 0)
    say.warning('W003', folder, 'The content directory is there although it holds nothing.');
}

/** Whether an inventory knows content of this very version. */
function holdsContent({ manifest }: LooseInventory, version: string): boolean {
  for (const path of manifest.keys()) if (path.startsWith(`${version}/`)) return true;
  return false;
}

export interface VersionsGiven {
  readonly reader: StoreReader;
  readonly objectPath: string;
  readonly root: LooseInventory;
  /** Receives the content paths of the files found. */
  readonly onDisk: Set<string>;
  readonly say: Say;
  readonly shared: Names;
}

/**
 * Checks one version directory: what lies in it, its inventory by itself, its content directory.
 *
 * @param same the inventory that the one of this version should be a copy of.
 * @returns its inventory; null when it has none (W010).
 */
export async function checkVersionFolder(
  given: VersionsGiven,
  version: string,
  same?: InventoryFile,
): Promise<InventoryFile | null> {
  const { reader, objectPath, root, onDisk, say, shared } = given;
  const folder = objectPath === '' ? version : `${objectPath}/${version}`;
  const entries = (await reader.list(folder)) ?? [];
  const names = entries.filter((e) => e.kind === 'file').map((e) => e.name);
  const file = await readInventoryFile(reader, folder, version, names, say, shared, same);
  if (file === null) say.warning('W010', version, `The version directory ${version} has no inventory.`);
  const algorithm = file?.loose?.algorithm;
  for (const { name, kind } of entries) {
    const path = `${version}/${name}`;
    if (kind === 'other') say.error('E090', path, `"${path}" is a link or no regular file.`);
    else if (kind === 'file') {
      const own =
        name === 'inventory.json' ||
        (algorithm ? name === `inventory.json.${algorithm}` : /^inventory\.json\.[a-z0-9]+$/.test(name));
      if (!own)
        say.error('E015', path, `The file "${name}" does not belong directly in a version directory.`);
    } else if (name === root.contentDirectory) await walkContent(reader, objectPath, path, onDisk, 0, say);
    else say.warning('W002', path, `The folder "${name}" is not the content directory.`);
  }
  const hasContent = entries.some((e) => e.kind === 'folder' && e.name === root.contentDirectory);
  if (!hasContent && holdsContent(root, version))
    say.error('E016', version, `The version has files, and no folder ${root.contentDirectory} for them.`);
  const loose = file?.loose;
  if (!loose) return file;
  const where = `${version}/inventory.json`;
  if (loose.head !== null && loose.head !== version)
    say.error('E040', where, `The inventory in ${version} has the head ${loose.head}.`);
  if (loose.id !== null && root.id !== null && loose.id !== root.id) {
    say.error('E037', where, 'The id is not that of the object.');
    if (root.spec === '1.1') say.error('E110', where, 'The id changed between versions.');
  }
  if (loose.contentDirectory !== root.contentDirectory) {
    say.error('E019', where, 'contentDirectory is not the same in all versions.');
    if (versionNumber(version) !== 1) say.error('E020', where, 'contentDirectory changed between versions.');
  }
  return file;
}

import { Refusal } from '#kernel/errors';
import type { SpecVersion } from './inventory.ts';
import { defaultLayout, type Layout, layoutDescriptions, type PathOf, pathsOf } from './layouts.ts';
import type { Store, StoreReader } from './storage.ts';
import { parseJson } from './validate/readInventoryFile.ts';

const json = (value: unknown) => Buffer.from(`${JSON.stringify(value, null, 2)}\n`, 'utf8');

/**
 * Makes a folder an OCFL storage root, 1.1 unless told otherwise: layout, its settings, and the declaration last, so that one that was
 * interrupted is finished by the next call. A root that is there already, with this layout, is left as it is, whatever
 * its version.
 *
 * @throws Refusal `ocfl.notEmpty` when other things lie there, `ocfl.rootDiffers` when it has another layout.
 */
export async function createStorageRoot(
  store: Store,
  layout: Layout = defaultLayout,
  spec: SpecVersion = '1.1',
): Promise<void> {
  pathsOf(layout);
  const names = ((await store.list('')) ?? []).map((e) => e.name);
  const ours = new Set(['ocfl_layout.json', 'extensions']);
  const isRoot = names.some((n) => n.startsWith('0=ocfl_'));
  if (!isRoot && names.some((n) => !ours.has(n) && !n.startsWith('.')))
    throw new Refusal('ocfl.notEmpty', 'The storage folder holds other things; give an empty one.');
  const description = layoutDescriptions[layout.extension] ?? '';
  await store.createRootFile(
    `extensions/${layout.extension}/config.json`,
    json({ extensionName: layout.extension, ...layout.config }),
  );
  await store.createRootFile('ocfl_layout.json', json({ extension: layout.extension, description }));
  if (!isRoot) await store.createRootFile(`0=ocfl_${spec}`, Buffer.from(`ocfl_${spec}\n`));
}

async function readObjectFile(store: StoreReader, path: string): Promise<Record<string, unknown> | null> {
  const bytes = await store.readAll(path, 1024 * 1024);
  const value = bytes === null ? null : parseJson(bytes);
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : null;
}

export interface StorageRoot {
  /** What it declares: new objects in it are of that version, as none may be of a later one. */
  readonly spec: SpecVersion;
  readonly pathOf: PathOf;
}

/**
 * Reads where a storage root keeps its objects.
 *
 * @throws Refusal `ocfl.noRoot` or `ocfl.badLayout`
 */
export async function readStorageRoot(store: StoreReader): Promise<StorageRoot> {
  const versions = ['1.1', '1.0'] as const;
  const sizes = await Promise.all(versions.map((v) => store.sizeOf(`0=ocfl_${v}`)));
  const spec = versions.find((_, i) => sizes[i] !== null);
  if (spec === undefined)
    throw new Refusal('ocfl.noRoot', 'The storage folder is not an OCFL 1.0 or 1.1 storage root.');
  const layout = await readObjectFile(store, 'ocfl_layout.json');
  if (typeof layout?.extension !== 'string')
    throw new Refusal(
      'ocfl.badLayout',
      'The storage root does not say where its objects lie (ocfl_layout.json).',
    );
  const config = (await readObjectFile(store, `extensions/${layout.extension}/config.json`)) ?? {};
  return { spec, pathOf: pathsOf({ extension: layout.extension, config: config as Layout['config'] }) };
}

import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type DigestName, digestBytes } from '#kernel/checksums';

/** An inventory that a test reaches into at will; what it puts there goes by Object.assign. */
export interface Loose {
  readonly [name: string]: unknown;
  readonly manifest: Readonly<Record<string, unknown>>;
  readonly versions: {
    readonly [name: string]: LooseVersion;
    readonly v1: LooseVersion;
    readonly v2: LooseVersion;
  };
}
interface LooseVersion {
  readonly [name: string]: unknown;
  readonly state: Readonly<Record<string, unknown>>;
}

export const digest = (text: string, name: DigestName = 'sha512'): string =>
  digestBytes(Buffer.from(text), [name]).digests[name] ?? '';

/**
 * An OCFL object in pieces, to be broken in one place: two versions, three files. What is in `inventories` is written
 * with its digest file when the object is placed, the last one also to the object root.
 */
export interface ObjectInPieces {
  spec: '1.0' | '1.1';
  /** Inventory of each version, by its directory. A string is written as it stands. */
  readonly inventories: Map<string, Loose | string>;
  /** That of the object root when it is not to be the newest one; null for none. */
  rootInventory: Loose | null | undefined;
  /** Other files by path; null is an empty folder, an array a symbolic link to its text. */
  readonly files: Map<string, string | null | readonly [string]>;
  /** Digest files that are not to be right, by path; null leaves one out. */
  readonly sidecars: Map<string, string | null>;
}

const user = { name: 'Ann', address: 'mailto:ann@example.org' };

/** A valid object, which the specification finds nothing wrong with. */
export function soundObject(spec: '1.0' | '1.1' = '1.1', id = 'urn:test:object'): ObjectInPieces {
  const [a, a2, b] = [digest('first a'), digest('second a'), digest('b')];
  const facts = { message: 'Made', user };
  const v1 = { created: '2024-01-02T03:04:05Z', ...facts, state: { [a]: ['a.txt'], [b]: ['d/b.txt'] } };
  const v2 = { created: '2024-02-03T04:05:06+08:00', ...facts, state: { [a2]: ['a.txt'], [b]: ['d/b.txt'] } };
  const head = (name: string, manifest: object, versions: object): Loose =>
    JSON.parse(
      JSON.stringify({
        id,
        type: `https://ocfl.io/${spec}/spec/#inventory`,
        digestAlgorithm: 'sha512',
        head: name,
        manifest,
        versions,
      }),
    );
  const first = { [a]: ['v1/content/a.txt'], [b]: ['v1/content/d/b.txt'] };
  return {
    spec,
    inventories: new Map<string, Loose | string>([
      ['v1', head('v1', { ...first }, { v1: structuredClone(v1) })],
      ['v2', head('v2', { ...first, [a2]: ['v2/content/a.txt'] }, { v1, v2 })],
    ]),
    rootInventory: undefined,
    files: new Map([
      [`0=ocfl_object_${spec}`, `ocfl_object_${spec}\n`],
      ['v1/content/a.txt', 'first a'],
      ['v1/content/d/b.txt', 'b'],
      ['v2/content/a.txt', 'second a'],
    ]),
    sidecars: new Map(),
  };
}

/** Writes files into a folder. */
export async function placeFiles(
  folder: string,
  files: ReadonlyMap<string, string | null | readonly [string]>,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [path, content] of files) {
    const full = join(folder, path);
    if (content === null) await mkdir(full, { recursive: true });
    else {
      await mkdir(dirname(full), { recursive: true });
      if (typeof content === 'string') await writeFile(full, content);
      else await symlink(content[0], full);
    }
  }
}

/** Puts an object together in a folder. */
export async function placeObject(folder: string, object: ObjectInPieces): Promise<void> {
  const files = new Map(object.files);
  const put = (path: string, inventory: Loose | string | undefined) => {
    const text = typeof inventory === 'string' ? inventory : `${JSON.stringify(inventory, null, 2)}\n`;
    const named = typeof inventory === 'string' ? 'sha512' : inventory?.digestAlgorithm;
    const algorithm: DigestName = named === 'sha256' ? 'sha256' : 'sha512';
    const sidecar = `${path}.${algorithm}`;
    const said = object.sidecars.get(sidecar);
    files.set(path, text);
    if (said !== null) files.set(sidecar, said ?? `${digest(text, algorithm)} inventory.json\n`);
  };
  for (const [version, inventory] of object.inventories) put(`${version}/inventory.json`, inventory);
  const newest = [...object.inventories.values()].at(-1);
  if (object.rootInventory !== null) put('inventory.json', object.rootInventory ?? newest);
  await placeFiles(folder, files);
}

/** One of the inventories of an object, by its version. */
export function inventoryOf({ inventories }: ObjectInPieces, version: string): Loose {
  const found = inventories.get(version);
  if (found === undefined || typeof found === 'string') throw new Error(`no inventory of ${version}`);
  return found;
}

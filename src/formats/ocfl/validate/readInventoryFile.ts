import { digestBytes } from '#kernel/checksums';
import { type ContentDigest, sidecarName } from '../inventory.ts';
import type { StoreReader } from '../storage.ts';
import { type LooseInventory, readLooseInventory } from './inventoryRules.ts';
import type { Say } from './say.ts';

/** An inventory larger than this is not read (some million files). */
export const INVENTORY_LIMIT = 400 * 1024 * 1024;

export interface InventoryFile {
  /** sha512 of the bytes, to compare two inventory files with. */
  readonly fingerprint: string;
  readonly loose: LooseInventory | null;
}

/** Parses UTF-8 JSON; undefined when it is none. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

const join = (folder: string, name: string) => (folder === '' ? name : `${folder}/${name}`);

async function checkSidecar(
  reader: StoreReader,
  folder: string,
  where: string,
  bytes: Buffer,
  algorithm: ContentDigest,
  names: readonly string[],
  say: Say,
): Promise<void> {
  const name = sidecarName(algorithm);
  const sidecar = await reader.readAll(join(folder, name), 4096);
  if (sidecar === null) {
    say.error('E058', join(where, name), `The inventory has no digest file ${name}.`);
    for (const other of names)
      if (other.startsWith('inventory.json.'))
        say.error(
          'E059',
          join(where, other),
          `${other} is not named by the digest algorithm of the inventory, ${algorithm}.`,
        );
    return;
  }
  const m = /^([0-9A-Fa-f]+)[ \t]+inventory\.json\s*$/.exec(sidecar.toString('utf8'));
  if (!m) {
    say.error('E061', join(where, name), 'The digest file is not of the form "DIGEST inventory.json".');
    return;
  }
  if (m[1]!.toLowerCase() !== digestBytes(bytes, [algorithm]).digests[algorithm])
    say.error('E060', join(where, name), 'The digest file does not hold the digest of the inventory.');
}

/**
 * Reads `inventory.json` of an object root or a version directory with its sidecar, and checks both by themselves.
 *
 * @param names of the files in the folder.
 * @returns null when there is no inventory there (which is not said).
 */
export async function readInventoryFile(
  reader: StoreReader,
  folder: string,
  where: string,
  names: readonly string[],
  say: Say,
): Promise<InventoryFile | null> {
  if (!names.includes('inventory.json')) return null;
  const bytes = await reader.readAll(join(folder, 'inventory.json'), INVENTORY_LIMIT);
  if (bytes === null) return null;
  const path = join(where, 'inventory.json');
  const json = parseJson(bytes);
  if (json === undefined) say.error('E033', path, 'The inventory is not JSON in UTF-8.');
  const loose = json === undefined ? null : readLooseInventory(json, path, say);
  const algorithm = loose?.algorithm ?? guessAlgorithm(names);
  if (algorithm) await checkSidecar(reader, folder, where, bytes, algorithm, names, say);
  else if (!names.some((n) => n.startsWith('inventory.json.')))
    say.error('E058', path, 'The inventory has no digest file.');
  return { fingerprint: digestBytes(bytes, ['sha512']).digests.sha512 ?? '', loose };
}

function guessAlgorithm(names: readonly string[]): ContentDigest | null {
  return (['sha512', 'sha256'] as const).find((a) => names.includes(sidecarName(a))) ?? null;
}

import type { DigestName } from '#kernel/checksums';
import { isRefusal } from '#kernel/errors';
import type { Names } from '../compact/names.ts';
import { type ContentDigest, sidecarName } from '../inventory.ts';
import type { StoreReader } from '../storage.ts';
import type { LooseInventory } from './inventoryRules.ts';
import type { Say } from './say.ts';
import { type ScannedInventory, scanInventoryFile } from './scanInventory.ts';

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

/** What the text of a digest file says; null when it is not of the form DIGEST inventory.json. */
export function readSidecar(text: string): string | null {
  return /^([0-9A-Fa-f]+)[ \t]+inventory\.json\s*$/.exec(text)?.[1]?.toLowerCase() ?? null;
}

async function checkSidecar(
  reader: StoreReader,
  folder: string,
  where: string,
  digest: string | undefined,
  algorithm: ContentDigest,
  names: readonly string[],
  say: Say,
): Promise<void> {
  const name = sidecarName(algorithm);
  const path = join(where, name);
  const sidecar = await reader.readAll(join(folder, name), 64 * 1024).catch(tooLarge);
  if (sidecar === null) {
    say.error('E058', path, `The inventory has no digest file ${name}.`);
    for (const other of names)
      if (other.startsWith('inventory.json.'))
        say.error(
          'E059',
          join(where, other),
          `${other} is not named by the digest algorithm of the inventory, ${algorithm}.`,
        );
    return;
  }
  const said = readSidecar(sidecar.toString('utf8'));
  if (said === null) say.error('E061', path, 'The digest file is not of the form "DIGEST inventory.json".');
  else if (said !== digest)
    say.error('E060', path, 'The digest file does not hold the digest of the inventory.');
}

/** A file too large to be what it is named is not read: its text is then that of no such file. */
function tooLarge(e: unknown): Buffer {
  if (isRefusal(e) && e.code === 'ocfl.tooLarge') return Buffer.alloc(0);
  throw e;
}

/**
 * Reads `inventory.json` of an object root or a version directory with its sidecar, and checks both by themselves.
 *
 * @param files of the folder, by name.
 * @param same an inventory that this may be a copy of: then it is not judged a second time.
 * @returns null when there is no inventory there (which is not said).
 */
export async function readInventoryFile(
  reader: StoreReader,
  folder: string,
  where: string,
  files: readonly string[],
  say: Say,
  names: Names,
  same?: InventoryFile,
): Promise<InventoryFile | null> {
  if (!files.includes('inventory.json')) return null;
  const full = join(folder, 'inventory.json');
  const path = join(where, 'inventory.json');
  const wanted: DigestName[] = ['sha512'];
  if (files.includes(sidecarName('sha256'))) wanted.push('sha256');
  let found: ScannedInventory | null = null;
  const copy = same ? await reader.digest(full, wanted) : null;
  if (same && copy?.digests.sha512 === same.fingerprint) found = { loose: same.loose, ...copy };
  else
    try {
      found = await scanInventoryFile(reader, full, path, wanted, say, names);
    } catch (e) {
      if (!(isRefusal(e) && e.code === 'ocfl.tooLarge')) throw e;
      say.error('tooLarge', path, e.message);
    }
  if (found === null) return null;
  const { loose, digests } = found;
  const algorithm = loose?.algorithm ?? guessAlgorithm(files);
  if (algorithm) await checkSidecar(reader, folder, where, digests[algorithm], algorithm, files, say);
  else if (!files.some((n) => n.startsWith('inventory.json.')))
    say.error('E058', path, 'The inventory has no digest file.');
  return { fingerprint: digests.sha512 ?? '', loose };
}

function guessAlgorithm(files: readonly string[]): ContentDigest | null {
  return (['sha512', 'sha256'] as const).find((a) => files.includes(sidecarName(a))) ?? null;
}

import {
  type Inventory,
  type ObjectReport,
  readInventory,
  type StoreReader,
  validateObject,
} from '#formats/ocfl';
import { type Finding, isRefusal } from '#kernel/errors';

/** What reading an object through came to; only plain values, so that a thread can send it. */
export interface Examined {
  /** There is an object at all. */
  present: boolean;
  /** The id its inventory has. */
  id: string | null;
  head: string | null;
  /** sha512 of the inventory. */
  inventoryDigest: string | null;
  /** sha512 of each version's own inventory, by version: what the object was. */
  earlier: Record<string, string>;
  /** Errors; none when the object is all it says it is. At most some. */
  findings: Finding[];
  files: number;
  bytes: number;
}

export interface Share {
  /** Which share of the files to digest, from 0. */
  index: number;
  of: number;
}

const MOST_FINDINGS = 50;
const AT_ONCE = 4;

const join = (folder: string, name: string) => (folder === '' ? name : `${folder}/${name}`);

/**
 * Reads one object through: inventory, sidecars, that each file of the manifest is there and no other, and the digest of
 * every one of its bytes.
 *
 * @param share of a large object, for several threads; structure is looked at by the first alone
 */
export async function examine(
  reader: StoreReader,
  path: string,
  share: Share = { index: 0, of: 1 },
): Promise<Examined> {
  const examined: Examined = {
    present: true,
    id: null,
    head: null,
    inventoryDigest: null,
    earlier: {},
    findings: [],
    files: 0,
    bytes: 0,
  };
  let structure: ObjectReport | null = null;
  if (share.index === 0) {
    structure = await validateObject(reader, path, { content: false });
    examined.findings.push(
      ...structure.findings.filter((f) => f.severity === 'error').slice(0, MOST_FINDINGS),
    );
  }
  const read = examined.findings.length === 0 ? (structure?.read ?? null) : null;
  const { head, algorithm } = read?.inventory ?? {};
  if (read && head && algorithm) {
    // All of it was read just now and found proper.
    Object.assign(examined, { id: read.inventory.id, head, inventoryDigest: read.sha512 });
    examined.earlier = Object.fromEntries(read.earlier);
    const { manifest } = read.inventory;
    await digestContent(reader, path, { manifest, digestAlgorithm: algorithm }, share, examined);
    return examined;
  }
  const entries = await reader.list(path);
  if (entries === null || entries.length === 0) return { ...examined, present: false, findings: [] };
  const sha512 = async (file: string) =>
    (await reader.digest(join(path, file), ['sha512']))?.digests.sha512 ?? null;
  examined.inventoryDigest = await sha512('inventory.json');
  let inventory: Inventory;
  try {
    const read = await readInventory(reader, path);
    if (read === null) return examined;
    inventory = read.inventory;
  } catch (e) {
    if (!isRefusal(e)) throw e;
    if (examined.findings.length === 0)
      examined.findings.push({ code: e.code, severity: 'error', path: 'inventory.json', message: e.message });
    return examined;
  }
  examined.id = inventory.id;
  examined.head = inventory.head;
  if (share.index === 0)
    for (const version of inventory.versions.keys()) {
      const own = await sha512(`${version}/inventory.json`);
      if (own) examined.earlier[version] = own;
    }
  await digestContent(reader, path, inventory, share, examined);
  return examined;
}

async function digestContent(
  reader: StoreReader,
  path: string,
  { manifest, digestAlgorithm }: Pick<Inventory, 'manifest' | 'digestAlgorithm'>,
  share: Share,
  examined: Examined,
): Promise<void> {
  const missing = new Set(examined.findings.filter((f) => f.code === 'E092').map((f) => f.path));
  const files = manifest.entries();
  let index = -1;
  const worker = async () => {
    for (const [file, digest] of files) {
      index++;
      if (index % share.of !== share.index) continue;
      const found = await reader.digest(join(path, file), [digestAlgorithm]);
      examined.files++;
      examined.bytes += found?.size ?? 0;
      if (found?.digests[digestAlgorithm] === digest || examined.findings.length >= MOST_FINDINGS) continue;
      if (found === null && missing.has(file)) continue;
      examined.findings.push({
        code: 'E092',
        severity: 'error',
        path: file,
        message: found
          ? `The ${digestAlgorithm} digest of the file is not the one in the manifest.`
          : 'The manifest names a file that is not there.',
      });
    }
  };
  await Promise.all(Array.from({ length: share.of === 1 ? AT_ONCE : 1 }, worker));
}

/** Puts the shares of one object together. */
export function together(shares: readonly Examined[]): Examined {
  const [first, ...others] = shares;
  const all: Examined = { ...first!, findings: [...first!.findings] };
  for (const one of others) {
    all.findings.push(...one.findings.filter((f) => !all.findings.some((g) => g.path === f.path)));
    all.files += one.files;
    all.bytes += one.bytes;
  }
  return { ...all, findings: all.findings.slice(0, MOST_FINDINGS) };
}

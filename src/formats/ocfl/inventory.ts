import type { DigestName } from '#kernel/checksums';

/** Digests OCFL addresses content by. */
export type ContentDigest = 'sha512' | 'sha256';

export type SpecVersion = '1.0' | '1.1';

/** Who made a version. `address` is a URI (`mailto:`, `https:` …). */
export interface OcflUser {
  readonly name: string;
  readonly address?: string;
}

/** One version of an object: which logical paths it has, by digest. */
export interface InventoryVersion {
  readonly created: string;
  readonly message?: string;
  readonly user?: OcflUser;
  /** Logical path to content digest. */
  readonly state: ReadonlyMap<string, string>;
}

/** An inventory in memory. Digests are lower case, maps go from path to digest. */
export interface Inventory {
  readonly id: string;
  readonly spec: SpecVersion;
  readonly digestAlgorithm: ContentDigest;
  readonly head: string;
  readonly contentDirectory: string;
  /** Content path (`v1/content/pages/0001.jpg`) to digest. */
  readonly manifest: ReadonlyMap<string, string>;
  readonly versions: ReadonlyMap<string, InventoryVersion>;
  /** Further digests: algorithm, then content path to value. */
  readonly fixity: ReadonlyMap<DigestName | string, ReadonlyMap<string, string>>;
}

export const inventoryType = (spec: SpecVersion): string => `https://ocfl.io/${spec}/spec/#inventory`;
export const sidecarName = (algorithm: ContentDigest): string => `inventory.json.${algorithm}`;
export const sidecarText = (digest: string): string => `${digest} inventory.json\n`;

/** Digest to paths, as inventories write it; in the order of the paths, so that equal inventories have equal bytes. */
function byDigest(paths: ReadonlyMap<string, string>): Record<string, string[]> {
  const grouped = new Map<string, string[]>();
  for (const [path, digest] of [...paths].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) {
    const group = grouped.get(digest);
    if (group) group.push(path);
    else grouped.set(digest, [path]);
  }
  return Object.fromEntries(grouped);
}

/** The bytes of `inventory.json`: indented, for a person with a text editor. */
export function writeInventory(inventory: Inventory): Buffer {
  const versions = [...inventory.versions].map(([name, v]) => [
    name,
    { created: v.created, message: v.message, user: v.user, state: byDigest(v.state) },
  ]);
  const fixity = [...inventory.fixity].map(([name, values]) => [name, byDigest(values)]);
  const json = {
    id: inventory.id,
    type: inventoryType(inventory.spec),
    digestAlgorithm: inventory.digestAlgorithm,
    head: inventory.head,
    ...(inventory.contentDirectory === 'content' ? {} : { contentDirectory: inventory.contentDirectory }),
    manifest: byDigest(inventory.manifest),
    versions: Object.fromEntries(versions),
    ...(fixity.length > 0 ? { fixity: Object.fromEntries(fixity) } : {}),
  };
  return Buffer.from(`${JSON.stringify(json, null, 2)}\n`, 'utf8');
}

/** Number of a version directory name (`v3`, `v0003` → 3); null when it is none. */
export function versionNumber(name: string): number | null {
  const m = /^v(\d{1,15})$/.exec(name);
  const n = m ? Number(m[1]) : 0;
  return n > 0 ? n : null;
}

/** The name after the head, in the same convention (`v0009` → `v0010`). Null when zero padding leaves no room. */
export function nextVersion(head: string): string | null {
  const n = versionNumber(head);
  if (n === null) return null;
  if (!head.startsWith('v0')) return `v${n + 1}`;
  const next = `v${String(n + 1).padStart(head.length - 1, '0')}`;
  return next.length === head.length && next.startsWith('v0') ? next : null;
}

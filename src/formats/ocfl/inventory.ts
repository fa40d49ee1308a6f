import type { DigestName } from '#kernel/checksums';
import { numbered } from './compact/maps.ts';

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

/** Digests with their paths, in the order of the paths, so that equal inventories have equal bytes. */
function* byDigest(entries: ReadonlyMap<string, string>): Generator<{ digest: string; paths: string[] }> {
  const all = numbered(entries);
  const { names } = all;
  const sorted = [...all.keys()].sort();
  const digests = Uint32Array.from(sorted, (path) => all.digestOf(names.find(path)!));
  // Where the next path of the same digest stands, and by digest where its last one was met: all in places plus one.
  const next = new Uint32Array(sorted.length);
  const last = new Uint32Array(names.size);
  const follows = new Uint8Array(sorted.length);
  for (const [i, digest] of digests.entries()) {
    const before = last[digest]!;
    if (before > 0) {
      next[before - 1] = i + 1;
      follows[i] = 1;
    }
    last[digest] = i + 1;
  }
  for (const [i, digest] of digests.entries()) {
    if (follows[i] === 1) continue;
    const paths = [];
    for (let at = i + 1; at > 0; at = next[at - 1]!) paths.push(sorted[at - 1]!);
    yield { digest: names.textOf(digest), paths };
  }
}

function* blockText(entries: ReadonlyMap<string, string>, indent: string): Generator<string> {
  let begun = false;
  for (const { digest, paths } of byDigest(entries)) {
    const lines = paths.map((path) => `\n${indent}    ${JSON.stringify(path)}`).join(',');
    yield `${begun ? ',' : '{'}\n${indent}  ${JSON.stringify(digest)}: [${lines}\n${indent}  ]`;
    begun = true;
  }
  yield begun ? `\n${indent}}` : '{}';
}

/** A value in the place of a member, as JSON.stringify indents it there. */
const member = (name: string, value: unknown, indent: string) =>
  `${indent}${JSON.stringify(name)}: ${JSON.stringify(value, null, 2).replaceAll('\n', `\n${indent}`)}`;

function* inventoryText(inventory: Inventory): Generator<string> {
  yield '{\n';
  for (const [name, value] of Object.entries({
    id: inventory.id,
    type: inventoryType(inventory.spec),
    digestAlgorithm: inventory.digestAlgorithm,
    head: inventory.head,
    ...(inventory.contentDirectory === 'content' ? {} : { contentDirectory: inventory.contentDirectory }),
  }))
    yield `${member(name, value, '  ')},\n`;
  yield '  "manifest": ';
  yield* blockText(inventory.manifest, '  ');
  yield ',\n  "versions": {';
  let begun = false;
  for (const [name, v] of inventory.versions) {
    yield `${begun ? ',' : ''}\n    ${JSON.stringify(name)}: {\n`;
    begun = true;
    for (const key of ['created', 'message', 'user'] as const)
      if (v[key] !== undefined) yield `${member(key, v[key], '      ')},\n`;
    yield '      "state": ';
    yield* blockText(v.state, '      ');
    yield '\n    }';
  }
  yield begun ? '\n  }' : '}';
  if (inventory.fixity.size > 0) {
    yield ',\n  "fixity": {';
    let first = true;
    for (const [name, values] of inventory.fixity) {
      yield `${first ? '' : ','}\n    ${JSON.stringify(name)}: `;
      first = false;
      yield* blockText(values, '    ');
    }
    yield '\n  }';
  }
  yield '\n}\n';
}

const PIECE = 64 * 1024;

/**
 * The bytes of `inventory.json`, indented, for a person with a text editor; in pieces, so that no text of the whole is
 * ever in memory.
 */
export function* inventoryChunks(inventory: Inventory): Generator<Buffer> {
  let text = '';
  for (const part of inventoryText(inventory)) {
    text += part;
    if (text.length < PIECE) continue;
    yield Buffer.from(text, 'utf8');
    text = '';
  }
  if (text !== '') yield Buffer.from(text, 'utf8');
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

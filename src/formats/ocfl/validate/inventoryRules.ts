import { digestNames } from '#kernel/checksums';
import { type ContentDigest, type SpecVersion, versionNumber } from '../inventory.ts';
import { checkConflicts, checkPath, contentPathCodes, logicalPathCodes } from './pathRules.ts';
import type { Say } from './say.ts';
import { checkVersionNames } from './versionNames.ts';

/** A version as far as it could be read. */
export interface LooseVersion {
  /** created, message and user as JSON text, to compare between inventories. */
  readonly facts: Readonly<Record<'created' | 'message' | 'user', string>>;
  readonly created: unknown;
  readonly message: unknown;
  readonly user: unknown;
  /** Logical path to digest, lower case. */
  readonly state: ReadonlyMap<string, string>;
  /** The digests the state names, lower case; null when it could not be read. */
  readonly digests: ReadonlySet<string> | null;
}

/** An inventory as far as it could be read; what is missing or wrong has been said. */
export interface LooseInventory {
  readonly id: string | null;
  readonly spec: SpecVersion | null;
  readonly algorithm: ContentDigest | null;
  readonly head: string | null;
  readonly contentDirectory: string;
  readonly manifest: ReadonlyMap<string, string>;
  readonly versions: ReadonlyMap<string, LooseVersion>;
  readonly fixity: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

type Json = Record<string, unknown>;
const isObject = (x: unknown): x is Json => typeof x === 'object' && x !== null && !Array.isArray(x);
const isStrings = (x: unknown): x is string[] => Array.isArray(x) && x.every((s) => typeof s === 'string');

const KEYS = new Set([
  'id',
  'type',
  'digestAlgorithm',
  'head',
  'contentDirectory',
  'manifest',
  'versions',
  'fixity',
]);
const VERSION_KEYS = new Set(['created', 'state', 'message', 'user']);
/** The specification's vocabulary, its digest extensions (0001, 0009), and SM3 as this project documents it. */
const FIXITY_NAMES = new Set<string>([...digestNames, 'blake2b-160', 'blake2b-256', 'blake2b-384', 'size']);
const URI = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+$/;
const RFC3339 =
  /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
const FACTS = ['created', 'message', 'user'] as const;

/** Digest to paths, turned round; says what is wrong with digests and paths. */
function readBlock(
  block: Json,
  where: string,
  codes: { array: string; twice: string },
  say: Say,
): Map<string, string> {
  const byPath = new Map<string, string>();
  const seen = new Set<string>();
  const paths: string[] = [];
  for (const [key, value] of Object.entries(block)) {
    const digest = key.toLowerCase();
    const twice = seen.has(digest);
    if (twice) say.error(codes.twice, where, `The digest ${key} stands twice.`);
    seen.add(digest);
    if (!isStrings(value)) {
      say.error(codes.array, where, `The digest ${key} has no list of paths.`);
      continue;
    }
    for (const path of value) {
      checkPath(path, contentPathCodes, where, say);
      if (!(twice && byPath.get(path) === digest)) paths.push(path);
      byPath.set(path, digest);
    }
  }
  checkConflicts(paths, contentPathCodes, where, say);
  return byPath;
}

function readContentDirectory(value: unknown, where: string, say: Say): string {
  if (value === undefined) return 'content';
  if (typeof value !== 'string' || value === '') {
    say.error('E108', where, 'contentDirectory does not name a folder.');
    return 'content';
  }
  if (value.includes('/')) say.error('E017', where, 'contentDirectory has a slash in it.');
  if (value === '.' || value === '..') say.error('E018', where, 'contentDirectory is "." or "..".');
  return value;
}

function checkUser(user: unknown, where: string, say: Say): void {
  if (!isObject(user) || typeof user.name !== 'string' || user.name === '') {
    say.error('E054', where, 'The user has no name.');
    return;
  }
  for (const key of Object.keys(user))
    if (key !== 'name' && key !== 'address') say.error('E102', where, `The user has the unknown key ${key}.`);
  if (user.address === undefined) say.warning('W008', where, 'The user has no address.');
  else if (typeof user.address !== 'string' || !URI.test(user.address))
    say.warning('W009', where, 'The address of the user is not a URI.');
}

function readState(
  state: unknown,
  manifestKeys: ReadonlySet<string>,
  where: string,
  say: Say,
): Map<string, string> {
  const byPath = new Map<string, string>();
  if (!isObject(state)) {
    if (state !== undefined) say.error('E050', where, 'The state is not a JSON object.');
    return byPath;
  }
  const paths: string[] = [];
  for (const [digest, value] of Object.entries(state)) {
    if (!manifestKeys.has(digest))
      say.error('E050', where, `The digest ${digest} of the state is not in the manifest.`);
    if (!isStrings(value)) {
      say.error('E051', where, `The digest ${digest} of the state has no list of paths.`);
      continue;
    }
    for (const path of value) {
      checkPath(path, logicalPathCodes, where, say);
      paths.push(path);
      byPath.set(path, digest.toLowerCase());
    }
  }
  checkConflicts(paths, logicalPathCodes, where, say);
  return byPath;
}

function readVersion(
  version: unknown,
  manifestKeys: ReadonlySet<string>,
  where: string,
  say: Say,
): LooseVersion {
  const v = isObject(version) ? version : {};
  if (!isObject(version)) say.error('E047', where, 'The version is not a JSON object.');
  else {
    for (const key of Object.keys(v))
      if (!VERSION_KEYS.has(key)) say.error('E102', where, `The version has the unknown key ${key}.`);
    for (const key of ['created', 'state'])
      if (v[key] === undefined) say.error('E048', where, `The version has no ${key}.`);
    if (v.created !== undefined && (typeof v.created !== 'string' || !RFC3339.test(v.created)))
      say.error('E049', where, 'created is not a date and time of RFC 3339 with seconds and time zone.');
    if (v.message === undefined || v.user === undefined)
      say.warning('W007', where, 'The version lacks message or user.');
    if (v.message !== undefined && typeof v.message !== 'string')
      say.error('E094', where, 'The message is not a string.');
    if (v.user !== undefined) checkUser(v.user, where, say);
  }
  const facts = Object.fromEntries(FACTS.map((k) => [k, canonicalJson(v[k])])) as Record<
    (typeof FACTS)[number],
    string
  >;
  return {
    facts,
    created: v.created,
    message: v.message,
    user: v.user,
    state: readState(v.state, manifestKeys, where, say),
    digests: isObject(v.state) ? new Set(Object.keys(v.state).map((d) => d.toLowerCase())) : null,
  };
}

/** JSON with sorted keys: two objects that say the same have the same text. */
function canonicalJson(value: unknown): string {
  return (
    JSON.stringify(value, (_, x: unknown) =>
      isObject(x) ? Object.fromEntries(Object.entries(x).sort()) : x,
    ) ?? ''
  );
}

function readFixity(
  value: unknown,
  spec: SpecVersion | null,
  where: string,
  say: Say,
): Map<string, Map<string, string>> {
  const fixity = new Map<string, Map<string, string>>();
  if (value === undefined) return fixity;
  if (!isObject(value)) {
    say.error(spec === '1.0' ? 'E056' : 'E111', where, 'The fixity block is not a JSON object.');
    return fixity;
  }
  for (const [name, block] of Object.entries(value)) {
    const at = `${where}#fixity/${name}`;
    if (!FIXITY_NAMES.has(name))
      say.error('E056', at, `${name} is not a digest algorithm of the specification or its extensions.`);
    if (isObject(block)) fixity.set(name, readBlock(block, at, { array: 'E057', twice: 'E097' }, say));
    else say.error('E057', at, `The fixity block of ${name} is not a JSON object.`);
  }
  return fixity;
}

function readType(value: unknown, where: string, say: Say): SpecVersion | null {
  const m =
    typeof value === 'string' ? /^https:\/\/ocfl\.io\/(1\.[01])\/spec\/#inventory$/.exec(value) : null;
  if (!m && value !== undefined)
    say.error('E038', where, 'The type is not the inventory of OCFL 1.0 or 1.1.');
  return m ? (m[1] as SpecVersion) : null;
}

/** Content paths begin with a version directory as it is named, and the content directory. */
function checkContentPaths(
  manifest: ReadonlyMap<string, string>,
  versions: ReadonlySet<string>,
  contentDirectory: string,
  where: string,
  say: Say,
): void {
  for (const path of manifest.keys()) {
    const [version, folder, name] = path.split('/', 3);
    if (path.startsWith('/') || (versions.has(version ?? '') && folder === contentDirectory && name))
      continue;
    if (path.split('/').some((p) => p === '.' || p === '..' || p === '')) continue;
    const code =
      versionNumber(version ?? '') !== null && !versions.has(version!) && versions.size > 0 ? 'E014' : 'E042';
    say.error('E042', where, `The content path "${path}" is not in the content directory of a version.`);
    if (code === 'E014') say.error('E014', where, `"${version}" is no version directory of this object.`);
  }
}

/** Every digest of the manifest is used by some version; not judged where a state could not be read. */
function checkUnused(
  manifestKeys: ReadonlySet<string>,
  versions: readonly LooseVersion[],
  where: string,
  say: Say,
): void {
  const used = new Set<string>();
  for (const { digests } of versions) {
    if (digests === null) return;
    for (const digest of digests) used.add(digest);
  }
  for (const digest of manifestKeys)
    if (!used.has(digest.toLowerCase()))
      say.error('E107', where, `The digest ${digest} of the manifest is in no version.`);
}

/** Checks an inventory by itself: structure, keys, values, paths. Says every breach; returns what could be read. */
export function readLooseInventory(json: unknown, where: string, say: Say): LooseInventory | null {
  if (!isObject(json)) {
    say.error('E033', where, 'The inventory is not a JSON object.');
    return null;
  }
  for (const key of Object.keys(json))
    if (!KEYS.has(key)) say.error('E102', where, `The inventory has the unknown key ${key}.`);
  for (const key of ['id', 'type', 'digestAlgorithm', 'head'])
    if (json[key] === undefined) say.error('E036', where, `The inventory has no ${key}.`);
  const id = typeof json.id === 'string' && json.id !== '' ? json.id : null;
  if (json.id !== undefined && id === null) say.error('E037', where, 'The id is not a string, or empty.');
  if (id !== null && !URI.test(id)) say.warning('W005', where, 'The id is not a URI.');
  const spec = readType(json.type, where, say);
  const algorithm =
    json.digestAlgorithm === 'sha512' || json.digestAlgorithm === 'sha256' ? json.digestAlgorithm : null;
  if (algorithm === null && json.digestAlgorithm !== undefined)
    say.error('E025', where, 'digestAlgorithm is neither sha512 nor sha256.');
  if (algorithm === 'sha256') say.warning('W004', where, 'The inventory uses sha256; sha512 is recommended.');
  const contentDirectory = readContentDirectory(json.contentDirectory, where, say);

  for (const key of ['manifest', 'versions'])
    if (json[key] === undefined) say.error('E041', where, `The inventory has no ${key}.`);
  if (json.versions === undefined) say.error('E043', where, 'The inventory has no block of versions.');
  if (json.manifest !== undefined && !isObject(json.manifest))
    say.error('E106', where, 'The manifest is not a JSON object.');
  if (json.versions !== undefined && !isObject(json.versions))
    say.error('E044', where, 'versions is not a JSON object.');
  const manifestBlock = isObject(json.manifest) ? json.manifest : {};
  const manifest = readBlock(manifestBlock, where, { array: 'E092', twice: 'E096' }, say);
  const manifestKeys = new Set(Object.keys(manifestBlock));

  const versions = new Map<string, LooseVersion>();
  for (const [name, version] of Object.entries(isObject(json.versions) ? json.versions : {}))
    versions.set(name, readVersion(version, manifestKeys, `${where}#${name}`, say));
  const head = typeof json.head === 'string' ? json.head : null;
  if (isObject(json.versions)) checkVersionNames([...versions.keys()], json.head, where, say);
  checkContentPaths(manifest, new Set(versions.keys()), contentDirectory, where, say);

  checkUnused(manifestKeys, [...versions.values()], where, say);
  const fixity = readFixity(json.fixity, spec, where, say);
  return { id, spec, algorithm, head, contentDirectory, manifest, versions, fixity };
}

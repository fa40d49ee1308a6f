import { digestNames } from '#kernel/checksums';
import { createMarks, type Names } from '../compact/names.ts';
import { type ContentDigest, type SpecVersion, versionNumber } from '../inventory.ts';
import { ignoring, type JsonSink, keeping } from '../json/sink.ts';
import { type Block, type BlockCodes, blockSink, checkForm } from './blocks.ts';
import { contentPathCodes } from './pathRules.ts';
import type { Say } from './say.ts';
import { checkVersionNames } from './versionNames.ts';
import { canonicalJson, type RawVersion, URI, versionSink } from './versionRules.ts';

/** A version as far as it could be read. */
export interface LooseVersion {
  /** created, message and user as JSON text, to compare between inventories. */
  readonly facts: Readonly<Record<'created' | 'message' | 'user', string>>;
  readonly created: unknown;
  readonly message: unknown;
  readonly user: unknown;
  /** Logical path to digest, lower case. */
  readonly state: ReadonlyMap<string, string>;
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

const KEYS = new Set(['id', 'type', 'digestAlgorithm', 'head', 'contentDirectory', 'manifest', 'versions', 'fixity']); // biome-ignore format: one row
/** The specification's vocabulary, its digest extensions (0001, 0009), and SM3 as this project documents it. */
const FIXITY_NAMES = new Set<string>([...digestNames, 'blake2b-160', 'blake2b-256', 'blake2b-384', 'size']);
/** Codes for fixity values that are not hexadecimal or not as long as they are; other algorithms have none. */
const FORM_CODES: Readonly<Record<string, string>> = { sha1: 'E029', sha256: 'E030', sha512: 'E031', 'blake2b-512': 'E032' }; // biome-ignore format: one row
const manifestCodes: BlockCodes = { list: 'E092', twice: 'E096', anyCase: true, paths: contentPathCodes };
const fixityCodes: BlockCodes = { list: 'E057', twice: 'E097', anyCase: true, paths: contentPathCodes };
const NO_BLOCK: Block = { byPath: new Map(), digests: [] };

/** What stands where a JSON object belongs. */
type Standing = 'absent' | 'wrong' | 'object';

/** The parts of an inventory as they come, in whatever order. */
interface Raw {
  top: Standing;
  readonly values: Map<string, unknown>;
  manifest: Standing;
  versions: Standing;
  fixity: Standing;
  manifestBlock: Block;
  readonly versionBlocks: Map<string, RawVersion>;
  readonly fixityBlocks: Map<string, Block>;
}

/** An object whose every member is an object, taken by `member`; `wrong` is told of those that are not. */
function objectOfObjects(
  member: (name: string) => JsonSink,
  wrong: (name: string) => void,
  twice: (name: string) => void,
): JsonSink {
  const seen = new Set<string>();
  let at = '';
  return {
    name(name) {
      at = name;
      if (seen.has(name)) twice(name);
      seen.add(name);
    },
    scalar: () => wrong(at),
    object: () => member(at),
    array() {
      wrong(at);
      return ignoring;
    },
    end: () => {},
  };
}

function topSink(raw: Raw, names: Names, where: string, say: Say): JsonSink {
  const seen = new Set<string>();
  const twice = (name: string) => say.error('E033', where, `"${name}" stands twice.`);
  const versions = objectOfObjects(
    (name) => versionSink(names, `${where}#${name}`, say, (v) => raw.versionBlocks.set(name, v)),
    (name) => {
      say.error('E047', `${where}#${name}`, 'The version is not a JSON object.');
      raw.versionBlocks.set(name, { values: new Map(), state: null });
    },
    twice,
  );
  const fixity = objectOfObjects(
    (name) =>
      blockSink(names, fixityCodes, `${where}#fixity/${name}`, say, (b) => raw.fixityBlocks.set(name, b)),
    (name) =>
      say.error('E057', `${where}#fixity/${name}`, `The fixity block of ${name} is not a JSON object.`),
    twice,
  );
  const manifest = blockSink(names, manifestCodes, where, say, (b) => {
    raw.manifestBlock = b;
  });
  const blocks = { manifest, versions, fixity };
  let at = '';
  const isBlock = (name: string): name is keyof typeof blocks => Object.hasOwn(blocks, name);
  const part = (kind: 'object' | 'array') => {
    if (isBlock(at)) {
      raw[at] = kind === 'object' ? 'object' : 'wrong';
      return kind === 'object' ? blocks[at] : ignoring;
    }
    return KEYS.has(at) ? keeping(kind, (value) => raw.values.set(at, value), twice) : ignoring;
  };
  return {
    name(name) {
      at = name;
      if (seen.has(name)) twice(name);
      else if (!KEYS.has(name)) say.error('E102', where, `The inventory has the unknown key ${name}.`);
      seen.add(name);
    },
    scalar(value) {
      if (isBlock(at)) raw[at] = 'wrong';
      else if (KEYS.has(at)) raw.values.set(at, value);
    },
    object: () => part('object'),
    array: () => part('array'),
    end: () => {},
  };
}

function readContentDirectory(value: unknown, where: string, say: Say): string {
  if (value === undefined) return 'content';
  if (typeof value !== 'string' || value === '') {
    say.error('E108', where, 'contentDirectory does not name a folder.');
    return 'content';
  }
  if (value.includes('/')) {
    say.error('E017', where, 'contentDirectory has a slash in it.');
    say.error('E108', where, 'contentDirectory is no folder directly in a version directory.');
  }
  if (value === '.' || value === '..') say.error('E018', where, 'contentDirectory is "." or "..".');
  return value;
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
  versions: ReadonlyMap<string, unknown>,
  contentDirectory: string,
  isSet: boolean,
  where: string,
  say: Say,
): void {
  for (const path of manifest.keys()) {
    const [version = '', folder, name] = path.split('/', 3);
    if (path.startsWith('/') || (versions.has(version) && folder === contentDirectory && name)) continue;
    if (path.split('/').some((p) => p === '.' || p === '..' || p === '')) continue;
    say.error('E042', where, `The content path "${path}" is not in the content directory of a version.`);
    if (!path.includes('/') && path.includes('\\'))
      say.error('E035', where, `The content path "${path}" is not separated by "/".`);
    if (!isSet && versions.has(version) && name)
      say.error('E021', where, `The content directory of "${path}" is not "content", and no other is set.`);
    if (versionNumber(version) !== null && !versions.has(version) && versions.size > 0)
      say.error('E014', where, `"${version}" is no version directory of this object.`);
  }
}

/**
 * Every digest of a state is in the manifest, in the same letters, and every digest of the manifest in some state. The
 * second is not judged where a state could not be read.
 */
function checkDigests(raw: Raw, names: Names, where: string, say: Say): void {
  const written = createMarks();
  for (const number of raw.manifestBlock.digests) written.add(number);
  const used = createMarks();
  for (const [name, { state }] of raw.versionBlocks)
    for (const number of state?.digests ?? []) {
      const digest = names.textOf(number);
      used.add(names.numberOf(digest.toLowerCase()));
      if (!written.has(number))
        say.error('E050', `${where}#${name}`, `The digest ${digest} of the state is not in the manifest.`);
    }
  if ([...raw.versionBlocks.values()].some((v) => v.state === null)) return;
  const told = createMarks();
  for (const number of raw.manifestBlock.digests) {
    const digest = names.textOf(number);
    if (used.has(names.numberOf(digest.toLowerCase())) || told.has(number)) continue;
    told.add(number);
    say.error('E107', where, `The digest ${digest} of the manifest is in no version.`);
  }
}

function checkFixity(raw: Raw, spec: SpecVersion | null, where: string, names: Names, say: Say): void {
  if (raw.fixity === 'wrong')
    say.error(spec === '1.0' ? 'E056' : 'E111', where, 'The fixity block is not a JSON object.');
  for (const [name, block] of raw.fixityBlocks) {
    const at = `${where}#fixity/${name}`;
    if (!FIXITY_NAMES.has(name))
      say.error('E056', at, `${name} is not a digest algorithm of the specification or its extensions.`);
    const code = FORM_CODES[name];
    if (code) checkForm(block, name, code, at, names, say);
  }
}

function looseVersion({ values, state }: RawVersion): LooseVersion {
  const [created, message, user] = ['created', 'message', 'user'].map((key) => values.get(key));
  const facts = {
    created: canonicalJson(created),
    message: canonicalJson(message),
    user: canonicalJson(user),
  };
  return { facts, created, message, user, state: (state ?? NO_BLOCK).byPath };
}

function judge(raw: Raw, names: Names, where: string, say: Say): LooseInventory {
  const { values } = raw;
  for (const key of ['id', 'type', 'digestAlgorithm', 'head'])
    if (!values.has(key)) say.error('E036', where, `The inventory has no ${key}.`);
  const given = values.get('id');
  const id = typeof given === 'string' && given !== '' ? given : null;
  if (values.has('id') && id === null) say.error('E037', where, 'The id is not a string, or empty.');
  if (id !== null && !URI.test(id)) say.warning('W005', where, 'The id is not a URI.');
  const spec = readType(values.get('type'), where, say);
  const named = values.get('digestAlgorithm');
  const algorithm = named === 'sha512' || named === 'sha256' ? named : null;
  if (algorithm === null && values.has('digestAlgorithm'))
    say.error('E025', where, 'digestAlgorithm is neither sha512 nor sha256.');
  if (algorithm === 'sha256') say.warning('W004', where, 'The inventory uses sha256; sha512 is recommended.');
  const contentDirectory = readContentDirectory(values.get('contentDirectory'), where, say);

  for (const key of ['manifest', 'versions'] as const)
    if (raw[key] === 'absent') say.error('E041', where, `The inventory has no ${key}.`);
  if (raw.versions === 'absent')
    for (const code of ['E043', 'E044']) say.error(code, where, 'The inventory has no block of versions.');
  if (raw.manifest === 'wrong') {
    // 1.0 has no code of its own for this: there, the block it asks for is not there.
    if (spec !== '1.1') say.error('E041', where, 'The manifest is not a JSON object.');
    if (spec !== '1.0') say.error('E106', where, 'The manifest is not a JSON object.');
  }
  if (raw.versions === 'wrong')
    for (const code of ['E044', 'E045']) say.error(code, where, 'versions is not a JSON object.');
  const manifest = raw.manifestBlock.byPath;
  if (algorithm) checkForm(raw.manifestBlock, algorithm, 'E039', where, names, say);
  const head = values.get('head');
  if (raw.versions === 'object') checkVersionNames([...raw.versionBlocks.keys()], head, spec, where, say);
  checkContentPaths(
    manifest,
    raw.versionBlocks,
    contentDirectory,
    values.has('contentDirectory'),
    where,
    say,
  );
  checkDigests(raw, names, where, say);
  checkFixity(raw, spec, where, names, say);
  return {
    id,
    spec,
    algorithm,
    head: typeof head === 'string' ? head : null,
    contentDirectory,
    manifest,
    versions: new Map([...raw.versionBlocks].map(([name, v]) => [name, looseVersion(v)])),
    fixity: new Map([...raw.fixityBlocks].map(([name, b]) => [name, b.byPath])),
  };
}

/**
 * Checks an inventory by itself while it is read: structure, keys, values, paths. Says every breach.
 *
 * @param names shared by the inventories of one object, which say the same paths and digests again and again.
 * @returns what takes the text's one value, and what could be read once it has come; null when it is no object.
 */
export function inventorySink(
  where: string,
  say: Say,
  names: Names,
): { readonly sink: JsonSink; finish(): LooseInventory | null } {
  const raw: Raw = {
    top: 'absent',
    values: new Map(),
    manifest: 'absent',
    versions: 'absent',
    fixity: 'absent',
    manifestBlock: NO_BLOCK,
    versionBlocks: new Map(),
    fixityBlocks: new Map(),
  };
  const wrong = () => {
    raw.top = 'wrong';
    return ignoring;
  };
  return {
    sink: {
      name: () => {},
      scalar: wrong,
      object() {
        raw.top = 'object';
        return topSink(raw, names, where, say);
      },
      array: wrong,
      end: () => {},
    },
    finish() {
      if (raw.top === 'object') return judge(raw, names, where, say);
      say.error('E033', where, 'The inventory is not a JSON object.');
      return null;
    },
  };
}

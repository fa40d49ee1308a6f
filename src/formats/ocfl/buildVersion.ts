import { type DigestName, type Digests, digestBytes } from '#kernel/checksums';
import { Refusal } from '#kernel/errors';
import { type Inventory, nextVersion, sidecarName, sidecarText, writeInventory } from './inventory.ts';
import { checkLogicalPaths, type NewFile, type NewVersion, type StoredFile } from './newVersion.ts';
import { inventoryDigest, parseInventory, type ReadInventory } from './readObject.ts';
import type { Draft, Store } from './storage.ts';
import { INVENTORY_LIMIT } from './validate/readInventoryFile.ts';

export interface BuildSettings {
  /** Digests of the fixity block, beside the content digest. */
  readonly fixity: readonly DigestName[];
}

/** A version built aside, not yet visible. `draft` is null when the head holds exactly this already. */
export interface BuiltVersion {
  readonly version: string;
  readonly draft: Draft | null;
  readonly files: readonly StoredFile[];
  readonly inventory: Inventory;
  /** sha512 of its bytes. */
  readonly inventoryDigest: string;
  /** Content paths that were written. */
  readonly written: readonly string[];
}

/** RFC 3339 to the second, UTC. */
const timestamp = (date: Date) => `${date.toISOString().slice(0, 19)}Z`;

function startState(head: Inventory | null, next: NewVersion): Map<string, string> {
  const state = new Map(next.base === 'empty' ? [] : head?.versions.get(head.head)?.state);
  for (const path of next.remove ?? [])
    if (!state.delete(path))
      throw new Refusal('ocfl.noSuchFile', `The object has no file ${path} to remove.`, { path });
  return state;
}

function checkExpected(file: NewFile, digests: Digests): void {
  for (const [name, value] of Object.entries(file.expect ?? {}))
    if (digests[name as DigestName] !== value)
      throw new Refusal(
        'ocfl.sourceDiffers',
        `${file.logicalPath} is not the file it was: its ${name} digest differs.`,
        {
          path: file.logicalPath,
          algorithm: name,
        },
      );
}

function sameState(a: ReadonlyMap<string, string> | undefined, b: ReadonlyMap<string, string>): boolean {
  return a !== undefined && a.size === b.size && [...b].every(([path, digest]) => a.get(path) === digest);
}

/** Puts one file into the draft, or finds that its bytes are held already. */
async function putFile(
  draft: Draft,
  file: NewFile,
  contentPath: string,
  names: readonly DigestName[],
  held: (digest: string) => string | undefined,
  algorithm: DigestName,
): Promise<StoredFile> {
  const wanted = [...new Set([...names, ...(Object.keys(file.expect ?? {}) as DigestName[])])];
  const inMemory = 'bytes' in file.source ? file.source.bytes : null;
  const read =
    'path' in file.source
      ? await draft.putFile(contentPath, file.source.path, wanted)
      : digestBytes(file.source.bytes, wanted);
  checkExpected(file, read.digests);
  const before = held(read.digests[algorithm] ?? '');
  if (before !== undefined && inMemory === null) await draft.drop(contentPath);
  if (before === undefined && inMemory !== null) await draft.putBytes(contentPath, inMemory);
  return {
    logicalPath: file.logicalPath,
    contentPath: before ?? contentPath,
    size: read.size,
    digests: read.digests,
    deduplicated: before !== undefined,
  };
}

/**
 * Builds the next version of an object in a draft: content, inventories, sidecars, for a new object its declaration.
 * Files whose bytes any version holds are not stored again.
 *
 * @param before the object as it is; null for a new one.
 */
export async function buildVersion(
  store: Store,
  objectId: string,
  objectPath: string,
  before: ReadInventory | null,
  next: NewVersion,
  settings: BuildSettings,
): Promise<BuiltVersion> {
  const head = before?.inventory ?? null;
  const version = head ? nextVersion(head.head) : 'v1';
  if (version === null)
    throw new Refusal('ocfl.versionsFull', 'The zero-padded version numbers of this object are used up.', {
      objectId,
    });
  const state = startState(head, next);
  const given = new Set(next.files.map((f) => f.logicalPath));
  checkLogicalPaths([
    ...[...state.keys()].filter((p) => !given.has(p)),
    ...next.files.map((f) => f.logicalPath),
  ]);

  const algorithm = head?.digestAlgorithm ?? 'sha512';
  const names = [...new Set<DigestName>([algorithm, ...settings.fixity])];
  const contentDirectory = head?.contentDirectory ?? 'content';
  const manifest = new Map(head?.manifest);
  const byDigest = new Map([...manifest].map(([path, digest]) => [digest, path]));
  const fixity = new Map([...(head?.fixity ?? [])].map(([name, values]) => [name, new Map(values)]));
  const draft = await store.draft({ objectPath, version, isNew: head === null });
  try {
    const files: StoredFile[] = [];
    const written: string[] = [];
    for (const file of next.files) {
      const contentPath = `${version}/${contentDirectory}/${file.logicalPath}`;
      const stored = await putFile(draft, file, contentPath, names, (d) => byDigest.get(d), algorithm);
      const digest = stored.digests[algorithm] ?? '';
      files.push(stored);
      state.set(file.logicalPath, digest);
      if (stored.deduplicated) continue;
      written.push(contentPath);
      manifest.set(contentPath, digest);
      byDigest.set(digest, contentPath);
      for (const name of settings.fixity) {
        const values = fixity.get(name) ?? new Map<string, string>();
        values.set(contentPath, stored.digests[name] ?? '');
        fixity.set(name, values);
      }
    }
    if (before && head && sameState(head.versions.get(head.head)?.state, state)) {
      await draft.discard();
      const digest = inventoryDigest(before.bytes);
      return {
        version: head.head,
        draft: null,
        files,
        inventory: head,
        inventoryDigest: digest,
        written: [],
      };
    }
    const inventory: Inventory = {
      id: objectId,
      spec: head?.spec ?? '1.1',
      digestAlgorithm: algorithm,
      head: version,
      contentDirectory,
      manifest,
      versions: new Map([
        ...(head?.versions ?? []),
        [version, { created: timestamp(next.created), message: next.message, user: next.user, state }],
      ]),
      fixity,
    };
    const digest = await putInventories(draft, inventory, head === null);
    return { version, draft, files, inventory, inventoryDigest: digest, written };
  } catch (e) {
    await draft.discard();
    throw e;
  }
}

/** @returns the sha512 of the inventory's bytes */
async function putInventories(draft: Draft, inventory: Inventory, isNew: boolean): Promise<string> {
  const bytes = writeInventory(inventory);
  const algorithm = inventory.digestAlgorithm;
  const sidecar = Buffer.from(sidecarText(digestBytes(bytes, [algorithm]).digests[algorithm] ?? ''));
  for (const folder of [`${inventory.head}/`, '']) {
    await draft.putBytes(`${folder}inventory.json`, bytes);
    await draft.putBytes(`${folder}${sidecarName(algorithm)}`, sidecar);
  }
  if (isNew)
    await draft.putBytes(`0=ocfl_object_${inventory.spec}`, Buffer.from(`ocfl_object_${inventory.spec}\n`));
  return inventoryDigest(bytes);
}

/**
 * Reads everything that was built back from the store and digests it again, before anybody can see it.
 *
 * @throws Refusal `ocfl.notWritten` when the store does not hold what was written.
 */
export async function verifyBuilt(built: BuiltVersion): Promise<void> {
  const { draft, inventory } = built;
  if (!draft) return;
  const algorithm = inventory.digestAlgorithm;
  const bad = (path: string) =>
    new Refusal('ocfl.notWritten', `The store did not keep ${path} as it was written.`, { path });
  for (const path of built.written) {
    const found = await draft.digest(path, [algorithm]);
    if (found?.digests[algorithm] !== inventory.manifest.get(path)) throw bad(path);
  }
  const bytes = writeInventory(inventory);
  const sidecar = sidecarText(digestBytes(bytes, [algorithm]).digests[algorithm] ?? '');
  for (const folder of [`${inventory.head}/`, '']) {
    const back = await draft.readAll(`${folder}inventory.json`, INVENTORY_LIMIT);
    if (!back?.equals(bytes)) throw bad(`${folder}inventory.json`);
    const digest = await draft.readAll(`${folder}${sidecarName(algorithm)}`, 4096);
    if (digest?.toString('utf8') !== sidecar) throw bad(`${folder}${sidecarName(algorithm)}`);
  }
  parseInventory(bytes, draft.target.objectPath);
}

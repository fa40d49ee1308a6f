import { type Digested, type DigestName, type Digests, digestBytes } from '#kernel/checksums';
import { Refusal } from '#kernel/errors';
import { allDone, inOrder } from './atOnce.ts';
import { PathTable, turned } from './compact/maps.ts';
import { createMarks, createNames, type Names } from './compact/names.ts';
import { type Inventory, inventoryChunks, nextVersion, sidecarName, sidecarText } from './inventory.ts';
import { checkLogicalPaths, type NewFile, type NewVersion, type StoredFile } from './newVersion.ts';
import { checkingInventory, type ReadInventory } from './readObject.ts';
import { recoverObject } from './recover.ts';
import type { BuildSettings, Draft, Store, StoreReader } from './storage.ts';
import { storedFiles } from './storedFiles.ts';

/** A version built aside, not yet visible. `draft` is null when the head holds exactly this already. */
export interface BuiltVersion {
  readonly version: string;
  readonly draft: Draft | null;
  readonly files: readonly StoredFile[];
  readonly inventory: Inventory;
  /** sha512 of its bytes. */
  readonly inventoryDigest: string;
  /** Digest of its bytes by the object's own algorithm. */
  readonly sidecar: string;
  /** Files of the content that were written. */
  readonly written: number;
}

/** RFC 3339 to the second, UTC. */
const timestamp = (date: Date) => `${date.toISOString().slice(0, 19)}Z`;

function startState(names: Names, head: Inventory | null, next: NewVersion): PathTable {
  const state = PathTable.of(names, next.base === 'empty' ? undefined : head?.versions.get(head.head)?.state);
  for (const path of next.remove ?? [])
    if (!state.delete(path))
      throw new Refusal('ocfl.noSuchFile', `The object has no file ${path} to remove.`, { path });
  return state;
}

/** Logical paths as they will be, those of new files as often as they are given. */
function* pathsAfter(state: PathTable, next: NewVersion): Generator<string> {
  const given = createMarks();
  for (const { logicalPath } of next.files) {
    given.add(state.names.numberOf(logicalPath));
    yield logicalPath;
  }
  for (const path of state.paths()) if (!given.has(path)) yield state.names.textOf(path);
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
  if (a === undefined || a.size !== b.size) return false;
  for (const [path, digest] of b) if (a.get(path) !== digest) return false;
  return true;
}

/** A file read once: it is in the draft now, or, as bytes that are held already, digested only. */
interface ReadIn extends Digested {
  readonly placed: boolean;
}

/**
 * Reads a file back from the store and digests it again.
 *
 * @throws Refusal `ocfl.notWritten` when the store does not hold what was written
 */
async function demandKept(
  draft: Draft,
  path: string,
  algorithm: DigestName,
  digest: string | undefined,
): Promise<void> {
  if (draft.readsBack || draft.isKept?.(path)) return;
  const found = await draft.digest(path, [algorithm]);
  if (found?.digests[algorithm] !== digest)
    throw new Refusal('ocfl.notWritten', `The store did not keep ${path} as it was written.`, { path });
}

/**
 * Reads one file in and, as soon as it is in the draft, back: while one is flushed, another is read.
 *
 * @param names digests wanted; the first is the one the object addresses content by
 */
async function readIn(
  draft: Draft,
  file: NewFile,
  contentPath: string,
  names: readonly DigestName[],
  isHeld: (read: Digested) => boolean,
): Promise<ReadIn> {
  const wanted = [...new Set([...names, ...(Object.keys(file.expect ?? {}) as DigestName[])])];
  if ('path' in file.source) {
    const read = await draft.putFile(contentPath, file.source.path, wanted);
    checkExpected(file, read.digests);
    await demandKept(draft, contentPath, names[0]!, read.digests[names[0]!]);
    return { ...read, placed: true };
  }
  const read = digestBytes(file.source.bytes, wanted);
  checkExpected(file, read.digests);
  const placed = !isHeld(read);
  if (placed) {
    await draft.putBytes(contentPath, file.source.bytes);
    await demandKept(draft, contentPath, names[0]!, read.digests[names[0]!]);
  }
  return { ...read, placed };
}

/**
 * Builds the next version of an object in a draft: content, inventories, sidecars, for a new object its declaration.
 * Files whose bytes any version holds are not stored again.
 *
 * @param previous the object as it is; null for a new one.
 */
export async function buildVersion(
  store: Pick<Store, 'draft'>,
  objectId: string,
  objectPath: string,
  previous: ReadInventory | null,
  next: NewVersion,
  settings: BuildSettings,
): Promise<BuiltVersion> {
  const head = previous?.inventory ?? null;
  const version = head ? nextVersion(head.head) : 'v1';
  if (version === null)
    throw new Refusal('ocfl.versionsFull', 'The zero-padded version numbers of this object are used up.', {
      objectId,
    });
  const names = previous?.names ?? createNames();
  const state = startState(names, head, next);
  checkLogicalPaths(pathsAfter(state, next));

  const algorithm = head?.digestAlgorithm ?? 'sha512';
  const wanted = [...new Set<DigestName>([algorithm, ...settings.fixity])];
  const contentDirectory = head?.contentDirectory ?? 'content';
  const manifest = PathTable.of(names, head?.manifest);
  const byDigest = turned(manifest);
  const fixity = new Map(
    [...(head?.fixity ?? [])].map(([name, values]) => [name, PathTable.of(names, values)]),
  );
  const draft = await store.draft({ objectPath, version, isNew: head === null });
  try {
    const files = storedFiles(names, wanted);
    let written = 0;
    const placeOf = (file: NewFile) => `${version}/${contentDirectory}/${file.logicalPath}`;
    await inOrder(
      next.files,
      (file) =>
        readIn(draft, file, placeOf(file), wanted, (read) => byDigest.has(read.digests[algorithm] ?? '')),
      async (file, { size, digests, placed }) => {
        const { logicalPath } = file;
        const digest = digests[algorithm] ?? '';
        const before = byDigest.get(digest);
        const contentPath = before ?? placeOf(file);
        if (before !== undefined && placed) await draft.drop(placeOf(file));
        files.add({ logicalPath, contentPath, size, digests, deduplicated: before !== undefined });
        state.set(logicalPath, digest);
        if (before !== undefined) return;
        written++;
        manifest.set(contentPath, digest);
        byDigest.set(digest, contentPath);
        for (const name of settings.fixity) {
          const values = fixity.get(name) ?? new PathTable(names);
          values.set(contentPath, digests[name] ?? '');
          fixity.set(name, values);
        }
      },
    );
    if (previous && head && sameState(head.versions.get(head.head)?.state, state)) {
      await draft.discard();
      return {
        version: head.head,
        draft: null,
        files: files.list,
        inventory: head,
        inventoryDigest: previous.sha512,
        sidecar: '',
        written: 0,
      };
    }
    const inventory: Inventory = {
      id: objectId,
      spec: head?.spec ?? settings.spec,
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
    const put = await putInventories(draft, inventory, names);
    return { version, draft, files: files.list, inventory, ...put, written };
  } catch (e) {
    await draft.discard();
    throw e;
  }
}

/**
 * Builds the next version of an object from where the object is, which is brought to an end first where a killed writer
 * left it half done. The caller holds its lock.
 *
 * @throws Refusal `ocfl.damagedObject`, `ocfl.wrongObject`, `ocfl.headMoved`, and as `buildVersion`
 */
export async function buildNext(
  store: StoreReader & Pick<Store, 'draft' | 'copyHead'>,
  objectId: string,
  path: string,
  next: NewVersion,
  settings: BuildSettings,
): Promise<BuiltVersion> {
  const recovery = await recoverObject(store, path);
  if (recovery.outcome === 'damaged')
    throw new Refusal('ocfl.damagedObject', recovery.findings[0]?.message ?? 'The object is damaged.', {
      objectId,
    });
  const head = recovery.read?.inventory ?? null;
  if (head && head.id !== objectId)
    throw new Refusal('ocfl.wrongObject', `At ${path} lies the object ${head.id}.`, { objectId });
  if (next.expectedHead !== undefined && next.expectedHead !== (head?.head ?? null))
    throw new Refusal(
      'ocfl.headMoved',
      `The object is at ${head?.head ?? 'no version'}, not ${next.expectedHead ?? 'new'}.`,
      { objectId, head: head?.head ?? null },
    );
  return buildVersion(store, objectId, path, recovery.read, next, settings);
}

/**
 * Writes the inventory twice, for the version and for the object root, and its digest beside each. The first time it is
 * judged as it passes, as anybody who reads it would.
 *
 * @param names of the inventory: reading it back keeps none of its own beside them.
 * @throws Refusal `ocfl.damagedInventory` when what was to be written breaks the specification
 */
async function putInventories(
  draft: Draft,
  inventory: Inventory,
  names: Names,
): Promise<{ inventoryDigest: string; sidecar: string }> {
  const algorithm = inventory.digestAlgorithm;
  const digests = [...new Set<DigestName>([algorithm, 'sha512'])];
  const check = checkingInventory(draft.target.objectPath, names);
  const first = await draft.putStream(
    `${inventory.head}/inventory.json`,
    judged(inventory, check.take),
    digests,
  );
  check.finish();
  const sidecar = first.digests[algorithm] ?? '';
  const small = new Map(
    [`${inventory.head}/`, ''].map((f) => [`${f}${sidecarName(algorithm)}`, sidecarText(sidecar)]),
  );
  const declaration = `ocfl_object_${inventory.spec}`;
  if (draft.target.isNew) small.set(`0=${declaration}`, `${declaration}\n`);
  // Side by side: each waits for the disk, and the disk does them in one go.
  await allDone([
    draft.putStream('inventory.json', inventoryChunks(inventory), []),
    ...[...small].map(([path, text]) => draft.putBytes(path, Buffer.from(text))),
  ]);
  return { inventoryDigest: first.digests.sha512 ?? '', sidecar };
}

function* judged(inventory: Inventory, judge: (chunk: Buffer) => void): Generator<Buffer> {
  for (const chunk of inventoryChunks(inventory)) {
    judge(chunk);
    yield chunk;
  }
}

/**
 * Reads the inventories that were built back from the store and digests them again, as was done with every file; before
 * anybody can see them.
 *
 * @throws Refusal `ocfl.notWritten` when the store does not hold what was written.
 */
export async function verifyBuilt(built: BuiltVersion): Promise<void> {
  const { draft, inventory, sidecar } = built;
  if (!draft) return;
  const algorithm = inventory.digestAlgorithm;
  const demand = (path: string, digest: string | undefined) => demandKept(draft, path, algorithm, digest);
  const text = digestBytes(Buffer.from(sidecarText(sidecar)), [algorithm]).digests[algorithm];
  await allDone(
    [`${inventory.head}/`, ''].flatMap((folder) => [
      demand(`${folder}inventory.json`, sidecar),
      demand(`${folder}${sidecarName(algorithm)}`, text),
    ]),
  );
}

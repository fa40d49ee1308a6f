import type { Readable } from 'node:stream';
import type { Digested, DigestName } from '#kernel/checksums';
import type { ByteRange, WholeObject } from './describe.ts';
import type { SpecVersion } from './inventory.ts';
import type { NewVersion, StoredFile } from './newVersion.ts';

/**
 * What OCFL needs of a store. Paths are relative to the store, with `/`, and never begin or end with it. A file system
 * is one version; an object store or memory can be others: nothing here needs a rename or a folder to exist.
 */
export interface StoreReader {
  /** Names directly below a folder, in no order; null when there is no such folder. Links are never followed. */
  list(path: string): Promise<readonly Entry[] | null>;
  /** A whole small file; null when absent. @throws Refusal `ocfl.tooLarge` beyond `limit` bytes. */
  readAll(path: string, limit: number): Promise<Buffer | null>;
  /** @throws Refusal `ocfl.contentMissing` */
  open(path: string, range?: ByteRange): Promise<Readable>;
  /** Size in bytes of a file; null when absent or no file. */
  sizeOf(path: string): Promise<number | null>;
  /** Digests of a file as it lies in the store; null when absent. */
  digest(path: string, names: readonly DigestName[]): Promise<Digested | null>;
}

export interface Entry {
  readonly name: string;
  /** `other` is a link, device, socket: nothing OCFL allows. */
  readonly kind: 'file' | 'folder' | 'other';
}

export interface BuildSettings {
  /** Digests of the fixity block, beside the content digest. */
  readonly fixity: readonly DigestName[];
  /** Version of the specification that new objects are of. */
  readonly spec: SpecVersion;
}

/** What a draft will become: a new object, or the next version of one. */
export interface DraftTarget {
  readonly objectPath: string;
  readonly version: string;
  readonly isNew: boolean;
}

/** An object or version being built where no reader sees it. Paths are relative to the object root. */
export interface Draft extends Pick<StoreReader, 'readAll' | 'digest'> {
  readonly target: DraftTarget;
  /** All that is put in is read back at once and compared; nobody has to ask for it again. */
  readonly readsBack?: boolean;
  /** Whether the store itself said, of a file of a few bytes, that it has it as it was put in. */
  isKept?(path: string): boolean;
  putBytes(path: string, bytes: Uint8Array): Promise<void>;
  /** Writes a file made piece by piece, in constant memory, digesting it in the same pass. */
  putStream(
    path: string,
    chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    names: readonly DigestName[],
  ): Promise<Digested>;
  /** Copies a file in, digesting it in the same pass. */
  putFile(path: string, source: string | Buffer, names: readonly DigestName[]): Promise<Digested>;
  /** Takes a file out again (its content is held already). */
  drop(path: string): Promise<void>;
  /** Throws the draft away. Harmless after publishing. */
  discard(): Promise<void>;
}

export interface Lock {
  release(): Promise<void>;
}

export interface SweepReport {
  /** Drafts of writers that are gone. */
  readonly discarded: number;
  /** Object paths whose locks those writers held; each may need recovery. */
  readonly objectPaths: readonly string[];
}

export interface Store extends StoreReader {
  readonly bulk?: Bulk;
  /** Heads of small objects with their files, proved; null for what is large, not there or damaged. In order. */
  readWhole?(objectPaths: readonly string[]): Promise<readonly (WholeObject | null)[]>;
  /** Whether anything lies where objects belong, whole or not; without it, each has to be looked for. In order. */
  liesAnything?(objectPaths: readonly string[]): Promise<readonly boolean[]>;
  /** Where objects are not mended in a folder of this machine. */
  readonly mending?: Mending;
  /** Creates a file of the storage root itself, durably. Does nothing when it is there with the same bytes. */
  createRootFile(path: string, bytes: Uint8Array): Promise<void>;
  /** Keeps other writers, of any process, from one object. @throws Refusal `ocfl.locked` at once; never waits. */
  lock(objectPath: string): Promise<Lock>;
  /** The caller holds the lock of the object. */
  draft(target: DraftTarget): Promise<Draft>;
  /** All that was put in these drafts survives a power cut from now on. */
  seal(drafts: readonly Draft[]): Promise<void>;
  /**
   * Makes drafts visible, each at once or not at all, and durable when the promise is fulfilled. The version goes
   * first, the root inventory last, so that a reader sees the old head or the new one.
   *
   * @returns one outcome per draft; Refusal `ocfl.headMoved` or `ocfl.objectExists` when another writer was first.
   */
  publish(drafts: readonly Draft[]): Promise<PromiseSettledResult<void>[]>;
  /** Copies a version's inventory and sidecar over those of the object root, inventory first, durably. */
  copyHead(objectPath: string, version: string, sidecar: string): Promise<void>;
  /**
   * Takes an object out of the store with all its versions, so that its bytes are gone when the promise is fulfilled. The
   * caller holds its lock. Broken off, the object is whole or can not be read as one; done again it is brought to its end.
   */
  removeObject(objectPath: string): Promise<void>;
  /** Clears away drafts and locks of writers that are gone, and empty folders they left. Never lists the whole root. */
  sweep(): Promise<SweepReport>;
}

/** A file as it has to be. */
export interface GoodFile {
  open(): Promise<Readable>;
  readonly algorithm: DigestName;
  readonly digest: string;
}

/**
 * Single files of an object, put right in their place. The caller holds the lock of the object. Paths are relative to it;
 * `folder` is a name of the caller's below the store's place for damaged bytes, outside the root.
 */
export interface Mending {
  /** Keeps a copy of what lies there now. */
  setAside(objectPath: string, path: string, folder: string): Promise<void>;
  /** Keeps a word of why, beside what was set aside. */
  note(objectPath: string, folder: string, text: string): Promise<void>;
  /**
   * Puts a file in the place of a damaged or missing one: aside first, and only when it was read back and found good over what
   * is there. Broken off, what is there is as it was, or good.
   *
   * @throws Refusal `ocfl.notWritten`, `ocfl.headMoved`
   */
  replace(objectPath: string, path: string, good: GoodFile): Promise<void>;
  /** Takes a file out that does not belong to the object. */
  takeOut(objectPath: string, path: string): Promise<void>;
  /** Removes all that was set aside there. */
  clear(folder: string): Promise<void>;
}

/** One version of many that are to be written together. */
export interface BulkWish {
  readonly objectId: string;
  readonly objectPath: string;
  readonly next: NewVersion;
}

/** A version built in bulk, with its object locked until the lock of all is released. */
export interface BulkBuilt {
  readonly version: string;
  /** null when the head holds exactly this already. */
  readonly draft: Draft | null;
  readonly files: readonly StoredFile[];
  /** Files of the content that were written. */
  readonly written: number;
  /** sha512 of the inventory. */
  readonly inventoryDigest: string;
}

/** What a store does with many small versions at once, where that is quicker than one call after another. */
export interface Bulk {
  /** The most files a version may have to be built so. */
  readonly mostFiles: number;
  /**
   * Locks, recovers and builds aside, each file and inventory read back and compared. What is too large, or has something
   * to be brought to an end first, is left to the caller: `null`, and not locked.
   *
   * @param lock of all that were built; to be released when they are published or discarded
   */
  build(
    wishes: readonly BulkWish[],
    settings: BuildSettings,
  ): Promise<{
    outcomes: readonly (BulkBuilt | { readonly error: unknown } | null)[];
    lock: Lock;
  }>;
}

/** The text of a path as a store takes it; refuses what could leave the store. */
export function isSafeStorePath(path: string): boolean {
  return (
    path === '' ||
    path.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && !/[\0\\]/.test(part))
  );
}

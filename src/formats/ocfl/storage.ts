import type { Readable } from 'node:stream';
import type { Digested, DigestName } from '#kernel/checksums';

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

/** First and last byte, both included. */
export interface ByteRange {
  readonly start: number;
  readonly end?: number;
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

/** The text of a path as a store takes it; refuses what could leave the store. */
export function isSafeStorePath(path: string): boolean {
  return (
    path === '' ||
    path.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && !/[\0\\]/.test(part))
  );
}

import type { Readable } from 'node:stream';
import type { Finding } from '#kernel/errors';

/** One file or folder of a tree. */
export interface TreeEntry {
  /** Joined by `/`, below the root of the tree, as written: never brought to another normal form. */
  readonly path: string;
  readonly kind: 'file' | 'folder';
  /** 0 for a folder. */
  readonly bytes: number;
}

/** Files by their paths, whether they lie in a folder, a ZIP or a TAR. Nothing in it points outside. */
export interface FileTree {
  readonly wrapper: 'folder' | 'zip' | 'tar';
  /**
   * What reading the wrapper itself found (path escapes, links, duplicates, bombs): `tree.*`, each naming entry and
   * rule, with paths below the root of the wrapper. An error means that the package is not sound. What is found while
   * bytes are read (a checksum that does not fit, a size that lies) is added when it is found.
   */
  readonly findings: readonly Finding[];
  /** Every file and folder, a folder before what is in it, in the order of the wrapper within each folder. */
  entries(): AsyncIterable<TreeEntry>;
  /** Whether there is a file or folder of this name, byte for byte. */
  has(path: string): Promise<boolean>;
  entry(path: string): Promise<TreeEntry | null>;
  /** What lies directly in a folder, with paths from the root; nothing where there is no such folder. `''` is the root. */
  list(folder: string): AsyncIterable<TreeEntry>;
  /**
   * The bytes of a file, as a stream that fails with a Refusal where they are not what the wrapper says.
   * @throws Refusal `tree.noSuchFile`, or the `tree.*` code of why it can not be read
   */
  open(path: string): Promise<Readable>;
  /**
   * Digests in lower-case hexadecimal by the names asked for (see `canDigestTree`), counted off the event loop.
   * @throws Refusal as `open`, and `tree.noSuchDigest`
   */
  digests(path: string, algorithms: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** The same tree seen from a folder; empty where there is no such folder. Closing it closes the whole. */
  below(folder: string): FileTree;
  close(): Promise<void>;
}

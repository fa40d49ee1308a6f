import type { Digests } from '#kernel/checksums';
import { Refusal } from '#kernel/errors';
import { createNames } from './compact/names.ts';
import type { OcflUser } from './inventory.ts';

/** One file of a version to be written. */
export interface NewFile {
  /** Safe name inside the object, e.g. `pages/0001.jpg`: ASCII letters, digits, `.`, `_`, `-`. Original names are metadata. */
  readonly logicalPath: string;
  /** A path may be bytes, for names that are not UTF-8. */
  readonly source: { readonly path: string | Buffer } | { readonly bytes: Uint8Array };
  /** Digests the source is known to have; the version is refused when it has others. */
  readonly expect?: Digests;
}

/** The next version of an object. */
export interface NewVersion {
  readonly files: readonly NewFile[];
  /** Logical paths of the version before that are not carried on. */
  readonly remove?: readonly string[];
  /** `head` (default) carries the files of the version before on, `empty` does not. */
  readonly base?: 'head' | 'empty';
  readonly message: string;
  /** Give an address as a URI (`mailto:`, `urn:uuid:`); OCFL asks for one. */
  readonly user: OcflUser;
  readonly created: Date;
  /** Refuse unless this is the head now; null for "there is no such object yet". Not checked when absent. */
  readonly expectedHead?: string | null;
}

export interface StoredFile {
  readonly logicalPath: string;
  readonly contentPath: string;
  readonly size: number;
  /** The content digest and those of the fixity block. */
  readonly digests: Digests;
  /** Whether its bytes were held already. */
  readonly deduplicated: boolean;
}

export interface PutResult {
  readonly objectId: string;
  readonly path: string;
  readonly version: string;
  /** False when the head holds exactly this already; no version was written then. */
  readonly written: boolean;
  /** sha512 of the object's inventory as it is now. */
  readonly inventoryDigest: string;
  /** Content files stored anew, and their bytes. */
  readonly writtenFiles: number;
  readonly writtenBytes: number;
  /** The files that were given, in order. */
  readonly files: readonly StoredFile[];
}

const ELEMENT = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,119}$/;
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

const refuse = (path: string, why: string) =>
  new Refusal('ocfl.unsafePath', `The path "${path}" can not be kept in an object: ${why}`, { path });

/**
 * Refuses paths that some file system could not hold: only ASCII, no name reserved elsewhere, none that differ in case
 * alone, none that is both a file and a folder.
 *
 * @throws Refusal `ocfl.unsafePath`
 */
export function checkLogicalPaths(paths: Iterable<string>): void {
  const seen = createNames();
  for (const path of paths) {
    if (path.length > 400) throw refuse(path.slice(0, 100), 'it is too long.');
    for (const part of path.split('/'))
      if (!ELEMENT.test(part) || part.endsWith('.') || RESERVED.test(part))
        throw refuse(path, 'use ASCII letters, digits, ".", "_" and "-".');
    const before = seen.size;
    seen.numberOf(path.toLowerCase());
    if (seen.size === before) throw refuse(path, 'it stands twice, perhaps in other case.');
  }
  for (let i = 0; i < seen.size; i++) {
    const path = seen.textOf(i);
    for (let at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1))
      if (seen.find(path.slice(0, at)) !== undefined) throw refuse(path, 'one of its folders is a file.');
  }
}

/** One format a file may be of. */
export interface Match {
  /** PRONOM's identifier, `fmt/95`; `lantai/…` where PRONOM has none. */
  readonly puid: string;
  readonly name: string;
  /** '' where the format has none. */
  readonly version: string;
  /** '' where none is registered. */
  readonly mime: string;
  /** Why: `byte match at 0, 4` (offset, length), `container …`, `text …`, or `extension only`, which is no proof. */
  readonly basis: string;
}

/** Bytes to be identified. */
export interface Source {
  /** Its last part's extension is a hint, and only that. */
  readonly name: string;
  /** Size of the whole. */
  readonly bytes: number;
  /**
   * Up to `length` bytes from `position` on; fewer only where the bytes end.
   *
   * @param room they may be put here, if it is large enough: of use where much is read and soon done with
   */
  read(position: number, length: number, room?: Buffer): Uint8Array | Promise<Uint8Array>;
}

/** A format as a signature file (or the built-in table) describes it. */
export interface Format {
  readonly id: string;
  readonly puid: string;
  readonly name: string;
  readonly version: string;
  readonly mime: string;
  /** Without the dot, lower case. */
  readonly extensions: readonly string[];
  readonly signatureIds: readonly string[];
  /** Ids of formats that step back when this one matches. */
  readonly over: readonly string[];
}

/**
 * A run of bytes of fixed length. Where `sets` holds a table at a place, any byte for which the table says 1 fits;
 * elsewhere the byte of `bytes` does.
 */
export interface Piece {
  readonly bytes: Uint8Array;
  readonly sets: readonly (Uint8Array | null)[] | null;
}

/** A place in a sequence: after a gap of `min` to `max` bytes (Infinity: any) one of the alternatives stands. */
export interface Item {
  readonly min: number;
  readonly max: number;
  readonly alternatives: readonly Piece[];
}

/** Where a byte sequence is anchored: at the beginning of the file, at its end, or nowhere. */
export type Anchor = 'begin' | 'end' | 'none';

/**
 * A byte sequence: its items in the order of the file. The first one's gap counts from the beginning (for `begin`);
 * `endMin`, `endMax`: bytes between the last item and the end (for `end`).
 */
export interface Sequence {
  readonly anchor: Anchor;
  readonly items: readonly Item[];
  readonly endMin: number;
  readonly endMax: number;
}

/** All sequences of a signature have to be there. */
export interface Signature {
  readonly id: string;
  readonly sequences: readonly Sequence[];
}

/** A file inside a container that has to be there, and, where `signatures` says so, to hold one of them. */
export interface InnerFile {
  readonly path: string;
  readonly signatures: readonly Signature[];
}

export type ContainerKind = 'ZIP' | 'OLE2';

export interface ContainerSignature {
  readonly id: string;
  readonly kind: ContainerKind;
  readonly description: string;
  readonly puid: string;
  readonly files: readonly InnerFile[];
}

/** What a DROID signature file says. */
export interface SignatureFile {
  /** PRONOM release, such as `122`. */
  readonly version: string;
  readonly created: string;
  readonly formats: readonly Format[];
  readonly signatures: readonly Signature[];
  /** Signatures that could not be understood and are left out, each in one sentence. */
  readonly problems: readonly string[];
}

/** What a DROID container signature file says. */
export interface ContainerFile {
  readonly version: string;
  readonly signatures: readonly ContainerSignature[];
  /** Formats by binary signature that make it worth looking inside. */
  readonly triggers: ReadonlyMap<string, ContainerKind>;
  readonly problems: readonly string[];
}

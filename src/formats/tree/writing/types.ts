export type WrittenWrapper = 'folder' | 'zip' | 'tar' | 'tar.gz';

export interface TreeWriterOptions {
  readonly wrapper: WrittenWrapper;
  /** The time all entries get; 1980-01-01, the first a ZIP knows, where none is given. */
  readonly modified?: Date;
}

/** A file to be written, or, with a slash at the end of its path and no content, a folder. */
export interface NewFile {
  /** Joined by `/`, below the root. */
  readonly path: string;
  /** Its size, which a TAR has to know before; checked where it is given. */
  readonly bytes?: number;
  readonly content?: Uint8Array | string | AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** A package on its way to the disk, one entry after another. */
export interface TreeWriter {
  /** @throws Refusal `tree.badPath`, `tree.duplicate`, `tree.size`, `tree.sizeWanted` */
  add(file: NewFile): Promise<{ bytes: number }>;
  addFolder(path: string): Promise<void>;
  /** Puts it under its name, flushed to the disk. */
  finish(): Promise<void>;
  /** Takes away what was written. */
  discard(): Promise<void>;
}

export const FIRST_TIME = new Date(Date.UTC(1980, 0, 1));

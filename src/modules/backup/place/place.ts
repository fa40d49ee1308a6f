/** What lies at a place. */
export interface PlaceEntry {
  name: string;
  bytes: number;
}

/**
 * Where backups lie: a folder, or a bucket. Names are relative, with `/`; what is written is there whole or not at all.
 */
export interface Place {
  /** For people; holds no secrets. */
  readonly shown: string;
  /** @throws Refusal backup.missing where there is no such thing */
  read(name: string): Promise<Buffer>;
  /** On disk, and whole, when this returns. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** As `write`, unless somebody was quicker. @returns whether it was written */
  claim(name: string, bytes: Uint8Array): Promise<boolean>;
  /** Everything whose name begins with this, in no order. */
  list(prefix: string): AsyncIterable<PlaceEntry>;
  remove(name: string): Promise<void>;
  /** Puts a thing under another name. */
  move(from: string, to: string): Promise<void>;
  /** Makes sure that all names written so far survive a loss of power. */
  settle(): Promise<void>;
  /** Clears away what a killed writer left half written. Only while nobody else writes there. */
  sweep(): Promise<void>;
  /** Ends connections. */
  close(): void;
}

/** How things are named at a place. */
export const NAMES = {
  header: 'lantai-backup.json',
  lease: 'being-written.json',
  manifests: 'manifests/',
  chunks: 'chunks/',
  damaged: 'damaged/',
} as const;

/** Chunks lie in 256 folders, so that no folder grows with the whole. */
export const chunkName = (id: string): string => `${NAMES.chunks}${id.slice(0, 2)}/${id}`;

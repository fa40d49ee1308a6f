import type { WholeObject } from '../describe.ts';
import type { NewVersion } from '../newVersion.ts';
import type { Owner } from '../owner.ts';
import type { BuildSettings, BulkBuilt } from '../storage.ts';

/** What a thread is asked for one version. */
export interface BuildOne {
  readonly objectId: string;
  readonly objectPath: string;
  readonly next: NewVersion;
  /** Folder of the draft, which is not there yet. */
  readonly built: string;
  readonly lock: HeldLock;
}

export interface HeldLock {
  readonly path: string;
  readonly token: string;
}

/** An error as it passes between threads, which would lose its code. */
export type Told =
  | { readonly refusal: { code: string; message: string; detail: Readonly<Record<string, unknown>> } }
  | { readonly fault: { message: string; code: string | undefined; stack: string | undefined } };

export interface BuiltOne extends Omit<BulkBuilt, 'draft'> {
  /** Files and folders to be flushed; null when the head holds exactly this already. */
  readonly draft: { readonly isNew: boolean; readonly files: string[]; readonly folders: string[] } | null;
}

/** A draft to be moved into place. */
export interface PlaceOne {
  readonly built: string;
  readonly objectPath: string;
  readonly version: string;
  readonly isNew: boolean;
  /** Null where the store has not given it out. */
  readonly lock: HeldLock | null;
}

export interface Requests {
  build: {
    ask: { root: string; owner: Owner; settings: BuildSettings; list: readonly BuildOne[] };
    answer: ({ built: BuiltOne } | { error: Told } | null)[];
  };
  /** For each list: all of it flushed, or what went wrong. */
  flush: { ask: { lists: readonly (readonly string[])[] }; answer: ({ error: Told } | null)[] };
  /** New objects whole, of others the version; with the folders that got new entries. */
  place: {
    ask: { root: string; list: readonly PlaceOne[] };
    answer: ({ changed: string[] } | { error: Told })[];
  };
  /** The files of the object root over those of the version before. */
  head: { ask: { root: string; list: readonly PlaceOne[] }; answer: ({ error: Told } | null)[] };
  /** Small objects whole; null for others. */
  read: { ask: { root: string; paths: readonly string[] }; answer: (WholeObject | null)[] };
  look: { ask: { root: string; paths: readonly string[] }; answer: boolean[] };
  writeOut: { ask: { root: string }; answer: null };
  release: { ask: { locks: readonly HeldLock[] }; answer: null };
}

export type Kind = keyof Requests;

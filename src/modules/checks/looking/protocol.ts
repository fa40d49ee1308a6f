import type { Match } from '#formats/pronom';
import type { DigestName, Digests } from '#kernel/checksums';
import type { Structure } from './structure.ts';

/** A file to be looked at. Its bytes themselves where they lie in no file. */
export interface LookPlace {
  readonly name: string;
  readonly path?: string;
  readonly bytes?: Uint8Array;
}

/** What is wanted of the bytes of files: one reading serves all. */
export interface LookWish {
  readonly digests: readonly DigestName[];
  readonly format: boolean;
  readonly structure: boolean;
}

export interface LookRequest {
  readonly places: readonly LookPlace[];
  readonly wish: LookWish;
}

export interface Look {
  readonly size: number;
  readonly digests: Digests;
  readonly matches: readonly Match[] | null;
  readonly structure: Structure | null;
  /** Why it could not be read. */
  readonly error: string | null;
}

export interface LookAnswer {
  readonly looks: readonly Look[];
  /** Milliseconds of a processor, by what they went to. */
  readonly spent: { readonly reading: number; readonly hashing: number; readonly identifying: number };
}

import type { FetchLeave } from '#formats/bagit';
import type { FileTree } from '#formats/tree';
import type { DigestPool } from '#kernel/checksums';
import type { Finding } from '#kernel/errors';

/** What is to be judged: a path that exists. */
export interface CheckPlace {
  /** As it was given. */
  readonly path: string;
  readonly isFolder: boolean;
  /**
   * The package as files: from the one top folder where it lies wrapped in one. Opened when first asked for, closed and
   * its own findings told by who asked for the judgement.
   * @throws Refusal `tree.*`: what is there is no folder, ZIP or TAR, or one that is not to be opened
   */
  tree(): Promise<FileTree>;
  /** The same as it lies in its wrapper, whatever is on top. */
  whole(): Promise<FileTree>;
  readonly pool: DigestPool;
  /** PEM texts of certificates that are trusted, for kinds that carry signatures. */
  readonly trust?: readonly string[];
  /** Leave to fetch what a package says is elsewhere; without it nothing is asked for. */
  readonly leave?: FetchLeave;
}

/** One kind of package. */
export interface PackageKind {
  /** Whether the thing is meant to be one, sound or not. Cheap: names are looked at, not content. */
  recognise(place: CheckPlace): Promise<boolean>;
  /** Everything that is wrong with it as one of this kind. `what` is said to people after the verdict. */
  judge(place: CheckPlace): Promise<{ findings: readonly Finding[]; what: string }>;
}

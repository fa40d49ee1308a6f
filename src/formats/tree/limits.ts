/** What a package may ask of us before it is taken for one made to do harm. */
export interface TreeLimits {
  /** Files and folders. */
  readonly entries: number;
  /** Bytes of one file, unpacked. */
  readonly entryBytes: number;
  /** Bytes of all files, unpacked. */
  readonly totalBytes: number;
  /** Times a file, or all of them together, may be larger than it is packed. */
  readonly ratio: number;
  /** Below so many bytes the ratio is not looked at: small uniform files pack very well. */
  readonly ratioFloorBytes: number;
  /** Folders within folders. */
  readonly depth: number;
  /** UTF-8 bytes of one name, and of a whole path: what file systems take. */
  readonly nameBytes: number;
  readonly pathBytes: number;
}

export const TREE_LIMITS: TreeLimits = {
  entries: 2_000_000,
  entryBytes: 1e12,
  totalBytes: 4e12,
  ratio: 300,
  ratioFloorBytes: 32 * 2 ** 20,
  depth: 64,
  nameBytes: 255,
  pathBytes: 4096,
};

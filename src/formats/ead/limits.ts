/** Bounds on what a document may make us do. */
export interface EadLimits {
  /** Size of the file, bytes. */
  fileBytes: number;
  /** Descriptions in one document. */
  descriptions: number;
  /** Characters of one element (a scope note, a biography). */
  elementLength: number;
  /** Characters of one description. */
  descriptionLength: number;
  /** Characters of what stands behind the components it belongs above, in the whole document. */
  lateLength: number;
  /** Components within components. */
  depth: number;
  /** Kinds of elements that we wrote where EAD has none: each is shown as a column. */
  ownElements: number;
}

export const DEFAULT_LIMITS: Readonly<EadLimits> = {
  fileBytes: 2 * 1024 ** 3,
  descriptions: 10_000_000,
  elementLength: 1_000_000,
  descriptionLength: 4_000_000,
  lateLength: 4_000_000,
  depth: 90,
  ownElements: 10_000,
};

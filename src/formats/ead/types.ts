export interface EadUnitId {
  text: string;
  /** `type` (EAD 2002) or `localtype` (EAD3); '' without one. */
  type: string;
}

export interface EadTitle {
  text: string;
  type: string;
}

export interface EadDate {
  /** As a reader is shown it; '' when only the normal form is given. */
  text: string;
  /** First and last point as the document gives them for machines (`1923`, `1923-05-01`); '' without. */
  from: string;
  to: string;
  bulk: boolean;
}

export interface EadContainer {
  type: string;
  text: string;
  /** Id of this container, and of the one it lies in. */
  id: string;
  within: string;
}

/** What an archdesc or a component (`c`, `c01` … `c12`) says of itself. */
export interface EadDescription {
  /** Counts up from 1 in the order of the document. */
  number: number;
  /** Number of the description above; 0 for an archdesc. */
  above: number;
  /** 1 for an archdesc. */
  depth: number;
  /** `level` as written, '' without. */
  level: string;
  otherLevel: string;
  /** Whether components lie under it. */
  hasParts: boolean;
  id: string;
  /** Whether it, or what it lies under, is marked `audience="internal"`. */
  internal: boolean;
  /** Identifier of the finding aid (eadid, recordid); only with an archdesc. */
  recordId: string;
  unitIds: EadUnitId[];
  titles: EadTitle[];
  dates: EadDate[];
  containers: EadContainer[];
  /** All other elements by their names, in the order of the document; blocks of text on lines of their own. */
  elements: Map<string, string[]>;
  /** Single elements marked `audience="internal"`, each as `name: text`. */
  internalNotes: string[];
}

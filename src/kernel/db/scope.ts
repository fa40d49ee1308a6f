/** Things in reach of somebody, as lists that rows are compared with. */
export interface Reached {
  /** Archives, for things of every category. */
  archives: readonly string[];
  /**
   * Parts of archives, where a post is limited: `archive/category`, and of a fonds all or a category, by its id and by its
   * number as the index knows it: `fonds`, `fonds/category`, `archive|number`, `archive|number/category`.
   */
  parts: readonly string[];
  /** Archives the parts lie in. */
  places: readonly string[];
  /** What of archives and parts is seen through an embargo. */
  embargoArchives: readonly string[];
  embargoParts: readonly string[];
  /** Units and fonds in reach by leave in single cases. */
  units: readonly string[];
  fonds: readonly string[];
  /** The fonds once more, as `archive/number`. */
  fondsNumbers: readonly string[];
}

/** What of filing and handovers is in reach: of whole archives with all their agencies, and of single agencies. */
export interface FilingReached {
  archives: readonly string[];
  agencies: readonly string[];
}

/** Whose rows exist for a transaction: what row-level security is told. What is open exists for everybody. */
export interface Scope {
  /** All archives. For the system itself only. */
  all?: boolean;
  /** What exists for the asker, and its description. */
  exists: Reached;
  /** What the asker may look into: pages and their text. */
  content: Reached;
  /** What agencies file and hand over; nothing where absent. */
  filing?: FilingReached;
  /** The day that counts, `YYYY-MM-DD`; the database's own where absent. */
  today?: string;
}

const NOTHING: Reached = {
  archives: [],
  parts: [],
  places: [],
  embargoArchives: [],
  embargoParts: [],
  units: [],
  fonds: [],
  fondsNumbers: [],
};

export const PUBLIC: Scope = { exists: NOTHING, content: NOTHING };
export const SYSTEM: Scope = { all: true, exists: NOTHING, content: NOTHING };

/** All of some archives. */
export function archivesScope(archives: readonly string[]): Scope {
  const all = { ...NOTHING, archives, embargoArchives: archives };
  return { exists: all, content: all, filing: { archives, agencies: [] } };
}

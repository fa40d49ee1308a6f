/** Things in reach of somebody, as lists that rows are compared with. */
export interface Reached {
  /** Archives, for things of every category. */
  archives: readonly string[];
  /** `archive/category`: things of these categories only. */
  categories: readonly string[];
  /** The same for those who see through an embargo. */
  embargoArchives: readonly string[];
  embargoCategories: readonly string[];
  /** Units and fonds in reach by leave in single cases. */
  units: readonly string[];
  fonds: readonly string[];
  /** The fonds once more, as `archive/number`. */
  fondsNumbers: readonly string[];
}

/** Whose rows exist for a transaction: what row-level security is told. What is open exists for everybody. */
export interface Scope {
  /** All archives. For the system itself only. */
  all?: boolean;
  /** What exists for the asker, and its description. */
  exists: Reached;
  /** What the asker may look into: pages and their text. */
  content: Reached;
  /** The day that counts, `YYYY-MM-DD`; the database's own where absent. */
  today?: string;
}

const NOTHING: Reached = {
  archives: [],
  categories: [],
  embargoArchives: [],
  embargoCategories: [],
  units: [],
  fonds: [],
  fondsNumbers: [],
};

export const PUBLIC: Scope = { exists: NOTHING, content: NOTHING };
export const SYSTEM: Scope = { all: true, exists: NOTHING, content: NOTHING };

/** All of some archives. */
export function archivesScope(archives: readonly string[]): Scope {
  const all = { ...NOTHING, archives, embargoArchives: archives };
  return { exists: all, content: all };
}

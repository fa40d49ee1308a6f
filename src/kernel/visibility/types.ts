import type { Capability } from '../capabilities.ts';

/**
 * What a person may do to a thing, from knowing that it exists to deciding on it. `master` is the file as held, `content`
 * what is made from it for looking at and reading.
 */
export const SIGHTS = [
  'exists',
  'description',
  'content',
  'print',
  'master',
  'export',
  'change',
  'decide',
] as const;
export type Sight = (typeof SIGHTS)[number];

/** What a grant can give. Changing and deciding come with a post alone. */
export const GRANTABLE = ['description', 'content', 'print', 'master', 'export'] as const;
export type Grantable = (typeof GRANTABLE)[number];

/** A post a person holds in an archive. A post above it in the tree of archives is written out for each below. */
export interface Post {
  archiveId: string;
  /** Code of the role, for saying why. */
  role: string;
  capabilities: ReadonlySet<Capability>;
  /** Categories of records the post extends to; null: all. */
  categories: ReadonlySet<string> | null;
  /** Fonds of the archive it extends to, those of an agency and of the bodies below it; null: all. */
  fonds: readonly FondsRef[] | null;
  /** Agencies whose filing and handovers it extends to, as `fonds` does to their records in the holdings; null or absent: all. */
  agencies?: readonly string[] | null;
}

/** A fonds, as entries name it and as the index does. */
export interface FondsRef {
  id: string;
  number: string;
}

/** Leave given to one person in one case: for an item, a file with its items, or a fonds. Days are `YYYY-MM-DD`. */
export interface Grant {
  id: string;
  archiveId: string;
  /** An item, or a file with its items as they are now. */
  unit: { id: string; items: readonly string[] } | null;
  fonds: FondsRef | null;
  gives: readonly Grantable[];
  from: string;
  /** The last day. */
  until: string;
}

/** Who asks. */
export interface Viewer {
  kind: 'system' | 'public' | 'person';
  posts: readonly Post[];
  grants: readonly Grant[];
}

/** What is asked about: an entry of the catalogue with all that decides. */
export interface Thing {
  id: string;
  archiveId: string;
  fondsId: string;
  /** The file it lies in. */
  parentId: string | null;
  category: string | null;
  accessStatus: 'unreviewed' | 'open' | 'restricted' | 'delayed';
  classification: 'public' | 'internal';
  /** Opened by a decision that takes effect on this day; null: at once. */
  opensOn: string | null;
  /** Closed for everybody but those who decide, the public and case-by-case leave included, until the day before. */
  embargoUntil: string | null;
}

/** One link in the chain of reasons: a condition, and whether it holds. */
export interface Reason {
  code: ReasonCode;
  holds: boolean;
  params?: Readonly<Record<string, string>>;
}

export type ReasonCode =
  | 'system'
  | 'post'
  | 'post.capability'
  | 'post.category'
  | 'post.fonds'
  | 'embargo'
  | 'embargo.decider'
  | 'open.status'
  | 'open.classification'
  | 'open.day'
  | 'open.sight'
  | 'grant'
  | 'grant.gives'
  | 'grant.day';

export interface Decision {
  allowed: boolean;
  /** The road that led there; empty when none did. */
  by: 'system' | 'post' | 'open' | 'grant' | null;
  reasons: readonly Reason[];
}

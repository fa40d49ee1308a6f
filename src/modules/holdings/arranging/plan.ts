import type { CodeChoice } from './rules.ts';

/** Chosen entries: one by one, and rows of siblings from one to another. */
export interface Selection {
  ids?: readonly string[];
  ranges?: readonly { from: string; to: string }[];
  /** Everything directly below a fonds or an entry. */
  under?: string;
}

/** Where entries are put: below what, and behind which sibling; null: as the first. Absent: as the last. */
export interface Target {
  fondsId: string;
  parentId: string | null;
  after?: string | null;
}

/** New codes in the order of the tree: running numbers of their classes. */
export interface Numbers {
  /** Of the first; 1 where absent. */
  start?: number;
  /** Elements of the codes that are to be others than they are: a year, a term of retention. */
  values?: Readonly<Record<string, string>>;
  /** Key of a template of the standards, where the archive has none of its own. */
  template?: string;
}

/** The fonds a part of another becomes. */
export interface NewFonds {
  number: string;
  name: string;
  agencyId: string | null;
  dates: string | null;
  history: string | null;
}

/** What is wanted, as it is written down. */
export type Plan =
  | { kind: 'move'; selection: Selection; to: Target; codes: CodeChoice }
  | { kind: 'merge'; fondsId: string; to: Target; codes: CodeChoice }
  | { kind: 'split'; fondsId: string; selection: Selection; to: Target; codes: CodeChoice; fonds: NewFonds }
  | { kind: 'renumber'; selection: Selection; numbers: Numbers }
  | { kind: 'back'; of: string };

/** A plan that carries entries elsewhere. */
export type Carrying = Extract<Plan, { to: Target }>;

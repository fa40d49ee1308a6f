import type { Condition } from './conditions.ts';

/** What a table of units is narrowed to. */
export interface UnitFilter {
  archiveId: string;
  /** Children of this unit, or units directly under this fonds. */
  parent?: string;
  fonds?: string;
  level?: string;
  category?: string;
  year?: number;
  retention?: string;
  access?: string;
  importId?: string;
  held?: 'yes' | 'no';
  /** Only those that lack something required. */
  incomplete?: 'yes';
  ids?: readonly string[];
  /** Conditions on any field besides; all of them hold. */
  where?: readonly Condition[] | undefined;
}

import type { AccessStatus, Classification, Description, Level } from '../domain/unit.ts';

/** An entry as it leaves: all that describes it. */
export interface DescribedUnit {
  id: string;
  archiveId: string;
  fondsId: string;
  parentId: string | null;
  level: Level;
  position: string;
  referenceCode: string | null;
  title: string;
  creator: string | null;
  docNo: string | null;
  date: string | null;
  dateFrom: string | null;
  dateTo: string | null;
  category: string | null;
  year: number | null;
  retention: string | null;
  classification: Classification;
  accessStatus: AccessStatus;
  opensOn: string | null;
  embargoUntil: string | null;
  pages: number | null;
  pageCount: number;
  childCount: number;
  description: Description;
  /** Codes it bore before, oldest first. */
  formerCodes: string[];
}

/** A fonds as it leaves. */
export interface DescribedFonds {
  id: string;
  number: string;
  name: string;
  dates: string | null;
  history: string | null;
  custody: string | null;
  scope: string | null;
  /** Whose records it holds. */
  agency: string | null;
}

/** An entry in the order of the tree: what stands above comes before. */
export interface WalkedUnit {
  unit: DescribedUnit;
  /** 1 directly under the fonds. */
  depth: number;
  /** The entry above in what leaves; null directly under the fonds. */
  above: DescribedUnit | null;
  /** Whether it and its sisters are items with nothing under them: they fit into a list of items. */
  plain: boolean;
}

/** What the search knows of a unit: the words it is found by, what it is filtered by, and what a hit shows. */
export interface UnitEntry {
  unitId: string;
  archiveId: string;
  fondsNo: string;
  level: 'series' | 'file' | 'item';
  accessStatus: AccessStatus;
  classification: 'public' | 'internal';
  /** The day an opening takes effect, and the day an embargo ends, `YYYY-MM-DD`. */
  opensOn?: string | null;
  embargoUntil?: string | null;
  title: string;
  referenceCode?: string | null;
  /** Codes it had before or has elsewhere; found like the code itself. */
  otherCodes?: readonly string[];
  /** Natural order of the reference code, as the holdings keep it. */
  sortKey?: string | null;
  category?: string | null;
  year?: number | null;
  retention?: string | null;
  /** The date as shown. */
  dateText?: string | null;
  /** First and last day, `YYYY-MM-DD`. */
  dateFrom?: string | null;
  dateTo?: string | null;
  /** Responsible agency or person 责任者, and document number 文号: found like other elements, and by their names. */
  creator?: string | null;
  docNo?: string | null;
  /** Other elements searched as catalogue text: keywords, persons, abstract, notes. */
  other?: readonly (string | null | undefined)[];
}

export type AccessStatus = 'unreviewed' | 'open' | 'restricted' | 'delayed';

export interface PageText {
  /** From 1. */
  pageNo: number;
  text: string;
  /** Of the reading, 0 to 100; null for text that was not read from an image. */
  confidence?: number | null;
}

export interface ArchiveLabel {
  id: string;
  /** This archive and all above it. */
  path: readonly string[];
  code: string;
  name: string;
  nameHant?: string | null;
  nameEn?: string | null;
}

export interface FondsLabel {
  archiveId: string;
  number: string;
  name: string;
}

/** Pages 1 to 16 of a unit are one segment of its index, 17 to 32 the next. The SQL counts the same way. */
export const PAGES_PER_SEGMENT = 16;

export function segmentOf(pageNo: number): number {
  return 1 + Math.floor((pageNo - 1) / PAGES_PER_SEGMENT);
}

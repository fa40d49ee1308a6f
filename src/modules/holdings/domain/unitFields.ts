import type { Classification, Description, Level } from './unit.ts';

/** The fields a person may write in an entry; absent ones stay as they are, null or '' empties one. */
export interface UnitInput {
  level?: string;
  referenceCode?: string | null;
  title?: string;
  creator?: string | null;
  docNo?: string | null;
  date?: string | null;
  category?: string | null;
  year?: number | null;
  retention?: string | null;
  classification?: string;
  pages?: number | null;
  description?: Record<string, unknown>;
}

/** The part of a unit's row that an entry form fills. */
export interface UnitFields {
  level: Level;
  referenceCode: string | null;
  sortKey: string;
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
  pages: number | null;
  description: Description;
  /** How many required elements it lacks, and how many more where no entry above can say them. */
  gapsOwn: number;
  gapsTop: number;
}

export const EMPTY_FIELDS: UnitFields = {
  level: 'item',
  referenceCode: null,
  sortKey: '',
  title: '',
  creator: null,
  docNo: null,
  date: null,
  dateFrom: null,
  dateTo: null,
  category: null,
  year: null,
  retention: null,
  classification: 'public',
  pages: null,
  description: {},
  gapsOwn: 0,
  gapsTop: 0,
};

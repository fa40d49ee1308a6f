/** What the API answers about imports of catalogues; see `api/shapes.ts`. */
export type ImportState =
  | 'draft'
  | 'checking'
  | 'checked'
  | 'running'
  | 'done'
  | 'failed'
  | 'takingBack'
  | 'takenBack';
export interface ImportColumn {
  index: number;
  heading: string;
  field: string | null;
  confidence: number;
  samples: string[];
}
export interface ImportSheet {
  name: string;
  rows: number;
  rowsIsExact: boolean;
  use: boolean;
  headerRow: number;
  columns: ImportColumn[];
  sample: string[][];
}
export interface ImportProblem {
  code: string;
  /** Whether rows with it come back; else they go in with a remark. */
  rejecting: boolean;
  message: string;
  count: number;
}
export interface ImportOptions {
  defaultFonds?: string;
  defaultFondsName?: string;
  defaultCategory?: string;
  defaultRetention?: string;
  defaultYear?: number;
  codes?: 'whole' | 'withinFonds';
  existing?: 'keep' | 'update' | 'merge' | 'skip';
  alike?: 'off' | 'tell' | 'skip' | 'merge';
  accessStatus?: 'asInFile' | 'unreviewed';
}
/** A row about an entry that is held, and what it does to it. */
export interface PreviewRow {
  sheet: string;
  row: number;
  /** The entry, or the fonds it is about. */
  unitId: string | null;
  fondsId?: string;
  code: string | null;
  does: 'update' | 'merge' | 'skip';
  how: 'code' | 'words' | 'identifier' | 'alike';
  changes: { field: string; before: string; after: string }[];
}
export interface CatalogueImport {
  id: string;
  archiveId: string;
  fileName: string;
  format: string;
  encoding: string | null;
  state: ImportState;
  sheets: ImportSheet[];
  options: ImportOptions;
  profile: string | null;
  counts: {
    total: number;
    accepted: number;
    rejected: number;
    unchanged: number;
    updated: number;
    merged: number;
    skipped: number;
  };
  preview: { fields: Record<string, number>; how: Record<string, number>; rows: PreviewRow[] };
  problems: ImportProblem[];
  takenBack: { reason: string; removed: number; kept: number; restored?: number; left?: number } | null;
  jobId: string | null;
  createdAt: string;
  createdBy: { id: string | null; name: string };
  finishedAt: string | null;
}

/** What the API answers about scans that come in; see `api/shapes.ts`. */
export interface ScanImport {
  id: string;
  archiveId: string;
  state: 'draft' | 'matching' | 'matched' | 'running' | 'done' | 'failed';
  rule: string | null;
  counts: {
    files: number;
    matchedFiles: number;
    units: number;
    unmatchedFiles: number;
    /** Of the matched: by a name that leaves out leading zeros. */
    looseFiles: number;
    held: number;
    known: number;
    rejected: number;
  };
  jobId: string | null;
  createdBy: string;
  createdAt: string;
}
export interface ScanFile {
  path: string;
  bytes: number;
  unitId: string | null;
  referenceCode: string | null;
  title: string | null;
  pageNo: number | null;
  state: 'matched' | 'unmatched' | 'held' | 'known' | 'rejected';
  code: string | null;
  message: string | null;
}

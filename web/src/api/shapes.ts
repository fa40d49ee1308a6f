/**
 * What the API answers, as the screens use it. `paths.ts` ties these to the addresses; when the paths come generated
 * from the server's OpenAPI document, the compiler compares them with these shapes at every call.
 */
export type Language = 'zh-CN' | 'zh-TW' | 'en';
export type AccessStatus = 'unreviewed' | 'open' | 'restricted' | 'delayed';
export type UnitLevel = 'series' | 'file' | 'item';
export type ArchiveLevel = 'province' | 'city' | 'county';
export type Capability =
  | 'holdings.read'
  | 'holdings.write'
  | 'import.run'
  | 'access.propose'
  | 'access.decide'
  | 'certificate.request'
  | 'certificate.approve'
  | 'people.manage'
  | 'audit.read';

export interface List<T> {
  items: T[];
  next: string | null;
  total?: number;
  totalIsExact?: boolean;
}

export interface Archive {
  id: string;
  parentId: string | null;
  code: string;
  name: string;
  nameHant: string | null;
  nameEn: string | null;
  level: ArchiveLevel;
}
export interface SessionArchive extends Archive {
  roles: string[];
  capabilities: Capability[];
}
export interface Session {
  person: { id: string; username: string; displayName: string; language: Language };
  archives: SessionArchive[];
}
export interface Agency {
  id: string;
  code: string;
  name: string;
}
export interface Fonds {
  id: string;
  archiveId: string;
  agencyId: string | null;
  number: string;
  name: string;
  dates: string | null;
  history: string | null;
  custody: string | null;
  scope: string | null;
  childCount: number;
  version: number;
}

export interface UnitRow {
  id: string;
  parentId: string | null;
  fondsId: string;
  level: UnitLevel;
  referenceCode: string | null;
  title: string;
  creator: string | null;
  docNo: string | null;
  date: string | null;
  category: string | null;
  year: number | null;
  retention: string | null;
  accessStatus: AccessStatus;
  classification: string;
  pages: number | null;
  pageCount: number;
  childCount: number;
  version: number;
}
export type DescriptionValue = string | string[] | number;
export interface Unit extends UnitRow {
  archive: Archive;
  fonds: { id: string; number: string; name: string };
  ancestors: { id: string; level: UnitLevel; referenceCode: string | null; title: string }[];
  description: Record<string, DescriptionValue>;
  dateFrom: string | null;
  dateTo: string | null;
  aliases: string[];
  objectId: string | null;
  createdAt: string;
  updatedAt: string;
  importId: string | null;
  importRow: number | null;
  allowed: { write: boolean; proposeAccess: boolean; requestCertificate: boolean };
}
export interface HistoryEntry {
  at: string;
  actor: string;
  act: string;
  detail: Record<string, unknown>;
}
export interface UnitGroup {
  value: string;
  count: number;
}

export interface AccessChange {
  id: string;
  archiveId: string;
  status: AccessStatus;
  reason: string;
  basis: string | null;
  state: 'proposed' | 'approved' | 'rejected';
  unitCount: number;
  proposedBy: { id: string; name: string };
  proposedAt: string;
  decidedBy: { id: string; name: string } | null;
  decidedAt: string | null;
  note: string | null;
}
export interface AccessChangeDetail extends AccessChange {
  units: List<UnitRow & { before?: AccessStatus | null }>;
}

export interface Progress {
  step?: string;
  done?: number;
  total?: number;
  rejected?: number;
  rate?: number;
}
export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
export interface Job {
  id: string;
  kind: string;
  archiveId: string | null;
  title: string;
  state: JobState;
  progress: Progress;
  result: unknown;
  error: string | null;
  attempt: number;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
}
export interface WorkItem {
  kind: 'accessChange' | 'certificate' | 'import' | 'scans';
  id: string;
  title: string;
  since: string;
  archiveId: string;
}
export interface Work {
  waiting: WorkItem[];
  mine: WorkItem[];
  jobs: Job[];
}

export type ImportState = 'draft' | 'checking' | 'checked' | 'running' | 'done' | 'failed' | 'takenBack';
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
  message: string;
  count: number;
  examples: { sheet: string; row: number; column: string; value: string }[];
}
export interface CatalogueImport {
  id: string;
  archiveId: string;
  fileName: string;
  format: string;
  encoding: string | null;
  state: ImportState;
  sheets: ImportSheet[];
  options: Record<string, string>;
  profile?: string | null;
  counts: { total: number; accepted: number; rejected: number; unchanged: number };
  problems: ImportProblem[];
  jobId?: string | null;
  createdAt: string;
  createdBy: { id: string; name: string };
  finishedAt: string | null;
}
export interface ImportMapping {
  sheets: {
    name: string;
    use: boolean;
    headerRow: number;
    columns: { index: number; field: string | null }[];
  }[];
  options: Record<string, string>;
  saveProfileAs?: string;
}
export interface ProblemRow {
  sheet: string;
  row: number;
  column: string;
  code: string;
  message: string;
  value: string;
}
export interface ImportField {
  field: string;
  level?: string;
  labels: Record<Language, string>;
  code: string;
}

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
    held: number;
    rejected: number;
  };
  jobId: string | null;
  createdAt?: string;
}
export interface ScanFile {
  path: string;
  bytes: number;
  mediaType?: string | null;
  state: 'matched' | 'unmatched' | 'rejected' | 'held';
  unit: { id: string; referenceCode: string | null; title: string } | null;
  reason: string | null;
}
export type TextState = 'none' | 'waiting' | 'ready' | 'poor' | 'failed';
export interface Page {
  pageNo: number;
  label: string | null;
  width: number;
  height: number;
  imageService: string;
  thumbnail: string;
  text: { state: TextState; confidence: number | null };
}
export interface ContentFile {
  ordinal: number;
  originalName: string;
  mediaType: string;
  bytes: number;
  sha256: string;
  heldAt: string;
  download: string;
}
export interface Pages {
  items: Page[];
  content: ContentFile[];
}
/** x, y, width, height in pixels of the recognised image. */
export type Box = number[];
export interface PageText {
  text: string;
  confidence: number | null;
  poor: boolean;
  lines: { text: string; confidence: number | null; box: Box | null }[];
  width: number;
  height: number;
}

/** Start and end (exclusive), in UTF-16 units of the text. */
export type Range = number[];
export interface Snippet {
  page: number | null;
  field: string | null;
  text: string;
  highlights: Range[];
  confidence: number | null;
}
export interface Hit {
  id: string;
  referenceCode: string | null;
  title: string;
  titleHighlights: Range[];
  archive: { id: string; code: string; name: string };
  fonds: { number: string; name: string };
  date: string | null;
  level: UnitLevel;
  category: string | null;
  accessStatus: AccessStatus;
  pageCount: number;
  snippets: Snippet[];
  why: string | null;
}
export interface Facet {
  value: string;
  label: string;
  count: number;
}
export type FacetName = 'archive' | 'fonds' | 'category' | 'year' | 'retention' | 'access';
export interface SearchAnswer {
  total: number;
  totalIsExact: boolean;
  hits: Hit[];
  facets: Partial<Record<FacetName, Facet[]>>;
  facetsExact: boolean;
  next: string | null;
  suggestions?: string[];
}

export type CertificateState = 'requested' | 'approved' | 'issued' | 'rejected' | 'revoked';
export interface Certificate {
  id: string;
  number: string | null;
  archiveId: string;
  unit: { id: string; referenceCode: string | null; title: string };
  pages: number[];
  include: 'images' | 'text' | 'both';
  excerpt?: string | null;
  applicant: { name: string; idType: string; idNumber: string };
  purpose: string;
  matter: string;
  language: Language;
  state: CertificateState;
  requestedBy: { id: string; name: string };
  requestedAt: string;
  decidedBy: { id: string; name: string } | null;
  decidedAt: string | null;
  note: string | null;
  issuedAt: string | null;
  validUntil?: string | null;
  sha256: string | null;
  verifyUrl: string | null;
  jobId: string | null;
}
export interface CertificateRequest {
  unitId: string;
  pages: number[];
  include: 'images' | 'text' | 'both';
  excerpt?: string;
  matter: string;
  applicant: { name: string; idType: string; idNumber: string };
  purpose: string;
  language: Language;
  validUntil?: string;
}

/** RFC 9457 problem document. */
export interface Problem {
  type?: string;
  title: string;
  status: number;
  detail?: string;
  code?: string;
  reference?: string;
  errors?: { field: string; code: string; message: string }[];
  current?: Unit;
}

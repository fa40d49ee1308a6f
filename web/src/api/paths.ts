import type {
  AccessChange,
  AccessChangeDetail,
  AccessStatus,
  Agency,
  Archive,
  ArchiveLevel,
  CatalogueImport,
  Certificate,
  CertificateRequest,
  Fonds,
  HistoryEntry,
  ImportField,
  ImportMapping,
  Job,
  Language,
  List,
  Pages,
  PageText,
  Problem,
  ProblemRow,
  ScanFile,
  ScanImport,
  SearchAnswer,
  Session,
  Unit,
  UnitGroup,
  UnitRow,
  Work,
} from './shapes.ts';

/** One operation in the form openapi-fetch reads: path and query parameters, body, answer. */
type Op<Path, Query, Body, Answer> = {
  parameters: ([Path] extends [never] ? { path?: never } : { path: Path }) & {
    query?: Query;
    header?: never;
    cookie?: never;
  };
  responses: {
    200: { content: { 'application/json': Answer } };
    default: { content: { 'application/problem+json': Problem } };
  };
} & ([Body] extends [never]
  ? { requestBody?: never }
  : { requestBody: { content: { 'application/json': Body } } });
type None = never;
type Get<Path, Query, Answer> = { get: Op<Path, Query, never, Answer> };
type Post<Path, Body, Answer> = { post: Op<Path, never, Body, Answer> };
type Patch<Path, Body, Answer> = { patch: Op<Path, never, Body, Answer> };
type Put<Path, Body, Answer> = { put: Op<Path, never, Body, Answer> };

type Id = { id: string };
type OfArchive = { archiveId: string };
type Paging = { cursor?: string; limit?: number };
/** Filters of a list of units: the same for the list, the workbook, the groups and a bulk act. */
export interface UnitFilter {
  parent?: string;
  fonds?: string;
  level?: string;
  category?: string;
  year?: string;
  retention?: string;
  access?: string;
  import?: string;
  held?: string;
}
export interface UnitFields {
  title?: string;
  referenceCode?: string | null;
  creator?: string | null;
  docNo?: string | null;
  date?: string | null;
  category?: string | null;
  year?: number | null;
  retention?: string | null;
  classification?: string;
  pages?: number | null;
  description?: Record<string, string | string[] | number | null>;
}
export interface NewUnit extends UnitFields {
  archiveId: string;
  fondsId: string;
  parentId?: string | null;
  level: string;
  title: string;
  code?: { category?: string; year?: number; retention?: string; dept?: string };
  position?: { after?: string; before?: string };
}
export type FondsFields = Partial<
  Pick<Fonds, 'number' | 'name' | 'dates' | 'history' | 'custody' | 'scope' | 'agencyId'>
>;
export interface AccessProposal {
  archiveId: string;
  unitIds?: string[];
  filter?: UnitFilter;
  status: AccessStatus;
  reason: string;
  basis?: string;
}
export interface SearchQuery extends Paging {
  q?: string;
  archive?: string;
  fonds?: string;
  category?: string;
  from?: string;
  to?: string;
  retention?: string;
  access?: string;
  level?: string;
  year?: string;
  sort?: string;
}
type Decision = { decision: 'approved' | 'rejected'; note: string };
type JobStarted = { jobId: string };

export interface paths {
  '/session': Get<None, never, Session> &
    Post<None, { username: string; password: string }, Session> &
    Patch<None, { language: Language }, Session> & { delete: Op<None, never, never, undefined> };
  '/setup': Get<None, never, { needed: boolean }> &
    Post<
      None,
      {
        token: string;
        username: string;
        displayName: string;
        password: string;
        archive: { code: string; name: string; level: ArchiveLevel };
      },
      Session
    >;
  '/archives': Get<None, never, { items: Archive[] }> &
    Post<None, { parentId: string | null; code: string; name: string; level: ArchiveLevel }, Archive>;
  '/archives/{archiveId}/agencies': Get<OfArchive, never, { items: Agency[] }> &
    Post<OfArchive, { code: string; name: string }, Agency>;
  '/archives/{archiveId}/fonds': Get<OfArchive, Paging & { q?: string }, List<Fonds>> &
    Post<OfArchive, FondsFields & { number: string; name: string }, Fonds>;
  '/fonds/{id}': Get<Id, never, Fonds> & Patch<Id, FondsFields & { version: number }, Fonds>;
  '/archives/{archiveId}/units': Get<OfArchive, UnitFilter & Paging & { sort?: string }, List<UnitRow>>;
  '/archives/{archiveId}/units/groups': Get<OfArchive, UnitFilter & { by: string }, { items: UnitGroup[] }>;
  '/archives/{archiveId}/next-code': Get<
    OfArchive,
    { fonds: string; category?: string; year?: string; retention?: string; dept?: string },
    { code: string }
  >;
  '/units': Post<None, NewUnit, Unit>;
  '/units/by-code': Get<None, { archive?: string; code: string }, { id: string }>;
  '/units/{id}': Get<Id, never, Unit> & Patch<Id, UnitFields & { version: number }, Unit>;
  '/units/{id}/move': Post<
    Id,
    { parentId: string | null; after?: string; before?: string; version: number },
    Unit
  >;
  '/units/{id}/history': Get<Id, never, { items: HistoryEntry[] }>;
  '/units/{id}/pages': Get<Id, never, Pages>;
  '/units/{id}/pages/{n}/text': Get<{ id: string; n: number }, never, PageText>;
  '/access-changes': Get<None, Paging & { archive?: string; state?: string }, List<AccessChange>> &
    Post<None, AccessProposal, AccessChange>;
  '/access-changes/{id}': Get<Id, Paging, AccessChangeDetail>;
  '/access-changes/{id}/decision': Post<Id, Decision, AccessChange>;
  '/me/work': Get<None, never, Work>;
  '/jobs': Get<None, never, { items: Job[] }>;
  '/jobs/{id}': Get<Id, never, Job>;
  '/jobs/{id}/cancel': Post<Id, never, Job>;
  '/imports': Get<None, Paging & { archive?: string }, List<CatalogueImport>> &
    Post<None, { archiveId: string; uploadId: string }, CatalogueImport>;
  '/imports/{id}': Get<Id, never, CatalogueImport>;
  '/imports/{id}/mapping': Put<Id, ImportMapping, CatalogueImport>;
  '/imports/{id}/check': Post<Id, never, JobStarted>;
  '/imports/{id}/run': Post<Id, never, JobStarted>;
  '/imports/{id}/take-back': Post<Id, { reason: string }, JobStarted>;
  '/imports/{id}/problems': Get<Id, Paging & { code?: string }, List<ProblemRow>>;
  '/import-fields': Get<None, never, { items: ImportField[] }>;
  '/scan-imports': Get<None, Paging & { archive?: string }, List<ScanImport>> &
    Post<None, { archiveId: string; uploadIds: string[]; rule?: string }, ScanImport>;
  '/scan-imports/{id}': Get<Id, never, ScanImport>;
  '/scan-imports/{id}/files': Get<Id, Paging & { state?: string }, List<ScanFile>>;
  '/scan-imports/{id}/run': Post<Id, never, JobStarted>;
  '/search': Get<None, SearchQuery, SearchAnswer>;
  '/certificates': Get<None, Paging & { archive?: string; state?: string }, List<Certificate>> &
    Post<None, CertificateRequest, Certificate>;
  '/certificates/{id}': Get<Id, never, Certificate>;
  '/certificates/{id}/decision': Post<Id, Decision, Certificate>;
  '/certificates/{id}/revocation': Post<Id, { reason: string }, Certificate>;
}

/**
 * What the API answers, as the screens use it. The calls are typed by `schema.generated.ts`, made from the server's
 * OpenAPI document: wherever an answer is handed on as one of these shapes, the compiler compares the two.
 */
import type { MessageKey } from '#kernel/wording/zh-CN';
import type { paths } from './schema.generated.ts';

export type Language = 'zh-CN' | 'zh-TW' | 'en';
export type AccessStatus = 'unreviewed' | 'open' | 'restricted' | 'delayed';
export type UnitLevel = 'series' | 'file' | 'item';
export type ArchiveLevel = 'province' | 'city' | 'county';
/** As the server lists them; a new one needs no line here. */
export type Capability =
  paths['/session']['get']['responses'][200]['content']['application/json']['archives'][number]['capabilities'][number];

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
  level: string;
}
export interface SessionArchive extends Archive {
  capabilities: Capability[];
}
export interface Session {
  person: { id: string; displayName: string; language: Language };
  factors: 'password' | 'two';
  /** Has roles that count only with a second factor. */
  withheld: boolean;
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
  /** Its other elements. */
  description: Record<string, string>;
  /** How many required elements it lacks. */
  gaps: number;
  childCount: number;
  version: number;
  /** The fonds it is part of now; it is closed then. */
  partOf: string | null;
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
  opensOn: string | null;
  embargoUntil: string | null;
  classification: string;
  pages: number | null;
  pageCount: number;
  childCount: number;
  version: number;
}
/** A row of a table, with those elements of its description that are shown. */
export type TableRow =
  paths['/archives/{archiveId}/units']['get']['responses'][200]['content']['application/json']['items'][number];
export type TableView =
  paths['/archives/{archiveId}/table-views']['get']['responses'][200]['content']['application/json']['items'][number];
export type BulkAct =
  paths['/archives/{archiveId}/bulk-edits']['post']['requestBody']['content']['application/json']['acts'][number];
export type BulkPreview =
  paths['/archives/{archiveId}/bulk-edits/preview']['post']['responses'][200]['content']['application/json'];
export type SheetRow =
  paths['/archives/{archiveId}/sheet']['post']['requestBody']['content']['application/json']['rows'][number];
export type SheetAnswer =
  paths['/archives/{archiveId}/sheet']['post']['responses'][200]['content']['application/json'];
export type RuleFinding = NonNullable<SheetAnswer['rows'][number]['finding']>;
export interface Unit extends UnitRow {
  archive: Archive;
  fonds: { id: string; number: string; name: string };
  ancestors: { id: string; level: string; referenceCode: string | null; title: string }[];
  /** Texts by field; `extra` holds elements of a foreign catalogue under their own headings. */
  description: Record<string, unknown>;
  dateFrom: string | null;
  dateTo: string | null;
  aliases: string[];
  /** What stands above says for it, and where it says so. */
  inherited: Judged['inherited'];
  /** Keys of the required elements it lacks. */
  lacking: string[];
  embargo: { changeId: string; reason: string; basis: string | null } | null;
  objectId: string | null;
  createdAt: string;
  updatedAt: string;
  importId: string | null;
  importRow: number | null;
  allowed: { write: boolean; draft: boolean; proposeAccess: boolean; requestCertificate: boolean };
}
export interface HistoryEntry {
  at: string;
  actor: string;
  act: string;
  detail: Record<string, unknown>;
}

/** What a change of access sets; null: stays as it is. */
export interface AccessSetting {
  status: AccessStatus | null;
  opensOn: string | null;
  embargo: 'set' | 'lifted' | null;
  embargoUntil: string | null;
}
export interface AccessChange extends AccessSetting {
  id: string;
  archiveId: string;
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
  refusal: { code: string; values: Record<string, string | number> } | null;
  attempt: number;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
}
export type WorkItem =
  paths['/me/work']['get']['responses'][200]['content']['application/json']['waiting'][number];
/** A wizard that was left on its way. */
export interface WorkDraft {
  kind: 'import' | 'scanImport';
  id: string;
  title: string;
  state: 'draft' | 'checked' | 'matched' | 'failed';
  since: string;
  archiveId: string;
}
export interface Work {
  waiting: WorkItem[];
  mine: WorkItem[];
  drafts: WorkDraft[];
  jobs: unknown[];
  alarms: unknown[];
}

export type TextState = 'none' | 'waiting' | 'ready' | 'poor' | 'failed';
export interface Page {
  pageNo: number;
  label: string | null;
  width: number | null;
  height: number | null;
  /** Absent for what can not be drawn (plain text). */
  imageService: string | null;
  thumbnail: string | null;
  text: { state: TextState; confidence: number | null };
  /** What the page holds and its picture does not show; null where nobody looked. */
  notDrawn: { kind: string; count: number }[] | null;
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
  state: TextState;
  /** 0 to 100; absent for text that came with the file. */
  confidence: number | null;
  /** Clockwise degrees that turn the stored image upright; `width`, `height` and boxes are of the upright one. */
  rotation: number;
  width: number | null;
  height: number | null;
  /** Letters drawn by their shapes alone, which the text lacks. */
  nameless: number;
  lines: { text: string; confidence: number; box: Box }[];
}

/** Start and end (exclusive), in UTF-16 units of the text. */
export type Range = number[];
export interface Snippet {
  page: number;
  field: string;
  text: string;
  highlights: Range[];
  confidence: number | null;
}
export interface Hit {
  id: string;
  referenceCode: string | null;
  title: string;
  titleHighlights: Range[];
  archive: { id: string; code: string; name: string; nameHant: string | null; nameEn: string | null };
  fonds: { number: string; name: string | null };
  date: string | null;
  level: string;
  category: string | null;
  accessStatus: string;
  opensOn: string | null;
  embargoUntil: string | null;
  pageCount: number;
  snippets: Snippet[];
  why: string;
}
export interface Facet {
  value: string;
  label?: string;
  count: number;
}
export type FacetName = 'archive' | 'fonds' | 'category' | 'year' | 'retention' | 'access';

export type CertificateState = 'requested' | 'approved' | 'issued' | 'rejected' | 'revoked';
export interface Certificate {
  id: string;
  number: string | null;
  archiveId: string;
  unit: { id: string; referenceCode: string | null; title: string };
  pages: number[];
  include: 'images' | 'text' | 'both';
  /** Masked, but where it was asked for in full. */
  applicant: {
    name: string;
    idType: string;
    idNumber: string;
    telephone: string | null;
    address: string | null;
    agent: { name: string; idNumber: string } | null;
  };
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
  validUntil: string | null;
  sha256: string | null;
  verifyUrl: string | null;
  revokedAt: string | null;
  revocationReason: string | null;
  jobId: string | null;
}

/** RFC 9457 problem document. */
export interface Problem {
  type?: string;
  title: string;
  status: number;
  detail?: string;
  code?: string;
  reference?: string;
  /** What the sentence speaks of: `field` names the entry that was refused, `current` the other person's version. */
  values?: {
    field?: string;
    current?: Unit;
    /** Of an element of a description: the rule's message, what it speaks of, what the element is called, and where the rule is from. */
    message?: MessageKey;
    values?: Record<string, string | number>;
    names?: Record<Language, string>;
    source?: string;
  } & Record<string, unknown>;
}

type DescriptionForm =
  paths['/archives/{archiveId}/description-form']['get']['responses'][200]['content']['application/json'];
/** An element of a description as a form asks for it. */
export type FormField = DescriptionForm['fields'][number];
export type SchemeLevel = 'fonds' | UnitLevel;
/** What is found of a description while it is written. */
export type Judged =
  paths['/archives/{archiveId}/units/judge']['post']['responses'][200]['content']['application/json'];
/** A version of how an archive describes. */
export type SchemeVersion =
  paths['/archives/{archiveId}/description-schemes']['get']['responses'][200]['content']['application/json']['items'][number];
export type SchemeBody =
  paths['/description-schemes/{id}']['get']['responses'][200]['content']['application/json']['body'];
export type OwnElement = SchemeBody['elements'][number];
export type OwnVocabulary = SchemeBody['vocabularies'][number];
export type ElementChange = SchemeBody['changes'][string];
export type Obligation = OwnElement['obligations']['item'];
export type Area = OwnElement['area'];

/** An element of a reference code, as an archive places it. */
export type CodeElement = CodeTemplate['elements'][number];
/** How an archive builds the codes of a fonds and category from a day on. */
export type CodeTemplate =
  paths['/archives/{archiveId}/code-templates']['get']['responses'][200]['content']['application/json']['items'][number];

/** Something that may be meant by an element while it is written. */
export type Suggestion =
  paths['/archives/{archiveId}/units/suggest']['post']['responses'][200]['content']['application/json']['items'][number];
/** An entry with something odd about it. */
export type OddEntry =
  paths['/fonds/{id}/oddities']['get']['responses'][200]['content']['application/json']['items'][number];
/** Which kinds of suggestions an archive has. */
export type DeskHelp =
  paths['/archives/{archiveId}/desk-help']['get']['responses'][200]['content']['application/json'];

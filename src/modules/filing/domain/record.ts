import { type MetadataRecord, type MetadataScheme, schemeFor } from '#formats/metadata-schemes';
import { categoryByCode, readRetention } from '#formats/reference-codes';
import { isSecret } from '#kernel/classification';
import { parseArchivalDate } from '#kernel/dates';
import { Refusal } from '#kernel/errors';

/**
 * What a record goes through.
 *
 * | state | meaning |
 * |---|---|
 * | registered | entered by the agency; its alone |
 * | filed | of a year that was filed and confirmed; corrected only for a reason; the archive sees it |
 * | inBatch | filed, and in a batch that is with the agency still, or again; corrected only for a reason |
 * | handingOver | in a batch that was laid out, sent or is with the archive; stands fast |
 * | handedOver | accepted by the archive; the agency's copy stays as it is |
 */
export const RECORD_STATES = ['registered', 'filed', 'inBatch', 'handingOver', 'handedOver'] as const;
export type RecordState = (typeof RECORD_STATES)[number];

/** States in which a filed record is still corrected, for a reason. */
export const FILED: ReadonlySet<RecordState> = new Set(['filed', 'inBatch']);

/** Fields with a column of their own; everything else of a scheme lives in `description` under its key. */
export interface RecordFields {
  title: string;
  creator: string | null;
  docNo: string | null;
  /** As it was written, and its first and last day. */
  date: string | null;
  dateFrom: string | null;
  dateTo: string | null;
  category: string;
  year: number;
  retention: string | null;
  classCode: string | null;
  className: string | null;
  pages: number | null;
  classification: 'public' | 'internal';
  description: Readonly<Record<string, string>>;
}

/** What a person wrote; absent stays as it is, null or '' empties. */
export interface RecordInput {
  title?: string | null | undefined;
  creator?: string | null | undefined;
  docNo?: string | null | undefined;
  date?: string | null | undefined;
  category?: string | null | undefined;
  year?: number | string | null | undefined;
  retention?: string | null | undefined;
  classCode?: string | null | undefined;
  className?: string | null | undefined;
  pages?: number | string | null | undefined;
  classification?: string | null | undefined;
  description?: Readonly<Record<string, string | null>> | undefined;
}

export const emptyRecord = (year: number): RecordFields => ({
  title: '',
  creator: null,
  docNo: null,
  date: null,
  dateFrom: null,
  dateTo: null,
  category: 'WS',
  year,
  retention: null,
  classCode: null,
  className: null,
  pages: null,
  classification: 'public',
  description: {},
});

const INTERNAL = /^(?:internal|内部|內部|国内|國內|工作秘密|工作機密)$/i;
/** Elements the number gives, or the agency. */
const GIVEN = new Set(['archiveCode', 'fondsNo', 'fondsName', 'referenceCode', 'itemNo', 'dept']);
const COLUMNS = new Set([
  'title',
  'creator',
  'docNo',
  'date',
  'category',
  'year',
  'retention',
  'pages',
  'classification',
]);

/** Fields of a scheme that are described by hand and have no column here. */
export const describedBy = (scheme: MetadataScheme): string[] =>
  scheme.fields.map((f) => f.key).filter((key) => !COLUMNS.has(key) && !GIVEN.has(key));

/**
 * Applies what was written to a record.
 *
 * @throws Refusal `record.field` naming the field that can not be used; `record.secret` for classified material
 */
export function applyRecord(before: RecordFields, input: RecordInput): RecordFields {
  const after: RecordFields = { ...before };
  if (input.title !== undefined) after.title = text('title', input.title, 500) ?? '';
  if (input.creator !== undefined) after.creator = text('creator', input.creator, 1_000);
  if (input.docNo !== undefined) after.docNo = text('docNo', input.docNo, 200);
  if (input.date !== undefined) Object.assign(after, readDate(input.date));
  if (input.category !== undefined) after.category = readCategory(input.category);
  if (input.year !== undefined) after.year = whole('year', input.year, 1900, 2_999) ?? before.year;
  if (input.pages !== undefined) after.pages = whole('pages', input.pages, 1, 1_000_000);
  if (input.retention !== undefined) after.retention = readTerm(input.retention);
  if (input.classCode !== undefined)
    after.classCode = text('classCode', input.classCode, 40)?.toUpperCase() ?? null;
  if (input.className !== undefined) after.className = text('className', input.className, 100);
  if (input.classification !== undefined) after.classification = readClassification(input.classification);
  if (input.description) after.description = described(after.category, before.description, input.description);
  if (after.title === '') throw wrong('title', 'A record needs a title.');
  return after;
}

const wrong = (field: string, message: string) => new Refusal('record.field', message, { field });

function text(field: string, value: string | null, most: number): string | null {
  const t = value?.toWellFormed().normalize('NFC').trim() ?? '';
  if (t.includes('\u0000')) throw wrong(field, `${field} has a character that can not be kept (U+0000).`);
  if ([...t].length > most) throw wrong(field, `${field} has more than ${most} characters.`);
  return t === '' ? null : t;
}

function whole(field: string, value: number | string | null, least: number, most: number): number | null {
  if (value === null || value === '') return null;
  const n = typeof value === 'number' ? value : Number(value.trim());
  if (!Number.isInteger(n) || n < least || n > most)
    throw wrong(field, `${field} is a whole number from ${least} to ${most}.`);
  return n;
}

function readDate(value: string | null): Pick<RecordFields, 'date' | 'dateFrom' | 'dateTo'> {
  const given = text('date', value, 120);
  if (given === null) return { date: null, dateFrom: null, dateTo: null };
  const { date, finding } = parseArchivalDate(given);
  if (!date) throw wrong('date', finding.message);
  return { date: date.lossless ? date.text : given, dateFrom: date.from, dateTo: date.to };
}

function readCategory(value: string | null): string {
  const t = text('category', value, 10)?.toUpperCase() ?? 'WS';
  if (!categoryByCode(t)) throw wrong('category', `“${t}” is no category of records.`);
  return t;
}

function readTerm(value: string | null): string | null {
  const t = text('retention', value, 50);
  if (t === null) return null;
  const term = readRetention(t);
  if (!term) throw wrong('retention', `“${t}” is no retention period. Use Y, D30, D10 or another Dn.`);
  return term.code;
}

function readClassification(value: string | null): RecordFields['classification'] {
  const t = value?.trim() ?? '';
  if (isSecret(t))
    throw new Refusal(
      'record.secret',
      'Classified material may not be registered on a networked install (Law on Guarding State Secrets, art. 31).',
      { field: 'classification' },
    );
  return INTERNAL.test(t) ? 'internal' : 'public';
}

function described(
  category: string,
  before: Readonly<Record<string, string>>,
  input: Readonly<Record<string, string | null>>,
): Record<string, string> {
  const scheme = schemeFor(category, 'item');
  const known = new Set(describedBy(scheme));
  const after = { ...before };
  for (const [key, value] of Object.entries(input)) {
    if (!known.has(key)) throw wrong(key, `Records of this category have no field “${key}”.`);
    const most = scheme.fields.find((f) => f.key === key)?.maxLength ?? 2_000;
    const t = text(key, value, most);
    if (t === null) delete after[key];
    else after[key] = t;
  }
  return after;
}

/** A record as metadata schemes and checks take it. */
export function metadataOf(
  r: RecordFields & { referenceCode: string | null; itemNo: number | null; fondsNumber: string },
): MetadataRecord {
  return {
    ...r.description,
    fondsNo: r.fondsNumber,
    title: r.title,
    creator: r.creator,
    docNo: r.docNo,
    date: r.date,
    category: r.category,
    year: r.year,
    retention: r.retention,
    dept: r.className ?? r.classCode,
    pages: r.pages,
    classification: r.classification,
    referenceCode: r.referenceCode,
    itemNo: r.itemNo,
  };
}

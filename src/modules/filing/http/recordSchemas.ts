import Type from 'typebox';
import { labelOf, type MetadataField, schemeFor } from '#formats/metadata-schemes';
import { Nullable } from '#kernel/http/route';
import { presentStanding, type RunStanding, StandingSchema } from '#modules/checks';
import { PARTS } from '../domain/arrange.ts';
import { MISSING } from '../domain/missing.ts';
import { describedBy, RECORD_STATES } from '../domain/record.ts';
import type { RecordView } from '../queries/records.ts';
import type { FilingFile } from '../store/files.ts';
import type { FilingRecord } from '../store/records.ts';
import type { YearFiling } from '../store/yearFilings.ts';
import { SuggestionSchema } from './schemas.ts';

const text = (most: number) => Type.Optional(Nullable(Type.String({ maxLength: most })));
export const RecordInputSchema = {
  title: text(2_000),
  creator: text(2_000),
  docNo: text(1_000),
  date: text(200),
  category: text(20),
  retention: text(100),
  classCode: text(100),
  className: text(400),
  pages: Type.Optional(Nullable(Type.Union([Type.Integer(), Type.String({ maxLength: 20 })]))),
  classification: text(100),
  description: Type.Optional(
    Type.Record(Type.String({ maxLength: 50 }), Nullable(Type.String({ maxLength: 40_000 }))),
  ),
  lineKey: Type.Optional(Nullable(Type.String({ format: 'uuid' }))),
};

export const RecordSchema = Type.Object({
  id: Type.String(),
  archiveId: Type.String(),
  agencyId: Type.String(),
  itemId: Nullable(Type.String()),
  part: Nullable(Type.Enum([...PARTS])),
  title: Type.String(),
  creator: Nullable(Type.String()),
  docNo: Nullable(Type.String()),
  date: Nullable(Type.String()),
  category: Type.String(),
  year: Type.Integer(),
  retention: Nullable(Type.String()),
  classCode: Nullable(Type.String()),
  className: Nullable(Type.String()),
  pages: Nullable(Type.Integer()),
  classification: Type.Enum(['public', 'internal']),
  description: Type.Record(Type.String(), Type.String()),
  lineKey: Nullable(Type.String()),
  itemNo: Nullable(Type.Integer()),
  referenceCode: Nullable(Type.String()),
  boxNo: Nullable(Type.Integer()),
  state: Type.Enum([...RECORD_STATES]),
  /** In a filing that is prepared or confirmed. */
  inFiling: Type.Boolean(),
  /** The batch it goes over, or went over, to the archive in. */
  handoverId: Nullable(Type.String()),
  files: Type.Integer(),
  bytes: Type.Integer(),
  registeredBy: Type.String(),
  registeredAt: Type.String(),
  version: Type.Integer(),
});

export function presentRecord(r: FilingRecord) {
  return {
    id: r.id,
    archiveId: r.archiveId,
    agencyId: r.agencyId,
    itemId: r.itemId,
    part: r.part,
    title: r.title,
    creator: r.creator,
    docNo: r.docNo,
    date: r.date,
    category: r.category,
    year: r.year,
    retention: r.retention,
    classCode: r.classCode,
    className: r.className,
    pages: r.pages,
    classification: r.classification,
    description: { ...r.description },
    lineKey: r.lineKey,
    itemNo: r.itemNo,
    referenceCode: r.referenceCode,
    boxNo: r.boxNo,
    state: r.state,
    inFiling: r.filingId !== null,
    handoverId: r.handoverId,
    files: r.files,
    bytes: r.bytes,
    registeredBy: r.registeredByName,
    registeredAt: r.registeredAt.toISOString(),
    version: r.version,
  };
}

const FileSchema = Type.Object({
  id: Type.String(),
  name: Type.String(),
  bytes: Type.Integer(),
  sha512: Type.String(),
});
const presentFile = ({ id, name, bytes, sha512 }: FilingFile) => ({ id, name, bytes, sha512 });

export const RecordPageSchema = Type.Object({
  record: RecordSchema,
  files: Type.Array(FileSchema),
  parts: Type.Array(Type.Object({ record: RecordSchema, files: Type.Array(FileSchema) })),
  /** What its system told of how it was made, before it came here. */
  origin: Type.Array(
    Type.Object({
      action: Type.String(),
      at: Type.String(),
      agent: Nullable(Type.String()),
      basis: Nullable(Type.String()),
      note: Nullable(Type.String()),
    }),
  ),
  /** What the metadata scheme of its category finds: a rule and the message that names the field. */
  faults: Type.Array(
    Type.Object({ rule: Type.String(), field: Type.String(), label: Nullable(Type.String()) }),
  ),
  suggestions: Type.Array(SuggestionSchema),
  mayChange: Type.Enum(['plain', 'reason', 'no']),
});

export function presentRecordPage(v: RecordView) {
  const { fields } = schemeFor(v.record.category, 'item');
  return {
    record: presentRecord(v.record),
    files: v.files.map(presentFile),
    parts: v.parts.map((p) => ({ record: presentRecord(p.record), files: p.files.map(presentFile) })),
    origin: v.origin,
    faults: v.faults.map((f) => {
      const field = fields.find((one) => one.key === f.field);
      return { rule: f.rule, field: f.field, label: field ? labelOf(field) : null };
    }),
    suggestions: v.suggestions,
    mayChange: v.mayChange,
  };
}

const MissingGroupSchema = Type.Object({
  code: Type.Enum([...MISSING]),
  blocking: Type.Boolean(),
  count: Type.Integer(),
  examples: Type.Array(
    Type.Object({ id: Nullable(Type.String()), label: Type.String(), detail: Type.String() }),
  ),
});
export const MissingSchema = Type.Object({
  items: Type.Integer(),
  files: Type.Integer(),
  bytes: Type.Integer(),
  gaps: Type.Array(MissingGroupSchema),
});

export const YearFilingSchema = Type.Object({
  id: Type.String(),
  year: Type.Integer(),
  number: Type.Integer(),
  state: Type.Enum(['prepared', 'filed', 'withdrawn']),
  missing: MissingSchema,
  note: Nullable(Type.String()),
  items: Type.Integer(),
  files: Type.Integer(),
  bytes: Type.Integer(),
  preparedBy: Type.String(),
  preparedAt: Type.String(),
  confirmedBy: Nullable(Type.String()),
  confirmedAt: Nullable(Type.String()),
  digest: Nullable(Type.String()),
  mayConfirm: Type.Boolean(),
  /** Of the four natures; null where it has not begun. */
  check: Nullable(StandingSchema),
});
export const presentYearFiling = (f: YearFiling, mayConfirm: boolean, check: RunStanding | undefined) => ({
  id: f.id,
  year: f.year,
  number: f.number,
  state: f.state,
  missing: f.missing,
  note: f.note,
  items: f.items,
  files: f.files,
  bytes: f.bytes,
  preparedBy: f.preparedByName,
  preparedAt: f.preparedAt.toISOString(),
  confirmedBy: f.confirmedByName,
  confirmedAt: f.confirmedAt?.toISOString() ?? null,
  digest: f.digest,
  mayConfirm,
  check: presentStanding(check),
});

export const FieldSchema = Type.Object({
  key: Type.String(),
  /** Message that names it. */
  label: Type.String(),
  obligation: Type.Enum(['required', 'conditional', 'optional']),
  type: Type.String(),
  maxLength: Type.Integer(),
  /** Usual values; with `closed` no others. */
  values: Type.Array(Type.String()),
  closed: Type.Boolean(),
  source: Type.String(),
});

/** The fields of a category's form beside those every record has. */
export const fieldsOfForm = (category: string) => {
  const scheme = schemeFor(category, 'item');
  const keys = new Set(describedBy(scheme));
  return scheme.fields.filter((f) => keys.has(f.key)).map(presentField);
};
const presentField = (f: MetadataField) => ({
  key: f.key,
  label: labelOf(f),
  obligation: f.obligation,
  type: f.type,
  maxLength: f.maxLength,
  values: (f.vocabulary?.terms ?? []).map((term) => term.words[0] ?? term.code),
  closed: f.vocabulary?.closed ?? false,
  source: f.source,
});

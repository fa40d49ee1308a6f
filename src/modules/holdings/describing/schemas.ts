import Type from 'typebox';
import {
  AREAS,
  AUTHORITY_KINDS,
  type MetadataField,
  namesOf,
  SCHEME_LEVELS,
} from '#formats/metadata-schemes';
import { Nullable } from '#kernel/http/route';
import { OWN_TYPES } from '#kernel/ownTypes';
import type { Form, TracedVersion } from './queries.ts';

const Text = (most: number) => Type.String({ maxLength: most });
const Key = Text(50);
export const LevelSchema = Type.Enum([...SCHEME_LEVELS]);
const Obligation = Type.Enum(['required', 'conditional', 'optional', 'unused']);

const NamesSchema = Type.Object({ 'zh-CN': Text(2_000), 'zh-TW': Text(2_000), en: Text(2_000) });
const Obligations = Type.Object({
  fonds: Obligation,
  series: Obligation,
  file: Obligation,
  item: Obligation,
});

export const BodySchema = Type.Object({
  missing: Type.Enum(['refuse', 'incomplete']),
  elements: Type.Array(
    Type.Object({
      key: Key,
      names: NamesSchema,
      type: Type.Enum([...OWN_TYPES]),
      obligations: Obligations,
      area: Type.Enum([...AREAS]),
      maxLength: Type.Optional(Type.Integer({ minimum: 1, maximum: 20_000 })),
      pattern: Type.Optional(Text(200)),
      vocabulary: Type.Optional(Key),
      authority: Type.Optional(Type.Enum([...AUTHORITY_KINDS])),
      initial: Type.Optional(Text(2_000)),
      derive: Type.Optional(Text(200)),
      inherits: Type.Optional(Type.Boolean()),
      help: Type.Optional(NamesSchema),
    }),
    { maxItems: 200 },
  ),
  vocabularies: Type.Array(
    Type.Object({
      key: Key,
      names: NamesSchema,
      terms: Type.Array(Type.Object({ code: Text(50), names: NamesSchema }), { maxItems: 2_000 }),
    }),
    { maxItems: 100 },
  ),
  changes: Type.Record(
    Key,
    Type.Object({
      names: Type.Optional(NamesSchema),
      obligations: Type.Optional(Type.Partial(Obligations)),
      initial: Type.Optional(Text(2_000)),
      derive: Type.Optional(Text(200)),
      help: Type.Optional(NamesSchema),
      inherits: Type.Optional(Type.Boolean()),
      terms: Type.Optional(Type.Array(Text(100), { maxItems: 500 })),
      reason: Type.Optional(Text(1_000)),
    }),
  ),
  order: Type.Array(Key, { maxItems: 500 }),
});

export const CategorySchema = Nullable(Type.String({ pattern: '^[A-Z]{2}$' }));

const Difference = Type.Object({
  what: Type.Enum(['element', 'vocabulary', 'change', 'missing', 'order']),
  key: Type.String(),
  how: Type.Enum(['added', 'removed', 'changed']),
  parts: Type.Array(Type.String()),
});

const versionFields = {
  id: Type.String(),
  category: Nullable(Type.String()),
  version: Type.Integer(),
  validFrom: Type.String(),
  state: Type.Enum(['inForce', 'toCome', 'followed']),
  reason: Nullable(Type.String()),
  createdAt: Type.String(),
  createdBy: Type.String(),
  elements: Type.Integer(),
  differences: Type.Array(Difference),
};
export const VersionSchema = Type.Object(versionFields);
export const VersionWithBodySchema = Type.Object({ ...versionFields, body: BodySchema });

export const presentVersion = (v: TracedVersion) => ({
  id: v.id,
  category: v.category,
  version: v.version,
  validFrom: v.validFrom,
  state: v.state,
  reason: v.reason,
  createdAt: v.createdAt.toISOString(),
  createdBy: v.createdByName,
  elements: v.body.elements.length,
  differences: v.differences,
});

export const presentWithBody = (v: TracedVersion) => ({
  ...presentVersion(v),
  body: {
    missing: v.body.missing,
    elements: [...v.body.elements],
    vocabularies: v.body.vocabularies.map((one) => ({ ...one, terms: [...one.terms] })),
    changes: Object.fromEntries(
      Object.entries(v.body.changes).map(([key, { terms, ...rest }]) => [
        key,
        { ...rest, ...(terms && { terms: [...terms] }) },
      ]),
    ),
    order: [...v.body.order],
  },
});

const FormFieldSchema = Type.Object({
  key: Type.String(),
  names: NamesSchema,
  help: Nullable(NamesSchema),
  area: Type.Enum([...AREAS]),
  type: Type.String(),
  own: Type.Boolean(),
  obligation: Type.Enum(['required', 'conditional', 'optional']),
  maxLength: Type.Integer(),
  long: Type.Boolean(),
  many: Type.Boolean(),
  /** Terms it may have; with `closed` no others. */
  terms: Type.Array(Type.Object({ code: Type.String(), names: NamesSchema })),
  closed: Type.Boolean(),
  pattern: Nullable(Type.String()),
  authority: Nullable(Type.Enum([...AUTHORITY_KINDS])),
  initial: Nullable(Type.String()),
  derive: Nullable(Type.String()),
  inherits: Nullable(Type.Enum(['counts', 'shows'])),
  /** Slot of the reference code that says the same. */
  slot: Nullable(Type.String()),
  source: Type.String(),
});

export const FormSchema = Type.Object({
  fields: Type.Array(FormFieldSchema),
  /** Whether entries that lack what is required are refused. */
  refuses: Type.Boolean(),
});

const plainNames = (text: string) => ({ 'zh-CN': text, 'zh-TW': text, en: text });

export const presentField = (f: MetadataField) => ({
  key: f.key,
  names: f.names ?? namesOf(f),
  help: f.help ?? null,
  area: f.area,
  type: f.type,
  own: f.own ?? false,
  obligation: f.obligation,
  maxLength: f.maxLength,
  long: f.long ?? false,
  many: f.many ?? false,
  terms: (f.vocabulary?.terms ?? []).map((t) => ({
    code: t.code,
    names: t.names ?? plainNames(t.words[0] ?? t.code),
  })),
  closed: f.vocabulary?.closed ?? false,
  pattern: f.pattern ?? null,
  authority: f.authority ?? null,
  initial: f.initial ?? null,
  derive: f.derive ?? null,
  inherits: f.inherits ?? null,
  slot: f.slot ?? null,
  source: f.source,
});

export const presentForm = (form: Form) => ({
  fields: form.fields.map(presentField),
  refuses: form.refuses,
});

export const InheritedSchema = Type.Record(
  Type.String(),
  Type.Object({
    value: Type.String(),
    from: Type.Object({
      type: Type.Enum(['unit', 'fonds']),
      id: Type.String(),
      level: Type.String(),
      referenceCode: Nullable(Type.String()),
      title: Type.String(),
    }),
  }),
);

export const JudgedSchema = Type.Object({
  findings: Type.Array(
    Type.Object({
      field: Type.String(),
      rule: Type.String(),
      weight: Type.Enum(['error', 'gap', 'warning']),
      says: Type.String(),
      source: Type.String(),
    }),
  ),
  filled: Type.Record(Type.String(), Type.String()),
  inherited: InheritedSchema,
});

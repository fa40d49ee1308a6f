import Type from 'typebox';
import { Id, Nullable } from '#kernel/http/route';
import { CLASSES, FORMS, KINDS, type Name, STATUSES } from '../domain/authority.ts';
import { RELATION_TYPES } from '../domain/relations.ts';
import type { AuthorityView } from '../queries/authorities.ts';
import type { AuthorityRow } from '../store/authorities.ts';
import { ROLES } from '../store/links.ts';
import { UNIT_RELATIONS } from '../store/unitRelations.ts';

const Text = (most: number) => Type.String({ maxLength: most });
export const KindSchema = Type.Enum([...KINDS]);
export const ClassSchema = Type.Enum([...CLASSES]);
export const RoleSchema = Type.Enum([...ROLES]);
export const UnitRelationSchema = Type.Enum([...UNIT_RELATIONS]);
export const RelationTypeSchema = Type.Enum([...RELATION_TYPES]);

const SpanSchema = Type.Object({
  text: Nullable(Type.String()),
  from: Nullable(Type.String()),
  to: Nullable(Type.String()),
});
const SpanInput = {
  text: Type.Optional(Nullable(Text(500))),
  from: Type.Optional(Nullable(Text(20))),
  to: Type.Optional(Nullable(Text(20))),
};
const NamedSchema = Type.Object({ id: Type.String(), name: Type.String() });
export const BriefSchema = Type.Object({ id: Type.String(), name: Type.String(), kind: KindSchema });

export const VocabularySchema = Type.Object({
  id: Type.String(),
  archiveId: Type.String(),
  code: Type.String(),
  name: Type.String(),
  note: Nullable(Type.String()),
});

export const AuthorityRowSchema = Type.Object({
  id: Type.String(),
  archiveId: Type.String(),
  kind: KindSchema,
  vocabularyId: Nullable(Type.String()),
  recordId: Nullable(Type.String()),
  /** The authorised form. */
  name: Type.String(),
  exist: SpanSchema,
  status: Type.Enum([...STATUSES]),
  restricted: Type.Boolean(),
  /** How many it stands below, and how many stand below it. */
  broader: Type.Integer(),
  narrower: Type.Integer(),
});
export const SuggestionSchema = Type.Object({
  id: Type.String(),
  kind: KindSchema,
  name: Type.String(),
  /** The name that fits what was typed. */
  matched: Type.String(),
  exist: SpanSchema,
  vocabularyId: Nullable(Type.String()),
});

const IdentifierSchema = Type.Object({ type: Text(100), value: Text(200) });
const NameSchema = Type.Object({
  form: Type.Enum([...FORMS]),
  name: Type.String(),
  lang: Nullable(Type.String()),
  note: Nullable(Type.String()),
  text: Nullable(Type.String()),
  from: Nullable(Type.String()),
  to: Nullable(Type.String()),
});
const RelationSchema = Type.Object({
  id: Type.String(),
  /** What the other is to this one. */
  type: RelationTypeSchema,
  other: Nullable(BriefSchema),
  /** Where the other is only named. */
  otherName: Nullable(Type.String()),
  text: Nullable(Type.String()),
  from: Nullable(Type.String()),
  to: Nullable(Type.String()),
  note: Nullable(Type.String()),
});

export const AuthoritySchema = Type.Interface([AuthorityRowSchema], {
  names: Type.Array(NameSchema),
  identifiers: Type.Array(IdentifierSchema),
  elements: Type.Record(Type.String(), Type.String()),
  relations: Type.Array(RelationSchema),
  /** What it stands below, the top first. */
  path: Type.Array(NamedSchema),
  vocabulary: Nullable(VocabularySchema),
  fonds: Type.Array(
    Type.Object({ id: Type.String(), archiveId: Type.String(), number: Type.String(), name: Type.String() }),
  ),
  mergedFrom: Nullable(NamedSchema),
  version: Type.Integer(),
  createdAt: Type.String(),
  createdBy: Type.String(),
  updatedAt: Type.String(),
  updatedBy: Type.String(),
  allowed: Type.Object({ write: Type.Boolean() }),
});

const NameInput = Type.Object({
  form: Type.Enum([...FORMS]),
  name: Text(2_000),
  lang: Type.Optional(Nullable(Text(20))),
  note: Type.Optional(Nullable(Text(5_000))),
  ...SpanInput,
});
const said = {
  recordId: Type.Optional(Nullable(Text(200))),
  vocabularyId: Type.Optional(Nullable(Id)),
  exist: Type.Optional(Type.Object(SpanInput)),
  identifiers: Type.Optional(Type.Array(IdentifierSchema, { maxItems: 100 })),
  elements: Type.Optional(Type.Record(Text(50), Nullable(Text(200_000)))),
  status: Type.Optional(Type.Enum([...STATUSES])),
  restricted: Type.Optional(Type.Boolean()),
};
export const NewAuthorityBody = Type.Object({
  archiveId: Id,
  kind: KindSchema,
  names: Type.Array(NameInput, { minItems: 1, maxItems: 2_000 }),
  ...said,
});
export const CorrectionBody = Type.Object({
  version: Type.Integer(),
  kind: Type.Optional(KindSchema),
  names: Type.Optional(Type.Array(NameInput, { minItems: 1, maxItems: 2_000 })),
  ...said,
});
export const RelationBody = Type.Object({
  otherId: Id,
  type: RelationTypeSchema,
  note: Type.Optional(Nullable(Text(5_000))),
  ...SpanInput,
});

export const LinkedUnitSchema = Type.Object({
  id: Type.String(),
  role: RoleSchema,
  archiveId: Type.String(),
  fondsId: Type.String(),
  level: Type.String(),
  referenceCode: Nullable(Type.String()),
  title: Type.String(),
  date: Nullable(Type.String()),
  accessStatus: Type.String(),
});
export const LinksSchema = Type.Object({
  authorities: Type.Array(
    Type.Object({
      authorityId: Type.String(),
      role: RoleSchema,
      way: Type.Enum(['person', 'job']),
      name: Type.String(),
      kind: KindSchema,
      by: Type.String(),
      at: Type.String(),
    }),
  ),
  related: Type.Array(
    Type.Object({
      id: Type.String(),
      type: UnitRelationSchema,
      note: Nullable(Type.String()),
      by: Type.String(),
      at: Type.String(),
      unit: Type.Object({
        id: Type.String(),
        archiveId: Type.String(),
        level: Type.String(),
        referenceCode: Nullable(Type.String()),
        title: Type.String(),
        date: Nullable(Type.String()),
      }),
    }),
  ),
  allowed: Type.Object({ write: Type.Boolean() }),
});
export const CreatorsSchema = Type.Object({
  creators: Type.Array(BriefSchema),
  allowed: Type.Object({ write: Type.Boolean() }),
});

export function presentRow(a: AuthorityRow) {
  const { key: _, ...row } = a;
  return row;
}

const presentName = ({ form, name, lang, note, text, from, to }: Name) => ({
  form,
  name,
  lang,
  note,
  text,
  from,
  to,
});

export function presentAuthority(v: AuthorityView) {
  const {
    createdAt,
    createdByName,
    updatedAt,
    updatedByName,
    kept: _,
    networkId: __,
    mergedInto: ___,
    ...a
  } = v.authority;
  return {
    ...presentRow(a),
    identifiers: a.identifiers,
    elements: a.elements,
    version: a.version,
    names: v.names.map(presentName),
    relations: v.relations.map(({ id, type, other, otherName, text, from, to, note }) => ({
      id,
      type,
      other,
      otherName,
      text,
      from,
      to,
      note,
    })),
    path: v.path,
    vocabulary: v.vocabulary,
    fonds: v.fonds,
    mergedFrom: v.mergedFrom,
    createdAt: createdAt.toISOString(),
    createdBy: createdByName,
    updatedAt: updatedAt.toISOString(),
    updatedBy: updatedByName,
    allowed: v.allowed,
  };
}

import Type from 'typebox';
import { Id, Nullable } from '#kernel/http/route';
import { InheritedSchema } from './describing/schemas.ts';
import { ACCESS_STATUSES, CLASSIFICATIONS, LEVELS } from './domain/unit.ts';

const Text = (most: number) => Type.String({ maxLength: most });
const Words = (words: readonly string[]) => Type.Enum(words as string[]);

export const ArchiveSchema = Type.Object({
  id: Type.String(),
  parentId: Nullable(Type.String()),
  code: Type.String(),
  name: Type.String(),
  nameHant: Nullable(Type.String()),
  nameEn: Nullable(Type.String()),
  level: Type.String(),
});

export const AgencySchema = Type.Object({
  id: Type.String(),
  archiveId: Type.String(),
  code: Type.String(),
  name: Type.String(),
});

const fondsFields = {
  agencyId: Nullable(Type.String()),
  name: Type.String(),
  dates: Nullable(Type.String()),
  history: Nullable(Type.String()),
  custody: Nullable(Type.String()),
  scope: Nullable(Type.String()),
  /** Its other elements, by the keys of the scheme of its level. */
  description: Type.Record(Type.String(), Type.String()),
};
export const FondsSchema = Type.Object({
  id: Type.String(),
  archiveId: Type.String(),
  number: Type.String(),
  ...fondsFields,
  /** How many required elements it lacks. */
  gaps: Type.Integer(),
  childCount: Type.Integer(),
  version: Type.Integer(),
  /** The fonds it is part of now; it is closed then. */
  partOf: Nullable(Type.String()),
});
export const FondsInputSchema = Type.Partial(
  Type.Object({
    agencyId: Nullable(Id),
    name: Type.String({ minLength: 1, maxLength: 500 }),
    dates: Nullable(Text(200)),
    history: Nullable(Text(20_000)),
    custody: Nullable(Text(20_000)),
    scope: Nullable(Text(20_000)),
    description: Type.Record(Text(60), Nullable(Text(20_000))),
  }),
);

export const UnitRowSchema = Type.Object({
  id: Type.String(),
  archiveId: Type.String(),
  fondsId: Type.String(),
  parentId: Nullable(Type.String()),
  level: Words(LEVELS),
  referenceCode: Nullable(Type.String()),
  title: Type.String(),
  creator: Nullable(Type.String()),
  docNo: Nullable(Type.String()),
  date: Nullable(Type.String()),
  dateFrom: Nullable(Type.String()),
  dateTo: Nullable(Type.String()),
  category: Nullable(Type.String()),
  year: Nullable(Type.Integer()),
  retention: Nullable(Type.String()),
  classification: Words(CLASSIFICATIONS),
  accessStatus: Words(ACCESS_STATUSES),
  /** The day an opening takes effect, and the first day after an embargo. */
  opensOn: Nullable(Type.String()),
  embargoUntil: Nullable(Type.String()),
  pages: Nullable(Type.Integer()),
  /** How many required elements it lacks. */
  gaps: Type.Integer(),
  pageCount: Type.Integer(),
  childCount: Type.Integer(),
  version: Type.Integer(),
});

const AncestorSchema = Type.Object({
  id: Type.String(),
  level: Type.String(),
  referenceCode: Nullable(Type.String()),
  title: Type.String(),
});

export const UnitSchema = Type.Interface([UnitRowSchema], {
  archive: ArchiveSchema,
  fonds: Type.Object({ id: Type.String(), number: Type.String(), name: Type.String() }),
  ancestors: Type.Array(AncestorSchema),
  aliases: Type.Array(Type.String()),
  /** What stands above says for it; nothing of it is copied. */
  inherited: InheritedSchema,
  /** Keys of the required elements it lacks. */
  lacking: Type.Array(Type.String()),
  description: Type.Record(Type.String(), Type.Unknown()),
  objectId: Nullable(Type.String()),
  importId: Nullable(Type.String()),
  importRow: Nullable(Type.Integer()),
  createdAt: Type.String(),
  updatedAt: Type.String(),
  /** Why it is under embargo, where it is. */
  embargo: Nullable(
    Type.Object({ changeId: Type.String(), reason: Type.String(), basis: Nullable(Type.String()) }),
  ),
  allowed: Type.Object({
    write: Type.Boolean(),
    /** By drafts that another person looks through. */
    draft: Type.Boolean(),
    proposeAccess: Type.Boolean(),
    requestCertificate: Type.Boolean(),
  }),
});

export const UnitInputSchema = Type.Partial(
  Type.Object({
    level: Words(LEVELS),
    referenceCode: Nullable(Text(200)),
    title: Text(4_000),
    creator: Nullable(Text(1_000)),
    docNo: Nullable(Text(200)),
    date: Nullable(Text(120)),
    category: Nullable(Text(50)),
    year: Nullable(Type.Integer()),
    retention: Nullable(Text(50)),
    classification: Text(20),
    pages: Nullable(Type.Integer()),
    description: Type.Record(Type.String(), Nullable(Type.String())),
  }),
);

export const ReasonsSchema = Type.Partial(
  Type.Object({
    /** Why the entry is corrected; kept with its history. */
    reason: Nullable(Text(1_000)),
    /** Why the reference code is changed: needed where there was one. */
    codeReason: Nullable(Text(1_000)),
  }),
);

/** A number given and withdrawn (空号). */
export const VoidCodeSchema = Type.Object({
  code: Type.String(),
  reason: Type.String(),
  at: Type.String(),
  by: Type.String(),
  /** The entry that had it, with its present code. */
  unitId: Nullable(Type.String()),
  referenceCode: Nullable(Type.String()),
});

export const PlaceSchema = Type.Partial(Type.Object({ after: Id, before: Id }));

export const UnitFilterSchema = Type.Partial(
  Type.Object({
    parent: Id,
    fonds: Id,
    level: Words(LEVELS),
    category: Text(50),
    year: Type.Integer(),
    retention: Text(50),
    access: Words(ACCESS_STATUSES),
    import: Id,
    held: Words(['yes', 'no']),
    /** Only those that lack something required. */
    incomplete: Words(['yes']),
    /** Conditions on any field, as JSON: `[["title","contains","水库"],["year","between",1950,1960]]`. */
    where: Text(8_000),
  }),
);

const Person = Type.Object({ id: Type.String(), name: Type.String() });
export const AccessChangeSchema = Type.Object({
  id: Type.String(),
  archiveId: Type.String(),
  /** null: the status stays. */
  status: Nullable(Words(ACCESS_STATUSES)),
  opensOn: Nullable(Type.String()),
  /** null: an embargo stays as it is. */
  embargo: Nullable(Words(['set', 'lifted'])),
  embargoUntil: Nullable(Type.String()),
  reason: Type.String(),
  basis: Nullable(Type.String()),
  state: Words(['proposed', 'approved', 'rejected']),
  unitCount: Type.Integer(),
  proposedBy: Person,
  proposedAt: Type.String(),
  decidedBy: Nullable(Person),
  decidedAt: Nullable(Type.String()),
  note: Nullable(Type.String()),
});

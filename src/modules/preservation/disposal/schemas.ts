import Type from 'typebox';
import { Id, Nullable } from '#kernel/http/route';
import { UnitFilterSchema } from '#modules/holdings';
import { OBSTACLES } from './domain/rule.ts';
import type { DisposalView } from './queries.ts';
import { DISPOSAL_STATES } from './store/disposals.ts';
import type { LegalHold } from './store/legalHolds.ts';

const Person = Type.Object({ id: Type.String(), name: Type.String() });
const Count = Type.Integer();

export const DisposalSchema = Type.Object({
  id: Type.String(),
  archiveId: Type.String(),
  number: Type.String(),
  title: Type.String(),
  reason: Type.String(),
  basis: Type.String(),
  appraisal: Nullable(Type.String()),
  approval: Nullable(Type.String()),
  state: Type.Enum([...DISPOSAL_STATES]),
  unitCount: Count,
  fileCount: Count,
  byteCount: Type.Number(),
  proposedBy: Person,
  proposedAt: Type.String(),
  voices: Type.Array(
    Type.Object({
      person: Person,
      decision: Type.Enum(['agreed', 'refused']),
      note: Nullable(Type.String()),
      at: Type.String(),
    }),
  ),
  closedReason: Nullable(Type.String()),
  jobId: Nullable(Type.String()),
  orderedAt: Nullable(Type.String()),
  doneAt: Nullable(Type.String()),
  /** Entries whose content is gone from everywhere; those spared in the end. */
  destroyed: Count,
  spared: Count,
  /** Copies that are still to go. */
  waiting: Count,
  /** The object that stays of it. */
  objectId: Type.String(),
  mayDecide: Type.Boolean(),
  mayWithdraw: Type.Boolean(),
});

export const UnitSchema = Type.Object({
  id: Type.String(),
  referenceCode: Nullable(Type.String()),
  title: Type.String(),
  fonds: Type.String(),
  category: Nullable(Type.String()),
  year: Nullable(Type.Integer()),
  retention: Nullable(Type.String()),
  expiresOn: Nullable(Type.String()),
  date: Nullable(Type.String()),
  pages: Nullable(Type.Integer()),
  files: Count,
  bytes: Type.Number(),
  state: Type.Enum(['listed', 'spared', 'cleared', 'destroyed']),
  spared: Nullable(Type.Enum([...OBSTACLES])),
  destroyedAt: Nullable(Type.String()),
});

export const RemovalSchema = Type.Object({
  objectId: Type.String(),
  unitId: Type.String(),
  referenceCode: Nullable(Type.String()),
  title: Type.String(),
  place: Type.Enum(['store', 'medium']),
  placeId: Type.String(),
  placeName: Type.String(),
  state: Type.Enum(['waiting', 'gone']),
  tries: Count,
  triedAt: Nullable(Type.String()),
  trouble: Nullable(Type.String()),
  goneAt: Nullable(Type.String()),
  by: Nullable(Type.String()),
});

export const PreviewSchema = Type.Object({
  units: Count,
  eligible: Count,
  files: Count,
  bytes: Type.Number(),
  retentions: Type.Array(
    Type.Object({ code: Nullable(Type.String()), count: Count, expiresOn: Nullable(Type.String()) }),
  ),
  refused: Type.Array(
    Type.Object({
      code: Type.Enum([...OBSTACLES]),
      count: Count,
      examples: Type.Array(
        Type.Object({ id: Type.String(), referenceCode: Nullable(Type.String()), title: Type.String() }),
      ),
    }),
  ),
});

export const LegalHoldSchema = Type.Object({
  id: Type.String(),
  archiveId: Type.String(),
  unitId: Nullable(Type.String()),
  fondsId: Nullable(Type.String()),
  reason: Type.String(),
  basis: Type.String(),
  until: Nullable(Type.String()),
  setBy: Type.String(),
  setAt: Type.String(),
  endedAt: Nullable(Type.String()),
  endedBy: Nullable(Type.String()),
  endReason: Nullable(Type.String()),
});

const Words = (most: number) => Type.String({ minLength: 1, maxLength: most });

/** The entries of a list: by id, or those of a table. The filter's fields are those of a table of entries. */
export const ChoiceSchema = {
  archiveId: Id,
  unitIds: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 20_000 })),
  filter: Type.Optional(UnitFilterSchema),
  approval: Type.Optional(Nullable(Type.String({ maxLength: 500 }))),
};

export const ProposalSchema = Type.Object({
  ...ChoiceSchema,
  title: Words(300),
  reason: Words(2_000),
  basis: Words(2_000),
  appraisal: Type.Optional(Nullable(Type.String({ maxLength: 4_000 }))),
  leaveOut: Type.Optional(Type.Boolean()),
});

const iso = (d: Date | null) => d?.toISOString() ?? null;

export function presentDisposal({ disposal: d, voices, counts, waiting, ...may }: DisposalView) {
  return {
    id: d.id,
    archiveId: d.archiveId,
    number: d.number,
    title: d.title,
    reason: d.reason,
    basis: d.basis,
    appraisal: d.appraisal,
    approval: d.approval,
    state: d.state,
    unitCount: d.unitCount,
    fileCount: d.fileCount,
    byteCount: d.byteCount,
    proposedBy: { id: d.proposedBy, name: d.proposedByName },
    proposedAt: d.proposedAt.toISOString(),
    voices: voices.map((v) => ({
      person: { id: v.personId, name: v.personName },
      decision: v.decision,
      note: v.note,
      at: v.at.toISOString(),
    })),
    closedReason: d.closedReason,
    jobId: d.jobId,
    orderedAt: iso(d.orderedAt),
    doneAt: iso(d.doneAt),
    destroyed: counts.destroyed,
    spared: counts.spared,
    waiting,
    objectId: `urn:lantai:disposal:${d.id}`,
    ...may,
  };
}

/** What a mark is on: the code and title of an entry, or the number and name of a fonds. */
const On = Nullable(Type.Object({ referenceCode: Nullable(Type.String()), title: Type.String() }));
export const NamedHoldSchema = Type.Object({ ...LegalHoldSchema.properties, on: On });

export function presentHold<H extends LegalHold>({
  setBy: _,
  setByName,
  endedByName,
  setAt,
  endedAt,
  ...h
}: H) {
  return { ...h, setBy: setByName, setAt: setAt.toISOString(), endedAt: iso(endedAt), endedBy: endedByName };
}

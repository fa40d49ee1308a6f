import Type from 'typebox';
import {
  ACCESSION_STATES,
  ARRANGED_KINDS,
  DEED_KINDS,
  VERDICTS,
  WAYS,
  WAYS_BY_HAND,
} from '#kernel/accessionWords';
import { Id, Nullable } from '#kernel/http/route';
import { ACCESSION_ACTS } from '../domain/states.ts';
import type { AccessionView, RegisterLine } from '../queries/register.ts';
import type { Deed } from '../store/deeds.ts';

export const Text = (maxLength: number) => Type.String({ maxLength });
export const MaybeText = (maxLength: number) => Type.Optional(Nullable(Text(maxLength)));
export const MaybeId = Type.Optional(Nullable(Id));
export const Uploads = Type.Array(Text(64), { maxItems: 20 });
export const Way = Type.Enum([...WAYS]);
export const WayByHand = Type.Enum([...WAYS_BY_HAND]);
export const State = Type.Enum([...ACCESSION_STATES]);
export const MoneySchema = Type.Object({ amount: Text(20), currency: Text(3) });

const number = Type.Optional(Nullable(Type.Number({ minimum: 0 })));
export const ExtentGiven = Type.Object({
  volumes: number, items: number, pages: number, boxes: number, metres: number, gigabytes: number,
}); // biome-ignore format: a table
export const ExtentSchema = Type.Object({
  volumes: Type.Number(), items: Type.Number(), pages: Type.Number(), boxes: Type.Number(), metres: Type.Number(), gigabytes: Type.Number(),
}); // biome-ignore format: a table
const PartOfExtent = Type.Partial(ExtentSchema);

export const ArrivalGiven = Type.Object({ day: MaybeText(10), extent: ExtentGiven, note: MaybeText(2_000) });

/** What an accession is written as. */
export const ACCESSION_BODY = {
  title: MaybeText(2_000),
  description: MaybeText(20_000),
  sourceId: MaybeId,
  sourceName: MaybeText(1_000),
  fondsId: MaybeId,
  followsId: MaybeId,
  accrualId: MaybeId,
  registeredOn: MaybeText(10),
  dueOn: MaybeText(10),
  dateFrom: MaybeText(10),
  dateTo: MaybeText(10),
  promised: Type.Optional(Nullable(ExtentGiven)),
  physicalState: MaybeText(20_000),
  originalHolder: MaybeText(1_000),
  originalCode: MaybeText(1_000),
  accessTerms: MaybeText(20_000),
  reproductionTerms: MaybeText(20_000),
  publicationTerms: MaybeText(20_000),
  embargoUntil: MaybeText(10),
  creditLine: MaybeText(1_000),
  endsOn: MaybeText(10),
  price: Type.Optional(Nullable(MoneySchema)),
  paidOn: MaybeText(10),
  paymentNote: MaybeText(1_000),
  location: MaybeText(1_000),
  note: MaybeText(20_000),
};

const Line = {
  id: Type.String(),
  archiveId: Type.String(),
  number: Type.String(),
  way: Way,
  state: State,
  transfer: Nullable(Type.Object({ id: Type.String(), number: Nullable(Type.String()) })),
  title: Type.String(),
  sourceId: Nullable(Type.String()),
  sourceName: Type.String(),
  fonds: Nullable(Type.Object({ id: Type.String(), number: Type.String(), name: Type.String() })),
  registeredOn: Type.String(),
  dueOn: Nullable(Type.String()),
  dateFrom: Nullable(Type.String()),
  dateTo: Nullable(Type.String()),
  promised: PartOfExtent,
  came: ExtentSchema,
  back: ExtentSchema,
  cameOn: Nullable(Type.String()),
  price: Nullable(MoneySchema),
  location: Nullable(Type.String()),
};
export const LineSchema = Type.Object(Line);

export const presentLine = (a: Omit<RegisterLine, 'fonds'> & { fonds?: RegisterLine['fonds'] }) => ({
  id: a.id,
  archiveId: a.archiveId,
  number: a.number,
  way: a.way,
  state: a.state,
  transfer: a.transferId ? { id: a.transferId, number: a.transferNumber } : null,
  title: a.title,
  sourceId: a.sourceId,
  sourceName: a.sourceName,
  fonds: a.fonds ?? null,
  registeredOn: a.registeredOn,
  dueOn: a.dueOn,
  dateFrom: a.dateFrom,
  dateTo: a.dateTo,
  promised: a.promised,
  came: a.came,
  back: a.back,
  cameOn: a.cameOn,
  price: a.price,
  location: a.location,
});

const Named = Type.Object({ id: Type.String(), number: Type.String(), title: Type.String() });
export const NamedAccession = Named;

export const DeedSchema = Type.Object({
  id: Type.String(),
  number: Type.String(),
  kind: Type.Enum([...DEED_KINDS]),
  signedOn: Nullable(Type.String()),
  ourParty: Type.String(),
  theirParty: Type.String(),
  propertyPasses: Type.Boolean(),
  rights: Nullable(Type.String()),
  conditions: Nullable(Type.String()),
  endsOn: Nullable(Type.String()),
  version: Type.Integer(),
  files: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), bytes: Type.Integer() })),
});
const presentDeed = (d: Deed) => ({
  id: d.id,
  number: d.number,
  kind: d.kind,
  signedOn: d.signedOn,
  ourParty: d.ourParty,
  theirParty: d.theirParty,
  propertyPasses: d.propertyPasses,
  rights: d.rights,
  conditions: d.conditions,
  endsOn: d.endsOn,
  version: d.version,
  files: d.files.map(({ id, name, bytes }) => ({ id, name, bytes })),
});

const maybe = Nullable(Type.String());
export const AccessionSchema = Type.Object({
  ...Line,
  description: maybe,
  note: maybe,
  physicalState: maybe,
  originalHolder: maybe,
  originalCode: maybe,
  accessTerms: maybe,
  reproductionTerms: maybe,
  publicationTerms: maybe,
  embargoUntil: maybe,
  creditLine: maybe,
  endsOn: maybe,
  paidOn: maybe,
  paymentNote: maybe,
  decision: Nullable(
    Type.Object({
      verdict: Type.Enum([...VERDICTS]),
      reason: maybe,
      proposedByName: Type.String(),
      proposedAt: Type.String(),
      decidedByName: maybe,
      decidedAt: maybe,
      note: maybe,
    }),
  ),
  registeredByName: Type.String(),
  version: Type.Integer(),
  updatedAt: Type.String(),
  updatedBy: Type.String(),
  movements: Type.Array(
    Type.Object({
      id: Type.String(),
      no: Type.Integer(),
      kind: Type.Enum(['in', 'back']),
      day: Type.String(),
      extent: ExtentSchema,
      note: maybe,
      by: Type.String(),
    }),
  ),
  opinions: Type.Array(
    Type.Object({
      id: Type.String(),
      day: Type.String(),
      expert: Type.String(),
      words: Type.String(),
      value: Nullable(MoneySchema),
      by: Type.String(),
    }),
  ),
  deeds: Type.Array(DeedSchema),
  arranged: Type.Array(
    Type.Object({
      id: Type.String(),
      kind: Type.Enum([...ARRANGED_KINDS]),
      targetId: Type.String(),
      label: maybe,
      entries: Type.Integer(),
    }),
  ),
  /** Entries that came of it. */
  entries: Type.Integer(),
  left: ExtentSchema,
  follows: Nullable(Named),
  followedBy: Type.Array(Named),
  accrual: Nullable(Type.Object({ id: Type.String(), title: Type.String() })),
  acts: Type.Array(Type.Enum([...ACCESSION_ACTS])),
  allowed: Type.Object({ write: Type.Boolean(), correct: Type.Boolean() }),
});

export function presentAccession(view: AccessionView) {
  const a = view.accession;
  const d = a.decision;
  return {
    ...presentLine({ ...a, fonds: view.fonds }),
    description: a.description,
    note: a.note,
    physicalState: a.physicalState,
    originalHolder: a.originalHolder,
    originalCode: a.originalCode,
    accessTerms: a.accessTerms,
    reproductionTerms: a.reproductionTerms,
    publicationTerms: a.publicationTerms,
    embargoUntil: a.embargoUntil,
    creditLine: a.creditLine,
    endsOn: a.endsOn,
    paidOn: a.paidOn,
    paymentNote: a.paymentNote,
    decision: d && {
      verdict: d.verdict,
      reason: d.reason,
      proposedByName: d.proposedByName,
      proposedAt: d.proposedAt,
      decidedByName: d.decidedByName ?? null,
      decidedAt: d.decidedAt ?? null,
      note: d.note ?? null,
    },
    registeredByName: a.registeredByName,
    version: a.version,
    updatedAt: a.updatedAt.toISOString(),
    updatedBy: a.updatedByName,
    movements: view.movements.map(({ id, no, kind, day, extent, note, byName }) => ({
      id,
      no,
      kind,
      day,
      extent,
      note,
      by: byName,
    })),
    opinions: view.opinions.map(({ id, day, expert, words, value, byName }) => ({
      id,
      day,
      expert,
      words,
      value,
      by: byName,
    })),
    deeds: view.deeds.map(presentDeed),
    arranged: view.arranged.map(({ id, kind, targetId, label, entries }) => ({
      id,
      kind,
      targetId,
      label,
      entries,
    })),
    entries: view.entries,
    left: view.left,
    follows: view.follows,
    followedBy: view.followedBy,
    accrual: view.accrual,
    acts: view.acts,
    allowed: view.allowed,
  };
}

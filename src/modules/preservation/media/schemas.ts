import Type from 'typebox';
import { Id, Nullable } from '#kernel/http/route';
import { MEDIUM_KINDS, type TestedMedium } from './domain/due.ts';
import {
  CONDITIONS,
  type Holding,
  MEDIUM_STATES,
  type Medium,
  type MediumMove,
  type MediumTest,
} from './store/media.ts';
import type { MediaPlan } from './store/plans.ts';

const Count = Type.Integer();
const Text = Type.String();
export const Kind = Type.Enum([...MEDIUM_KINDS]);
const Outcome = Nullable(Type.Enum(['passed', 'failed']));

export const PlanSchema = Type.Object({
  id: Text,
  archiveId: Text,
  number: Text,
  title: Text,
  kind: Kind,
  mediumBytes: Type.Number(),
  state: Type.Enum(['planning', 'planned', 'givenUp']),
  jobId: Nullable(Text),
  objects: Count,
  bytes: Type.Number(),
  /** Media of one set. */
  media: Count,
  tooLarge: Count,
  madeBy: Text,
  madeAt: Text,
  /** What it is of, where it is not of all that no medium held. */
  fondsId: Nullable(Text),
  yearFrom: Nullable(Count),
  yearTo: Nullable(Count),
});

const Year = Type.Optional(Nullable(Type.Integer({ minimum: 1, maximum: 9999 })));
export const PlanOrder = {
  archiveId: Id,
  kind: Kind,
  mediumBytes: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
  /** Of one fonds, or of years of formation; without them of all that no medium holds yet. */
  fondsId: Type.Optional(Nullable(Id)),
  yearFrom: Year,
  yearTo: Year,
};
export const EstimateSchema = Type.Object({
  objects: Count,
  bytes: Type.Number(),
  media: Count,
  tooLarge: Count,
  /** False: it is at least so much. */
  exact: Type.Boolean(),
});

export const PlannedSchema = Type.Object({
  objectId: Text,
  unitId: Nullable(Text),
  unit: Nullable(Type.Object({ referenceCode: Nullable(Text), title: Text })),
  head: Text,
  files: Count,
  bytes: Type.Number(),
  mediumNo: Nullable(Count),
});

export const MediumSchema = Type.Object({
  id: Text,
  planId: Text,
  archiveId: Text,
  number: Text,
  purpose: Text,
  mediumNo: Count,
  kind: Kind,
  state: Type.Enum([...MEDIUM_STATES]),
  condition: Type.Enum([...CONDITIONS]),
  place: Nullable(Text),
  objects: Count,
  bytes: Type.Number(),
  files: Nullable(Count),
  manifestSha512: Nullable(Text),
  writtenAt: Nullable(Text),
  writtenBy: Nullable(Text),
  jobId: Nullable(Text),
  trouble: Nullable(Text),
  testedAt: Nullable(Text),
  testOutcome: Outcome,
  replaces: Nullable(Text),
  keepUntil: Nullable(Text),
  endedReason: Nullable(Text),
});

export const MediumDetailSchema = Type.Object({
  medium: MediumSchema,
  plan: PlanSchema,
  moves: Type.Array(
    Type.Object({ id: Text, at: Text, by: Text, from: Nullable(Text), to: Text, reason: Text }),
  ),
  tests: Type.Array(
    Type.Object({
      id: Text,
      at: Text,
      by: Text,
      scope: Type.Enum(['sample', 'all']),
      seed: Text,
      files: Count,
      bytes: Type.Number(),
      bad: Count,
      outcome: Type.Enum(['passed', 'failed']),
      findings: Type.Array(Type.Object({ path: Text, code: Text })),
    }),
  ),
});

export const DueSchema = Type.Object({
  /** Media of which a test is due. */
  due: Type.Array(
    Type.Object({
      id: Text,
      number: Text,
      kind: Kind,
      planId: Text,
      writtenAt: Text,
      testedAt: Nullable(Text),
      testOutcome: Outcome,
    }),
  ),
  figures: Type.Object({ media: Count, inPlace: Count, bytes: Type.Number(), failed: Count }),
  rules: Type.Object({
    sets: Type.Array(Text),
    testYears: Type.Record(Text, Type.Number()),
    testShare: Type.Number(),
    keepYears: Type.Number(),
  }),
  /** Folders media may be mounted in or images written to. */
  folders: Type.Array(Text),
});

export const OfObjectSchema = Type.Object({
  /** Copies off-line that count. */
  counted: Count,
  media: Type.Array(
    Type.Object({
      id: Text,
      number: Text,
      purpose: Text,
      kind: Kind,
      state: Type.Enum([...MEDIUM_STATES]),
      place: Nullable(Text),
      head: Text,
      current: Type.Boolean(),
    }),
  ),
});

const iso = (d: Date | null) => d?.toISOString() ?? null;

export const presentPlan = (p: MediaPlan) => ({ ...p, madeAt: p.madeAt.toISOString() });
export const presentMedium = (m: Medium) => ({
  ...m,
  writtenAt: iso(m.writtenAt),
  testedAt: iso(m.testedAt),
});
export const presentMove = ({ byName, fromPlace, toPlace, at, ...m }: MediumMove) => ({
  ...m,
  at: at.toISOString(),
  by: byName,
  from: fromPlace,
  to: toPlace,
});
export const presentTest = ({ byName, at, ...t }: MediumTest) => ({ ...t, at: at.toISOString(), by: byName });
export const presentDue = (m: TestedMedium) => ({
  ...m,
  writtenAt: m.writtenAt.toISOString(),
  testedAt: iso(m.testedAt),
});
export const presentHolding = ({ objectId: _, ...h }: Holding) => h;

import Type from 'typebox';
import { Id, Nullable } from '#kernel/http/route';
import type { HandoverChoice } from '#modules/filing';
import { HAND_ACTS } from './commands/act.ts';
import { LARGEST_MEDIUM, type MediaSet, SMALLEST_MEDIUM } from './domain/media.ts';
import { BATCH_ACTS, BATCH_STATES, MOVES } from './domain/states.ts';
import type { Batch, CheckSummary } from './store/batches.ts';
import type { Moved } from './store/moves.ts';
import type { Plan } from './store/plans.ts';

export const StateSchema = Type.Enum([...BATCH_STATES]);
const CheckSchema = Type.Object({
  /** Nothing was found by machine that keeps it from going on. */
  qualified: Type.Boolean(),
  /** Of the four natures when the machine was done; `open`: people have to answer. */
  verdict: Nullable(Type.Enum(['qualified', 'unqualified', 'open'])),
  errors: Type.Integer(),
  warnings: Type.Integer(),
  runId: Nullable(Type.String()),
});
export const DecisionSchema = Type.Object({
  accepts: Type.Enum(['all', 'part', 'none']),
  reason: Type.String({ maxLength: 4_000 }),
  leftOut: Type.Array(
    Type.Object({ code: Type.String({ maxLength: 200 }), reason: Type.String({ maxLength: 1_000 }) }),
    { maxItems: 10_000 },
  ),
});
const Codes = Nullable(Type.Array(Type.String({ maxLength: 50 }), { maxItems: 200 }));
/** Which filed records of a year a batch is made of; null: all, and of retention periods those archives take in. */
export const ChoiceSchema = Type.Object({
  year: Type.Integer({ minimum: 1900, maximum: 2_999 }),
  retentions: Codes,
  categories: Codes,
  classCodes: Codes,
  from: Nullable(Type.String({ maxLength: 200 })),
  to: Nullable(Type.String({ maxLength: 200 })),
});
const PersonSchema = Type.Object({ id: Nullable(Type.String()), name: Type.String() });

export const BatchSchema = Type.Object({
  id: Type.String(),
  archiveId: Type.String(),
  agency: Type.Object({ id: Type.String(), code: Type.String(), name: Type.String() }),
  planId: Nullable(Type.String()),
  number: Type.String(),
  title: Type.String(),
  content: Type.String(),
  state: StateSchema,
  /** 2 and more: it was returned before. */
  round: Type.Integer(),
  version: Type.Integer(),
  preparedBy: PersonSchema,
  /** Null until something is given, and where it is blocked. */
  packageName: Nullable(Type.String()),
  kind: Nullable(Type.String()),
  /** What it is made of: what was uploaded, or records the agency has filed. */
  source: Type.Enum(['uploads', 'records']),
  choice: Nullable(ChoiceSchema),
  carrier: Type.Enum(['online', 'offline']),
  /** Media of what is sent off-line. */
  media: Nullable(
    Type.Object({
      mediumBytes: Type.Integer(),
      /** How much of what was read last is not what was signed; the findings of the archive name it. */
      wrong: Type.Integer(),
      media: Type.Array(
        Type.Object({
          no: Type.Integer(),
          number: Type.String(),
          files: Type.Integer(),
          bytes: Type.Integer(),
          sha256: Type.String(),
          read: Type.Boolean(),
        }),
      ),
    }),
  ),
  fonds: Nullable(Type.String()),
  entries: Type.Integer(),
  files: Type.Integer(),
  bytes: Type.Integer(),
  /** SHA-256 of the list of all files with their digests. */
  manifest: Nullable(Type.String()),
  precheck: Nullable(CheckSchema),
  arrivalCheck: Nullable(CheckSchema),
  decision: Nullable(DecisionSchema),
  /** Why the system could not go on; it tries again by itself. */
  failure: Nullable(Type.String()),
  jobId: Nullable(Type.String()),
  hasReceipt: Type.Boolean(),
  createdAt: Type.String(),
  movedAt: Type.String(),
});

export const BatchReadSchema = Type.Object({
  ...BatchSchema.properties,
  moves: Type.Array(
    Type.Object({
      seq: Type.Integer(),
      round: Type.Integer(),
      act: Type.Enum([...BATCH_ACTS, 'begin', 'content']),
      from: StateSchema,
      to: StateSchema,
      by: PersonSchema,
      reason: Nullable(Type.String()),
      at: Type.String(),
    }),
  ),
  /** What this person could do now. */
  acts: Type.Array(Type.Enum([...BATCH_ACTS])),
  stuck: Type.Boolean(),
  /** How far the check of the four natures is that goes on now. */
  checking: Nullable(
    Type.Object({ id: Type.String(), done: Type.Integer(), total: Nullable(Type.Integer()) }),
  ),
});

/** The table of states, as code has it. */
export const MovesSchema = Type.Object({
  moves: Type.Array(
    Type.Object({
      act: Type.Enum([...BATCH_ACTS]),
      from: Type.Array(StateSchema),
      to: StateSchema,
      who: Type.String(),
      notBy: Type.Array(Type.Enum(['prepared', 'registered', 'proposed'])),
      reason: Type.Boolean(),
    }),
  ),
});

export const PlanSchema = Type.Object({
  id: Type.String(),
  archiveId: Type.String(),
  agencyId: Type.String(),
  year: Type.Integer(),
  content: Type.String(),
  dueOn: Type.String(),
  items: Nullable(Type.Integer()),
  note: Nullable(Type.String()),
  batches: Type.Integer(),
  accepted: Type.Integer(),
  createdBy: PersonSchema,
  createdAt: Type.String(),
});

export const FindingSchema = Type.Object({
  seq: Type.Integer(),
  code: Type.String(),
  severity: Type.Enum(['error', 'warning', 'info']),
  path: Type.String(),
  message: Type.String(),
});

export const DescriptionBody = {
  title: Type.String({ minLength: 1, maxLength: 300 }),
  content: Type.String({ maxLength: 4_000 }),
  fonds: Nullable(Type.String({ maxLength: 20 })),
};
export const NewBatchBody = Type.Object({
  archiveId: Id,
  agencyId: Id,
  planId: Nullable(Id),
  ...DescriptionBody,
});
export const ActBody = Type.Object({
  act: Type.Enum([...HAND_ACTS]),
  version: Type.Integer({ minimum: 1 }),
  reason: Type.Optional(Type.String({ maxLength: 4_000 })),
  decision: Type.Optional(DecisionSchema),
  mediumBytes: Type.Optional(Type.Integer({ minimum: SMALLEST_MEDIUM, maximum: LARGEST_MEDIUM })),
});

const list = (codes: readonly string[] | null) => codes && [...codes];
const presentChoice = ({ retentions, categories, classCodes, ...rest }: HandoverChoice) => {
  return {
    ...rest,
    retentions: list(retentions),
    categories: list(categories),
    classCodes: list(classCodes),
  };
};
function presentCheck(check: CheckSummary | null) {
  if (!check) return null;
  const { qualified, verdict = null, errors, warnings, runId } = check;
  return { qualified, verdict, errors, warnings, runId };
}

const presentMedia = ({ mediumBytes, wrong, media }: MediaSet) => {
  return {
    mediumBytes,
    wrong,
    media: media.map(({ no, number, files, bytes, sha256, read }) => {
      return { no, number, files, bytes, sha256, read };
    }),
  };
};

export function present(b: Batch) {
  const isHidden = b.state === 'blocked' || b.state === 'removed';
  return {
    id: b.id,
    archiveId: b.archiveId,
    agency: { id: b.agencyId, code: b.agencyCode, name: b.agencyName },
    planId: b.planId,
    number: b.number,
    title: b.title,
    content: b.content,
    state: b.state,
    round: b.round,
    version: b.version,
    preparedBy: { id: b.preparedBy, name: b.preparedByName },
    packageName: isHidden ? null : b.packageName,
    kind: b.kind,
    source: b.source,
    choice: b.choice && presentChoice(b.choice),
    carrier: b.carrier,
    media: b.carrier === 'offline' && b.media && !isHidden ? presentMedia(b.media) : null,
    fonds: b.fonds,
    entries: b.entries,
    files: b.files,
    bytes: b.bytes,
    manifest: b.manifest,
    precheck: presentCheck(b.precheck),
    arrivalCheck: presentCheck(b.arrivalCheck),
    decision: b.decision && { ...b.decision, leftOut: [...b.decision.leftOut] },
    failure: b.failure,
    jobId: b.jobId,
    hasReceipt: b.hasReceipt,
    createdAt: b.createdAt.toISOString(),
    movedAt: b.movedAt.toISOString(),
  };
}

export const presentMove = ({ personId, personName, stoodFor: _, at, ...m }: Moved) => {
  return { ...m, by: { id: personId, name: personName }, at: at.toISOString() };
};

export const presentPlan = (p: Plan) => {
  const { state: _, closedReason: __, createdBy, createdByName, createdAt, ...rest } = p;
  return { ...rest, createdBy: { id: createdBy, name: createdByName }, createdAt: createdAt.toISOString() };
};

export const movesTable = () => {
  return {
    moves: MOVES.map((m) => {
      return {
        act: m.act,
        from: [...m.from],
        to: m.to,
        who: m.who,
        notBy: [...(m.notBy ?? [])],
        reason: m.reason ?? false,
      };
    }),
  };
};

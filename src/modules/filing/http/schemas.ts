import Type from 'typebox';
import { Nullable } from '#kernel/http/route';
import { COMPARED, type LineDifference } from '../domain/compareLines.ts';
import type { ScheduleLine } from '../domain/scheduleLine.ts';
import { SCHEDULE_STATES } from '../domain/scheduleState.ts';
import { SIDES } from '../domain/side.ts';
import type { ScheduleView } from '../queries/schedules.ts';
import { ABOUT, REMARK_KINDS, type Remark } from '../store/remarks.ts';

export const DaySchema = Type.String({ pattern: '^[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' });
const SideSchema = Type.Enum([...SIDES]);

export const AgencySchema = Type.Object({
  archiveId: Type.String(),
  agencyId: Type.String(),
  code: Type.String(),
  name: Type.String(),
  side: SideSchema,
  mayWrite: Type.Boolean(),
  mayConfirm: Type.Boolean(),
  mayApprove: Type.Boolean(),
});

export const LineSchema = Type.Object({
  key: Type.String(),
  number: Type.String(),
  classCode: Type.String(),
  className: Type.String(),
  category: Type.String(),
  matter: Type.String(),
  retention: Type.String(),
  keywords: Type.Array(Type.String()),
  department: Nullable(Type.String()),
  due: Nullable(Type.String()),
  note: Nullable(Type.String()),
  templateKey: Nullable(Type.String()),
});

const optional = (most: number) => Type.Optional(Nullable(Type.String({ maxLength: most })));
export const LineInputSchema = Type.Object({
  key: Type.Optional(Nullable(Type.String({ format: 'uuid' }))),
  number: optional(100),
  classCode: optional(100),
  className: optional(400),
  category: optional(20),
  matter: Type.String({ maxLength: 4_000 }),
  retention: Type.String({ maxLength: 50 }),
  keywords: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 100 })),
  department: optional(1_000),
  due: optional(1_000),
  note: optional(4_000),
  templateKey: optional(200),
});

export const ScheduleSchema = Type.Object({
  id: Type.String(),
  archiveId: Type.String(),
  agencyId: Type.String(),
  /** Version of the agency's schedule: 1, 2 … */
  number: Type.Integer(),
  title: Type.String(),
  template: Nullable(Type.String()),
  edition: Nullable(Type.String()),
  state: Type.Enum([...SCHEDULE_STATES]),
  standing: Nullable(Type.Enum(['toCome', 'inForce', 'followed'])),
  draftedBy: Type.String(),
  draftedAt: Type.String(),
  submittedBy: Nullable(Type.String()),
  submittedAt: Nullable(Type.String()),
  decidedBy: Nullable(Type.String()),
  decidedAt: Nullable(Type.String()),
  decisionNote: Nullable(Type.String()),
  inForceFrom: Nullable(Type.String()),
  followedFrom: Nullable(Type.String()),
  reviewOn: Nullable(Type.String()),
  reviewDue: Type.Boolean(),
  lineCount: Type.Integer(),
  /** To be named when it is changed. */
  version: Type.Integer(),
  side: SideSchema,
  mayWrite: Type.Boolean(),
  maySubmit: Type.Boolean(),
  mayTakeBack: Type.Boolean(),
  mayDecide: Type.Boolean(),
});

export const ScheduleWithLines = Type.Object({
  ...ScheduleSchema.properties,
  lines: Type.Array(LineSchema),
});

export function presentSchedule(s: ScheduleView) {
  return {
    id: s.id,
    archiveId: s.archiveId,
    agencyId: s.agencyId,
    number: s.number,
    title: s.title,
    template: s.template,
    edition: s.edition,
    state: s.state,
    standing: s.standing,
    draftedBy: s.draftedByName,
    draftedAt: s.draftedAt.toISOString(),
    submittedBy: s.submittedByName,
    submittedAt: s.submittedAt?.toISOString() ?? null,
    decidedBy: s.decidedByName,
    decidedAt: s.decidedAt?.toISOString() ?? null,
    decisionNote: s.decisionNote,
    inForceFrom: s.inForceFrom,
    followedFrom: s.followedFrom,
    reviewOn: s.reviewOn,
    reviewDue: s.reviewDue,
    lineCount: s.lineCount,
    version: s.version,
    side: s.side,
    mayWrite: s.mayWrite,
    maySubmit: s.maySubmit,
    mayTakeBack: s.mayTakeBack,
    mayDecide: s.mayDecide,
  };
}

export const presentLines = (lines: readonly ScheduleLine[]) =>
  lines.map((l) => ({ ...l, keywords: [...l.keywords] }));

const ComparedLine = Type.Object({
  number: Type.String(),
  matter: Type.String(),
  retention: Type.String(),
  classCode: Type.String(),
  className: Type.String(),
  category: Type.String(),
  department: Nullable(Type.String()),
  due: Nullable(Type.String()),
  note: Nullable(Type.String()),
});
export const DifferenceSchema = Type.Object({
  kind: Type.Enum(['added', 'removed', 'changed']),
  key: Type.String(),
  before: Nullable(ComparedLine),
  after: Nullable(ComparedLine),
  fields: Type.Array(Type.Enum([...COMPARED])),
  /** Kept for a shorter time than before. */
  shorter: Type.Boolean(),
});
export const presentDifference = (d: LineDifference) => ({ ...d, fields: [...d.fields] });

export const SuggestionSchema = Type.Object({
  line: LineSchema,
  retention: Type.String(),
  classCode: Type.String(),
  /** 0 to 1. */
  sure: Type.Number(),
  reasons: Type.Array(
    Type.Object({
      code: Type.Enum(['words', 'keywords', 'genre', 'category', 'class']),
      words: Type.Array(Type.String()),
    }),
  ),
});

export const RemarkSchema = Type.Object({
  id: Type.String(),
  archiveId: Type.String(),
  agencyId: Type.String(),
  about: Type.Enum([...ABOUT]),
  aboutId: Type.String(),
  lineKey: Nullable(Type.String()),
  /** What it is about, in words. */
  label: Type.String(),
  kind: Type.Enum([...REMARK_KINDS]),
  replyTo: Nullable(Type.String()),
  side: SideSchema,
  text: Type.String(),
  by: Type.String(),
  at: Type.String(),
  settledAt: Nullable(Type.String()),
  settledBy: Nullable(Type.String()),
});
export function presentRemark(r: Remark) {
  const { id, archiveId, agencyId, about, aboutId, lineKey, label, kind, replyTo, side, text } = r;
  return {
    id,
    archiveId,
    agencyId,
    about,
    aboutId,
    lineKey,
    label,
    kind,
    replyTo,
    side,
    text,
    by: r.byName,
    at: r.at.toISOString(),
    settledAt: r.settledAt?.toISOString() ?? null,
    settledBy: r.settledByName,
  };
}

import Type from 'typebox';
import { Nullable } from '#kernel/http/route';
import type { Language } from '#kernel/wording';
import { type SchemeItem, SEVERITIES, STAGES } from './domain/scheme.ts';
import type { RunStanding } from './module.ts';
import type { ReportItem } from './queries/report.ts';
import { itemFacts } from './report/json.ts';
import { sentence } from './report/words.ts';
import { ruleOf } from './rules/index.ts';
import { NATURES } from './rules/rule.ts';
import { SLUGS } from './rules/slugs.ts';
import type { FindingRow } from './store/results.ts';
import type { RunRow } from './store/runs.ts';
import type { SchemeRow } from './store/schemes.ts';

export const StageSchema = Type.Enum([...STAGES]);
export const SlugSchema = Type.Enum([...SLUGS]);
const SeveritySchema = Type.Enum([...SEVERITIES]);
const VerdictSchema = Type.Enum(['qualified', 'unqualified', 'open']);

export const SchemeItemSchema = Type.Object({
  slug: SlugSchema,
  /** As the profile numbers it; null where no number is known. */
  code: Nullable(Type.String({ maxLength: 40 })),
  severity: SeveritySchema,
  /** Set where it is done otherwise than the rule does it. */
  method: Type.Optional(Nullable(Type.Enum(['automatic', 'manual', 'confirmed']))),
  /** How the rule does it; told, and not read. */
  usual: Type.Optional(Type.Enum(['automatic', 'manual', 'confirmed'])),
  /** A machine has to have looked. */
  must: Type.Boolean(),
  /** Percent of records. */
  sample: Type.Number({ minimum: 0, maximum: 100 }),
  /** What the rule is told, by name. */
  parameters: Type.Record(Type.String(), Type.Unknown()),
});

export const SchemeSchema = Type.Object({
  /** Null: as shipped. */
  id: Nullable(Type.String()),
  stage: StageSchema,
  category: Nullable(Type.String()),
  profile: Nullable(Type.String()),
  version: Type.Integer(),
  state: Type.Enum(['shipped', 'proposed', 'inForce', 'declined']),
  items: Type.Array(SchemeItemSchema),
  reason: Nullable(Type.String()),
  proposedBy: Nullable(Type.String()),
  proposedAt: Nullable(Type.String()),
  decidedBy: Nullable(Type.String()),
  decidedAt: Nullable(Type.String()),
  /** Whether the asker proposed it; then another decides. */
  mine: Type.Boolean(),
});

export const RunSchema = Type.Object({
  id: Type.String(),
  archiveId: Type.String(),
  agencyId: Nullable(Type.String()),
  about: Type.String(),
  title: Type.String(),
  stage: StageSchema,
  category: Nullable(Type.String()),
  profile: Nullable(Type.String()),
  schemeVersion: Type.Integer(),
  state: Type.Enum(['waiting', 'running', 'done', 'failed']),
  failure: Nullable(Type.String()),
  /** Records judged so far, and how many there are. */
  done: Type.Integer(),
  total: Nullable(Type.Integer()),
  units: Type.Integer(),
  files: Type.Integer(),
  bytes: Type.Number(),
  verdict: Nullable(VerdictSchema),
  startedBy: Type.String(),
  createdAt: Type.String(),
  finishedAt: Nullable(Type.String()),
});

/** How a run stands, where the thing it is of is shown. */
export const StandingSchema = Type.Object({
  id: Type.String(),
  state: RunSchema.properties.state,
  verdict: Nullable(VerdictSchema),
  done: Type.Integer(),
  total: Nullable(Type.Integer()),
});
export const presentStanding = (s: RunStanding | undefined) => (s ? { ...s } : null);

export const ItemSchema = Type.Object({
  ...SchemeItemSchema.properties,
  name: Type.String(),
  nature: Type.Enum([...NATURES]),
  method: Type.Enum(['automatic', 'manual', 'confirmed']),
  state: Nullable(Type.Enum(['passed', 'failed', 'notPerformed', 'notApplicable', 'open'])),
  standing: Type.Enum(['passed', 'failed', 'awaited', 'without']),
  /** Why it was not performed or is about nothing here, as a sentence. */
  why: Type.String(),
  judged: Type.Number(),
  faults: Type.Number(),
  notes: Type.Number(),
  /** What was measured, in words. */
  memo: Type.String(),
  answer: Nullable(
    Type.Object({
      verdict: Type.Enum(['yes', 'no']),
      reason: Type.String(),
      by: Type.String(),
      at: Type.String(),
    }),
  ),
  mayAnswer: Type.Boolean(),
});

export const ReportSchema = Type.Object({ ...RunSchema.properties, items: Type.Array(ItemSchema) });

export const FindingSchema = Type.Object({
  seq: Type.Integer(),
  note: Type.Boolean(),
  object: Type.String(),
  path: Type.String(),
  /** Name of the message in the catalogue. */
  message: Type.String(),
  words: Type.String(),
});

export const AnswersSchema = Type.Object({
  answers: Type.Array(
    Type.Object({
      slug: SlugSchema,
      verdict: Type.Enum(['yes', 'no']),
      reason: Type.String({ minLength: 1, maxLength: 2_000 }),
    }),
    { minItems: 1, maxItems: 100 },
  ),
});

/** Nobody's id: who started it is told by name. */
export function presentRun(r: RunRow) {
  const { id, archiveId, agencyId, about, title, stage, category, profile, schemeVersion, state, failure } =
    r;
  return {
    id,
    archiveId,
    agencyId,
    about,
    title,
    stage,
    category,
    profile,
    schemeVersion,
    state,
    failure,
    done: r.done,
    total: r.total,
    units: r.units,
    files: r.files,
    bytes: r.bytes,
    verdict: r.verdict,
    startedBy: r.startedByName,
    createdAt: r.createdAt.toISOString(),
    finishedAt: r.finishedAt?.toISOString() ?? null,
  };
}

export function presentItem(item: ReportItem, language: Language) {
  const { reason, memo: _, memoWords, parameters, ...facts } = itemFacts(item, language);
  return {
    ...facts,
    parameters: { ...parameters },
    why: reason?.words ?? '',
    memo: memoWords,
    mayAnswer: item.mayAnswer,
  };
}

export const presentFinding = (f: FindingRow, language: Language) => ({
  seq: f.seq,
  note: f.note,
  object: f.object,
  path: f.path,
  message: f.message,
  words: sentence(f, language),
});

export const presentSchemeItem = ({ method, parameters, ...i }: SchemeItem) => {
  return { ...i, method: method ?? null, usual: ruleOf(i.slug).method, parameters: { ...parameters } };
};

export const presentScheme = (s: SchemeRow, actorId: string | null) => ({
  id: s.id,
  stage: s.stage,
  category: s.category,
  profile: s.profile,
  version: s.version,
  state: s.state,
  items: s.items.map(presentSchemeItem),
  reason: s.reason,
  proposedBy: s.proposedByName,
  proposedAt: s.proposedAt.toISOString(),
  decidedBy: s.decidedByName,
  decidedAt: s.decidedAt?.toISOString() ?? null,
  mine: s.proposedBy !== null && s.proposedBy === actorId,
});

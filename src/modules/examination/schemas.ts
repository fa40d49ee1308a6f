import Type from 'typebox';
import { Nullable } from '#kernel/http/route';
import { FAMILIES } from './domain/families.ts';
import { type Verdict, verdictOf } from './report/verdict.ts';
import type { Entry } from './store/entries.ts';
import type { Examination } from './store/examinations.ts';

const SEVERITIES = ['error', 'warning', 'info'] as const;
export const SeveritySchema = Type.Enum([...SEVERITIES]);
const FamilySchema = Type.Enum([...FAMILIES]);
const VERDICTS: readonly Verdict[] = [
  'examination.verdict.file',
  'examination.verdict.unknown',
  'examination.verdict.valid',
  'examination.verdict.invalid',
];

export const ExaminationSchema = Type.Object({
  id: Type.String(),
  name: Type.String(),
  form: Type.Enum(['file', 'folder']),
  /** Files sent, and their bytes. */
  files: Type.Integer(),
  bytes: Type.Integer(),
  state: Type.Enum(['waiting', 'running', 'done', 'failed']),
  /** While it runs: `laying`, `judging`, `identifying`, and how far. */
  step: Nullable(Type.String()),
  done: Type.Integer(),
  total: Nullable(Type.Integer()),
  /** `ocfl`, `bag`, `eark`, `eep`, `handover`; `unknown`, and `file` for one file that is no package. */
  kind: Nullable(Type.String()),
  /** What was seen of it, in English, as the command line says it. */
  what: Nullable(Type.String()),
  valid: Nullable(Type.Boolean()),
  /** A sentence of the catalogue, once it is done. */
  verdict: Nullable(Type.Enum([...VERDICTS])),
  wrapper: Nullable(Type.Enum(['folder', 'zip', 'tar'])),
  /** Files and folders told of, and how many more there are. */
  listed: Type.Integer(),
  unlisted: Type.Integer(),
  /** Code of why it could not be looked at. */
  failure: Nullable(Type.String()),
  createdAt: Type.String(),
  finishedAt: Nullable(Type.String()),
  expiresAt: Type.String(),
});

/** What a person keeps, and may keep. */
export const RoomSchema = Type.Object({
  count: Type.Integer(),
  bytes: Type.Integer(),
  mostKept: Type.Integer(),
  mostBytes: Type.Integer(),
  keepDays: Type.Integer(),
});

export const ReportSchema = Type.Object({
  ...ExaminationSchema.properties,
  groups: Type.Array(
    Type.Object({
      family: FamilySchema,
      code: Type.String(),
      severity: SeveritySchema,
      count: Type.Integer(),
    }),
  ),
  /** Null where the format of the files is not known. */
  formats: Type.Array(
    Type.Object({
      puid: Nullable(Type.String()),
      name: Nullable(Type.String()),
      version: Nullable(Type.String()),
      files: Type.Integer(),
      bytes: Type.Integer(),
    }),
  ),
});

export const FindingSchema = Type.Object({
  seq: Type.Integer(),
  family: FamilySchema,
  code: Type.String(),
  severity: SeveritySchema,
  path: Type.String(),
  message: Type.String(),
  entry: Nullable(Type.Integer()),
});

const MatchSchema = Type.Object({
  puid: Type.String(),
  name: Type.String(),
  version: Type.String(),
  mime: Type.String(),
  basis: Type.String(),
});

export const EntrySchema = Type.Object({
  seq: Type.Integer(),
  parent: Type.Integer(),
  name: Type.String(),
  path: Type.String(),
  kind: Type.Enum(['file', 'folder']),
  bytes: Type.Integer(),
  children: Type.Integer(),
  errors: Type.Integer(),
  warnings: Type.Integer(),
  errorsBelow: Type.Integer(),
  warningsBelow: Type.Integer(),
  matches: Nullable(Type.Array(MatchSchema)),
  notIdentified: Nullable(Type.String()),
});

/** Nobody's id and none of the uploads: a report is only ever given to its person. */
export function present(e: Examination) {
  const { id, name, form, files, bytes, state, step, done, total, kind, what, valid, wrapper, listed } = e;
  return {
    id,
    name,
    form,
    files,
    bytes,
    state,
    step,
    done,
    total,
    kind,
    what,
    valid,
    wrapper,
    listed,
    unlisted: e.unlisted,
    failure: e.failure,
    verdict: state === 'done' ? verdictOf(e) : null,
    createdAt: e.createdAt.toISOString(),
    finishedAt: e.finishedAt?.toISOString() ?? null,
    expiresAt: e.expiresAt.toISOString(),
  };
}

export function presentEntry(e: Entry) {
  return { ...e, matches: e.matches === null ? null : [...e.matches] };
}

import Type from 'typebox';
import { Nullable } from '#kernel/http/route';
import type { DrillRow, RunRow } from '#modules/backup';

const Words = { code: Type.String(), message: Type.String() };
const Maybe = Nullable(Type.Integer());

/** Step (a code) and how far it is; absent while nothing runs. */
export const Progress = Nullable(
  Type.Object({
    step: Type.Optional(Type.String()),
    done: Type.Optional(Type.Integer()),
    total: Type.Optional(Type.Integer()),
  }),
);

const Work = {
  id: Type.String(),
  asked: Type.Enum(['command', 'person', 'clock']),
  by: Type.String(),
  jobId: Nullable(Type.String()),
  state: Type.Enum(['queued', 'running', 'done', 'failed']),
  /** Empty for who looks after a part of the installation alone. */
  place: Type.String(),
  askedAt: Type.String(),
  endedAt: Nullable(Type.String()),
  /** The backup's own name. */
  backup: Nullable(Type.String()),
  /** The moment the backup is of. */
  takenAt: Nullable(Type.String()),
  rows: Maybe,
  bytes: Maybe,
};

export const Run = Type.Object({
  ...Work,
  encrypted: Nullable(Type.Boolean()),
  keyIncluded: Nullable(Type.Boolean()),
  newBytes: Maybe,
  storedBytes: Maybe,
  seconds: Nullable(Type.Number()),
  trouble: Nullable(Type.Object(Words)),
});

export const Drill = Type.Object({
  ...Work,
  /** null: could not be found out. */
  equal: Nullable(Type.Boolean()),
  tables: Maybe,
  files: Maybe,
  seconds: Nullable(Type.Record(Type.String(), Type.Number())),
  findings: Type.Array(
    Type.Object({ ...Words, severity: Type.Enum(['error', 'warning', 'info']), path: Type.String() }),
  ),
});

export const Kept = Type.Object({
  id: Type.String(),
  takenAt: Type.String(),
  encrypted: Type.Boolean(),
  version: Nullable(Type.String()),
  keyIncluded: Nullable(Type.Boolean()),
  rows: Maybe,
  files: Maybe,
  bytes: Maybe,
  storedBytes: Maybe,
  trouble: Nullable(Type.Object(Words)),
});

export const Status = Type.Object({
  /** Whether a place is set; and which, for who looks after the whole. */
  placed: Type.Boolean(),
  place: Nullable(Type.String()),
  /** By the settings: backups made from now on. */
  encrypted: Type.Boolean(),
  times: Type.Array(Type.String()),
  keep: Nullable(Type.Object({ days: Type.Integer(), weeks: Type.Integer(), months: Type.Integer() })),
  bytesPerSecond: Nullable(Type.Integer()),
  drillDays: Nullable(Type.Integer()),
  next: Nullable(Type.String()),
  nextDrill: Nullable(Type.String()),
  /** The newest that was made whole, the newest tried, and the drill that ended last. */
  made: Nullable(Run),
  tried: Nullable(Run),
  drill: Nullable(Drill),
  /** What is wrong, the worst first: `backup.health.<code>` says it in words. */
  findings: Type.Array(Type.Object({ code: Type.String(), severity: Type.Enum(['error', 'warning']) })),
  /** Whether the asker may begin backups and drills. */
  mayStart: Type.Boolean(),
});

const iso = (d: Date | null) => d?.toISOString() ?? null;
const times = (r: RunRow | DrillRow) => ({
  by: r.byName,
  askedAt: r.askedAt.toISOString(),
  endedAt: iso(r.endedAt),
  takenAt: iso(r.takenAt),
});

export const presentRun = (r: RunRow) => ({ ...r, ...times(r) });
export const presentDrill = (d: DrillRow) => ({ ...d, ...times(d), seconds: d.seconds && { ...d.seconds } });

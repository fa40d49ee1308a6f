import type { Stage } from '#formats/metadata-schemes';
import { type Sql, sql, type Tx } from '#kernel/db';
import type { Verdict } from '../domain/result.ts';
import type { SchemeItem } from '../domain/scheme.ts';
import type { RunTotals } from '../running/run.ts';

export interface RunRow {
  id: string;
  archiveId: string;
  agencyId: string | null;
  /** Whose people answer what a machine can not. */
  side: 'agency' | 'archive';
  /** The archive does not see it yet. */
  agencyOnly: boolean;
  /** Somebody has acted on it: nothing is answered any more. */
  closed: boolean;
  /** What was judged, and its id there: `unit`, `fonds`, `package`, a batch of another module. */
  about: string;
  aboutId: string;
  title: string;
  stage: Stage;
  category: string | null;
  profile: string | null;
  schemeId: string | null;
  schemeVersion: number;
  items: SchemeItem[];
  seed: string;
  state: 'waiting' | 'running' | 'done' | 'failed';
  failure: string | null;
  done: number;
  total: number | null;
  units: number;
  files: number;
  bytes: number;
  hashingMs: number;
  identifyingMs: number;
  verdict: Verdict | null;
  startedBy: string | null;
  startedByName: string;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
}

const COLUMNS = sql`id, archive_id as "archiveId", agency_id as "agencyId", side, agency_only as "agencyOnly", closed, about, about_id as "aboutId", title, stage, category,
  profile, scheme_id as "schemeId", scheme_version as "schemeVersion", items, seed, state, failure, done, total, units, files,
  bytes::float8 as bytes, hashing_ms as "hashingMs", identifying_ms as "identifyingMs", verdict, started_by as "startedBy",
  started_by_name as "startedByName", created_at as "createdAt", started_at as "startedAt", finished_at as "finishedAt"`;

export type NewRun = Pick<
  RunRow,
  | 'id'
  | 'archiveId'
  | 'agencyId'
  | 'side'
  | 'agencyOnly'
  | 'about'
  | 'aboutId'
  | 'title'
  | 'stage'
  | 'category'
  | 'profile'
  | 'schemeId'
  | 'schemeVersion'
  | 'items'
  | 'seed'
  | 'startedBy'
  | 'startedByName'
  | 'createdAt'
>;

/** @returns false where another entered it at the same moment */
export async function insertRun(tx: Tx, r: NewRun): Promise<boolean> {
  const made =
    await sql`insert into checks.run (id, archive_id, agency_id, side, agency_only, about, about_id, title, stage, category, profile, scheme_id,
      scheme_version, items, seed, started_by, started_by_name, created_at)
    values (${r.id}, ${r.archiveId}, ${r.agencyId}, ${r.side}, ${r.agencyOnly}, ${r.about}, ${r.aboutId}, ${r.title}, ${r.stage}, ${r.category}, ${r.profile},
      ${r.schemeId}, ${r.schemeVersion}, ${JSON.stringify(r.items)}::jsonb, ${r.seed}, ${r.startedBy}, ${r.startedByName},
      ${r.createdAt})
    on conflict (id) do nothing returning id`.execute(tx);
  return made.rows.length > 0;
}

export async function runById(db: Sql, id: string): Promise<RunRow | undefined> {
  const r = await sql<RunRow>`select ${COLUMNS} from checks.run where id = ${id}`.execute(db);
  return r.rows[0];
}

/** When the calendar last had an archive checked. */
export async function lastOfCalendar(db: Sql, archiveId: string): Promise<Date | undefined> {
  const r = await sql<{ at: Date | null }>`select max(created_at) as at from checks.run
    where archive_id = ${archiveId} and about = 'calendar' and state <> 'failed'`.execute(db);
  return r.rows[0]?.at ?? undefined;
}

export async function runsById(db: Sql, ids: readonly string[]): Promise<RunRow[]> {
  return (await sql<RunRow>`select ${COLUMNS} from checks.run where id = any(${ids}::uuid[])`.execute(db))
    .rows;
}

/** The newest first. */
export async function runPage(
  db: Sql,
  o: {
    archiveId?: string | undefined;
    about?: string | undefined;
    aboutId?: string | undefined;
    before?: string | undefined;
    limit: number;
  },
): Promise<RunRow[]> {
  const r = await sql<RunRow>`select ${COLUMNS} from checks.run
    where (${o.archiveId ?? null}::uuid is null or archive_id = ${o.archiveId ?? null})
      and (${o.about ?? null}::text is null or about = ${o.about ?? null})
      and (${o.aboutId ?? null}::text is null or about_id = ${o.aboutId ?? null})
      and (${o.before ?? null}::uuid is null or id < ${o.before ?? null})
    order by id desc limit ${o.limit}`.execute(db);
  return r.rows;
}

/** Begins a run, or begins it anew after it was broken off: what an earlier try left is taken away. */
export async function beginRun(tx: Tx, id: string, at: Date): Promise<boolean> {
  const begun =
    await sql`update checks.run set state = 'running', started_at = ${at}, done = 0, failure = null
    where id = ${id} and state in ('waiting', 'running') returning id`.execute(tx);
  if (begun.rows.length === 0) return false;
  await sql`delete from checks.result where run_id = ${id}`.execute(tx);
  return true;
}

export async function noteProgress(db: Sql, id: string, done: number, total: number | null): Promise<void> {
  await sql`update checks.run set done = ${done}, total = ${total} where id = ${id} and state = 'running'`.execute(
    db,
  );
}

export async function endRun(
  tx: Tx,
  id: string,
  totals: RunTotals,
  verdict: Verdict,
  at: Date,
): Promise<boolean> {
  const r =
    await sql`update checks.run set state = 'done', verdict = ${verdict}, done = ${totals.units}, units = ${totals.units},
    files = ${totals.files}, bytes = ${totals.bytes}, hashing_ms = ${totals.hashingMs}, identifying_ms = ${totals.identifyingMs},
    finished_at = ${at} where id = ${id} and state = 'running'`.execute(tx);
  return Number(r.numAffectedRows ?? 0) === 1;
}

export async function failRun(db: Sql, id: string, failure: string, at: Date): Promise<void> {
  await sql`update checks.run set state = 'failed', failure = ${failure}, finished_at = ${at}
    where id = ${id} and state in ('waiting', 'running')`.execute(db);
}

export async function setVerdict(tx: Tx, id: string, verdict: Verdict): Promise<void> {
  await sql`update checks.run set verdict = ${verdict} where id = ${id} and state = 'done'`.execute(tx);
}

/** Has a run that failed begin anew. */
export async function reopenRun(db: Sql, id: string): Promise<void> {
  await sql`update checks.run set state = 'waiting', failure = null, finished_at = null where id = ${id} and state = 'failed'`.execute(
    db,
  );
}

/** Ends the answering: what was acted on stays as it was, and both sides see it. */
export async function closeRun(tx: Tx, id: string): Promise<void> {
  await sql`update checks.run set closed = true, agency_only = false where id = ${id}`.execute(tx);
}

/** Holds a run while an answer is counted: two at once would each count without the other. */
export async function holdRun(tx: Tx, id: string): Promise<void> {
  await sql`select 1 from checks.run where id = ${id} for update`.execute(tx);
}

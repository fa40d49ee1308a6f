import { type Sql, sql } from '#kernel/db';
import type { Finding } from '#kernel/errors';
import type { Asked } from './runs.ts';

/** Seconds each part took. */
export interface DrillSeconds {
  loading: number;
  proving: number;
  indexing: number;
  files: number;
  inspecting: number;
  whole: number;
}

/** A restore that was rehearsed. */
export interface DrillRow {
  id: string;
  asked: Asked;
  byName: string;
  jobId: string | null;
  state: 'queued' | 'running' | 'done' | 'failed';
  place: string;
  askedAt: Date;
  endedAt: Date | null;
  backup: string | null;
  takenAt: Date | null;
  equal: boolean | null;
  tables: number | null;
  rows: number | null;
  files: number | null;
  bytes: number | null;
  seconds: DrillSeconds | null;
  findings: Finding[];
}

const COLUMNS = sql`id, asked, by_name as "byName", job_id as "jobId", state, place, asked_at as "askedAt",
  ended_at as "endedAt", backup, taken_at as "takenAt", equal, tables, rows, files, bytes, seconds, findings`;

export interface NewDrill {
  id: string;
  asked: Asked;
  byName: string;
  place: string;
  at: Date;
  dueAt?: Date;
}

/** @returns false where there is one for this time already */
export async function addDrill(db: Sql, d: NewDrill): Promise<boolean> {
  const done = await sql`insert into backup.drill (id, asked, by_name, due_at, place, asked_at)
    values (${d.id}, ${d.asked}, ${d.byName}, ${d.dueAt ?? null}, ${d.place}, ${d.at})
    on conflict (due_at) do nothing`.execute(db);
  return Number(done.numAffectedRows ?? 0) === 1;
}

export async function setJobOfDrill(db: Sql, id: string, jobId: string): Promise<void> {
  await sql`update backup.drill set job_id = ${jobId} where id = ${id}`.execute(db);
}

export async function startDrill(db: Sql, id: string): Promise<void> {
  await sql`update backup.drill set state = 'running', ended_at = null where id = ${id}`.execute(db);
}

export type DrillOutcome = Pick<
  DrillRow,
  'backup' | 'takenAt' | 'equal' | 'tables' | 'rows' | 'files' | 'bytes' | 'seconds' | 'findings'
>;

export async function endDrill(db: Sql, id: string, at: Date, o: DrillOutcome): Promise<void> {
  const state = o.equal === true && !o.findings.some((f) => f.severity === 'error') ? 'done' : 'failed';
  await sql`update backup.drill set state = ${state}, ended_at = ${at}, backup = ${o.backup}, taken_at = ${o.takenAt},
    equal = ${o.equal}, tables = ${o.tables}, rows = ${o.rows}, files = ${o.files}, bytes = ${o.bytes},
    seconds = ${o.seconds && JSON.stringify(o.seconds)}::jsonb, findings = ${JSON.stringify(o.findings)}::jsonb
    where id = ${id}`.execute(db);
}

/** Newest first. */
export async function drillPage(
  db: Sql,
  { limit, after }: { limit: number; after?: { at: Date; id: string } | undefined },
): Promise<DrillRow[]> {
  return (
    await sql<DrillRow>`select ${COLUMNS} from backup.drill
      ${after ? sql`where (asked_at, id) < (${after.at}, ${after.id})` : sql``}
      order by asked_at desc, id desc limit ${limit}`.execute(db)
  ).rows;
}

export async function drillById(db: Sql, id: string): Promise<DrillRow | undefined> {
  return (await sql<DrillRow>`select ${COLUMNS} from backup.drill where id = ${id}`.execute(db)).rows[0];
}

/** The newest that is over; or the newest of all, those that wait or run as well. */
export async function lastDrill(db: Sql, o: { also?: 'running' } = {}): Promise<DrillRow | undefined> {
  return (
    await sql<DrillRow>`select ${COLUMNS} from backup.drill
      ${o.also ? sql`` : sql`where ended_at is not null`}
      order by asked_at desc, id desc limit 1`.execute(db)
  ).rows[0];
}

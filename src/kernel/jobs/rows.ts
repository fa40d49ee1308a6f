import { type Sql, sql, type Tx } from '../db.ts';
import type { EnqueueOptions, JobRecord, JobRefusal, JobState, Progress } from './types.ts';

const COLUMNS = sql`id, kind, archive_id as "archiveId", title, state, progress, result, error, refusal, attempt,
  created_at as "createdAt", started_at as "startedAt", finished_at as "finishedAt"`;

export async function createRow(tx: Tx, id: string, kind: string, o: EnqueueOptions): Promise<void> {
  await sql`insert into lantai.job (id, kind, archive_id, title, created_by)
    values (${id}, ${kind}, ${o.archiveId ?? null}, ${o.title ?? ''}, ${o.createdBy ?? null})`.execute(tx);
}

/** Marks a job as running. False when it was cancelled or is over: it must not run. */
export async function startRow(db: Sql, id: string): Promise<boolean> {
  const r =
    await sql`update lantai.job set state = 'running', attempt = attempt + 1, started_at = coalesce(started_at, now())
    where id = ${id} and state in ('queued', 'running')`.execute(db);
  return Number(r.numAffectedRows ?? 0) === 1;
}

export async function saveProgress(db: Sql, id: string, p: Progress): Promise<void> {
  await sql`update lantai.job set progress = ${JSON.stringify(p)}::jsonb where id = ${id}`.execute(db);
}

export async function finishRow(
  db: Sql,
  id: string,
  state: JobState,
  outcome: { result?: unknown; error?: string; refusal?: JobRefusal },
): Promise<void> {
  await sql`update lantai.job set state = ${state}, finished_at = now(), error = ${outcome.error ?? null},
    refusal = ${outcome.refusal ? JSON.stringify(outcome.refusal) : null}::jsonb,
    result = ${JSON.stringify(outcome.result ?? null)}::jsonb where id = ${id} and state <> 'cancelled'`.execute(
    db,
  );
}

export async function findJob(tx: Tx, id: string): Promise<JobRecord | undefined> {
  return (await sql<JobRecord>`select ${COLUMNS} from lantai.job where id = ${id}`.execute(tx)).rows[0];
}

export async function recentJobs(tx: Tx, limit: number): Promise<JobRecord[]> {
  return (
    await sql<JobRecord>`select ${COLUMNS} from lantai.job order by created_at desc limit ${limit}`.execute(
      tx,
    )
  ).rows;
}

export async function cancelJob(tx: Tx, id: string): Promise<boolean> {
  const r = await sql`update lantai.job set state = 'cancelled', finished_at = now()
    where id = ${id} and state in ('queued', 'running')`.execute(tx);
  return Number(r.numAffectedRows ?? 0) === 1;
}

import { type Sql, sql } from '#kernel/db';
import type { BackupMade } from '../making/backup.ts';

export type Asked = 'command' | 'person' | 'clock';

/** A backup that was made, or tried. */
export interface RunRow {
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
  encrypted: boolean | null;
  keyIncluded: boolean | null;
  rows: number | null;
  bytes: number | null;
  newBytes: number | null;
  storedBytes: number | null;
  seconds: number | null;
  trouble: { code: string; message: string } | null;
}

const COLUMNS = sql`id, asked, by_name as "byName", job_id as "jobId", state, place, asked_at as "askedAt",
  ended_at as "endedAt", backup, taken_at as "takenAt", encrypted, key_included as "keyIncluded", rows, bytes,
  new_bytes as "newBytes", stored_bytes as "storedBytes", seconds, trouble`;

export interface NewRun {
  id: string;
  asked: Asked;
  byName: string;
  place: string;
  at: Date;
  dueAt?: Date;
  state: 'queued' | 'running';
}

/** @returns false where there is one for this hour already */
export async function addRun(db: Sql, r: NewRun): Promise<boolean> {
  const done = await sql`insert into backup.run (id, asked, by_name, due_at, state, place, asked_at)
    values (${r.id}, ${r.asked}, ${r.byName}, ${r.dueAt ?? null}, ${r.state}, ${r.place}, ${r.at})
    on conflict (due_at) do nothing`.execute(db);
  return Number(done.numAffectedRows ?? 0) === 1;
}

export async function setJobOfRun(db: Sql, id: string, jobId: string): Promise<void> {
  await sql`update backup.run set job_id = ${jobId} where id = ${id}`.execute(db);
}

export async function startRun(db: Sql, id: string): Promise<void> {
  await sql`update backup.run set state = 'running', ended_at = null, trouble = null where id = ${id}`.execute(
    db,
  );
}

export async function endRun(db: Sql, id: string, at: Date, made: BackupMade): Promise<void> {
  const { totals } = made;
  const trouble = 'code' in made.cleared ? made.cleared : null;
  await sql`update backup.run set state = 'done', ended_at = ${at}, backup = ${made.id}, taken_at = ${made.takenAt},
    place = ${made.place}, encrypted = ${made.encrypted}, key_included = ${made.masterKey.included}, rows = ${totals.rows},
    bytes = ${totals.bytes}, new_bytes = ${totals.newStored}, stored_bytes = ${totals.stored}, seconds = ${totals.seconds},
    trouble = ${trouble && JSON.stringify(trouble)}::jsonb where id = ${id}`.execute(db);
}

export async function failRun(
  db: Sql,
  id: string,
  at: Date,
  trouble: { code: string; message: string },
): Promise<void> {
  await sql`update backup.run set state = 'failed', ended_at = ${at}, trouble = ${JSON.stringify(trouble)}::jsonb
    where id = ${id}`.execute(db);
}

/** Newest first. */
export async function runPage(
  db: Sql,
  { limit, after }: { limit: number; after?: { at: Date; id: string } | undefined },
): Promise<RunRow[]> {
  return (
    await sql<RunRow>`select ${COLUMNS} from backup.run
      ${after ? sql`where (asked_at, id) < (${after.at}, ${after.id})` : sql``}
      order by asked_at desc, id desc limit ${limit}`.execute(db)
  ).rows;
}

export async function runById(db: Sql, id: string): Promise<RunRow | undefined> {
  return (await sql<RunRow>`select ${COLUMNS} from backup.run where id = ${id}`.execute(db)).rows[0];
}

/** The newest that was made whole, and the newest of all. */
export async function lastRuns(db: Sql): Promise<{ done: RunRow | undefined; any: RunRow | undefined }> {
  const done = await sql<RunRow>`select ${COLUMNS} from backup.run where state = 'done'
    order by taken_at desc limit 1`.execute(db);
  return { done: done.rows[0], any: (await runPage(db, { limit: 1 }))[0] };
}

/** After a restore: the backup that was restored is made, and nothing of then is under way. */
export async function settleRuns(
  db: Sql,
  run: { id: string | null; backup: string; takenAt: string; endedAt: string },
  trouble: { code: string; message: string },
): Promise<void> {
  await sql`update backup.run set state = 'done', backup = ${run.backup}, taken_at = ${run.takenAt},
    ended_at = ${run.endedAt} where id = ${run.id}`.execute(db);
  for (const table of ['run', 'drill'])
    await sql`update ${sql.table(`backup.${table}`)} set state = 'failed', ended_at = now()
      where state in ('queued', 'running')`.execute(db);
  await sql`update backup.run set trouble = ${JSON.stringify(trouble)}::jsonb
    where state = 'failed' and trouble is null`.execute(db);
}

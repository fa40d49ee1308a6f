import { type Sql, sql, type Tx } from '#kernel/db';

export type ExaminationState = 'waiting' | 'running' | 'done' | 'failed';

export interface Examination {
  id: string;
  personId: string;
  personName: string;
  name: string;
  root: string;
  form: 'file' | 'folder';
  uploadIds: string[];
  laid: boolean;
  files: number;
  bytes: number;
  state: ExaminationState;
  step: string | null;
  done: number;
  total: number | null;
  kind: string | null;
  what: string | null;
  valid: boolean | null;
  wrapper: 'folder' | 'zip' | 'tar' | null;
  listed: number;
  unlisted: number;
  failure: string | null;
  createdAt: Date;
  finishedAt: Date | null;
  expiresAt: Date;
}

const COLUMNS = sql`id, person_id as "personId", person_name as "personName", name, root, form, upload_ids as "uploadIds", laid,
  files, bytes::float8 as bytes, state, step, done, total, kind, what, valid, wrapper, listed,
  unlisted::float8 as unlisted, failure, created_at as "createdAt", finished_at as "finishedAt", expires_at as "expiresAt"`;

export type NewExamination = Pick<
  Examination,
  | 'id'
  | 'personId'
  | 'personName'
  | 'name'
  | 'root'
  | 'form'
  | 'uploadIds'
  | 'files'
  | 'bytes'
  | 'createdAt'
  | 'expiresAt'
>;

export async function insertExamination(tx: Tx, e: NewExamination): Promise<void> {
  await sql`insert into examination.examination
      (id, person_id, person_name, name, root, form, upload_ids, files, bytes, created_at, expires_at)
    values (${e.id}, ${e.personId}, ${e.personName}, ${e.name}, ${e.root}, ${e.form}, ${e.uploadIds}::text[], ${e.files}, ${e.bytes},
      ${e.createdAt}, ${e.expiresAt})`.execute(tx);
}

export interface Kept {
  count: number;
  bytes: number;
}

/** What a person keeps, with nobody of the same person adding to it meanwhile. */
export async function keptFor(tx: Tx, personId: string): Promise<Kept> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`examination of ${personId}`}, 0))`.execute(tx);
  return keptBy(tx, personId);
}

export async function keptBy(db: Sql, personId: string): Promise<Kept> {
  const r = await sql<Kept>`select count(*)::int as count,
    coalesce(sum(bytes), 0)::float8 as bytes from examination.examination where person_id = ${personId}`.execute(
    db,
  );
  return r.rows[0]!;
}

/** Whether one of these uploads already belongs to an examination. */
export async function uploadsTaken(tx: Tx, personId: string, uploadIds: readonly string[]): Promise<boolean> {
  const r = await sql`select from examination.examination
    where person_id = ${personId} and upload_ids && ${uploadIds}::text[] limit 1`.execute(tx);
  return r.rows.length > 0;
}

/** For the job: whoever it belongs to. */
export async function examinationForJob(db: Sql, id: string): Promise<Examination | undefined> {
  return (await sql<Examination>`select ${COLUMNS} from examination.examination where id = ${id}`.execute(db))
    .rows[0];
}

export async function examinationOf(db: Sql, personId: string, id: string): Promise<Examination | undefined> {
  return (
    await sql<Examination>`select ${COLUMNS} from examination.examination
      where id = ${id} and person_id = ${personId}`.execute(db)
  ).rows[0];
}

export async function examinationsOf(
  db: Sql,
  o: { personId: string; before: string | undefined; limit: number },
): Promise<Examination[]> {
  const r =
    await sql<Examination>`select ${COLUMNS} from examination.examination where person_id = ${o.personId}
    and (${o.before ?? null}::uuid is null or id < ${o.before ?? null}::uuid) order by id desc limit ${o.limit}`.execute(
      db,
    );
  return r.rows;
}

export async function noteLaid(db: Sql, id: string): Promise<void> {
  await sql`update examination.examination set laid = true where id = ${id}`.execute(db);
}

export async function noteStep(
  db: Sql,
  id: string,
  { step, done = 0, total = null }: { step: string; done?: number; total?: number | null },
): Promise<void> {
  await sql`update examination.examination set state = 'running', step = ${step}, done = ${done}, total = ${total}
    where id = ${id} and state in ('waiting', 'running')`.execute(db);
}

/** Takes away what an earlier try wrote. */
export async function beginAnew(tx: Tx, id: string): Promise<void> {
  await sql`delete from examination.finding where examination_id = ${id}`.execute(tx);
  await sql`delete from examination.entry where examination_id = ${id}`.execute(tx);
  await sql`update examination.examination set kind = null, what = null, valid = null, wrapper = null, listed = 0,
    unlisted = 0 where id = ${id}`.execute(tx);
}

export type Outcome = Pick<Examination, 'kind' | 'what' | 'valid' | 'wrapper' | 'listed' | 'unlisted'>;

export async function noteOutcome(tx: Tx, id: string, o: Outcome, at: Date): Promise<boolean> {
  const r =
    await sql`update examination.examination set state = 'done', step = null, kind = ${o.kind}, what = ${o.what},
      valid = ${o.valid}, wrapper = ${o.wrapper}, listed = ${o.listed}, unlisted = ${o.unlisted}, finished_at = ${at}
    where id = ${id} and state in ('waiting', 'running')`.execute(tx);
  return Number(r.numAffectedRows ?? 0) === 1;
}

export async function noteFailure(tx: Tx, id: string, code: string, at: Date): Promise<boolean> {
  const r = await sql`update examination.examination set state = 'failed', step = null, failure = ${code},
    finished_at = ${at} where id = ${id} and state in ('waiting', 'running')`.execute(tx);
  return Number(r.numAffectedRows ?? 0) === 1;
}

export async function deleteExamination(tx: Tx, id: string): Promise<void> {
  await sql`delete from examination.examination where id = ${id}`.execute(tx);
}

export interface Ended {
  id: string;
  uploadIds: string[];
}

/** Some whose days are over. */
export async function overdue(db: Sql, now: Date, limit: number): Promise<Ended[]> {
  const r = await sql<Ended>`select id, upload_ids as "uploadIds" from examination.examination
    where expires_at <= ${now} order by expires_at limit ${limit}`.execute(db);
  return r.rows;
}

/** Which of these there are. */
export async function existing(db: Sql, ids: readonly string[]): Promise<Set<string>> {
  const r = await sql<{
    id: string;
  }>`select id from examination.examination where id = any(${ids}::uuid[])`.execute(db);
  return new Set(r.rows.map((x) => x.id));
}

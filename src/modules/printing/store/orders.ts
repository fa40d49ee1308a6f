import type { MissingCharacter, PrintSettings } from '#formats/print';
import { type Sql, sql, type Tx } from '#kernel/db';
import type { Grant } from '#kernel/visibility';
import type { Language } from '#kernel/wording';
import type { Choice } from '../domain/choice.ts';
import type { Form, Format } from '../domain/forms.ts';
import type { KeptPost } from '../domain/reach.ts';

export const STATES = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const;
export type OrderState = (typeof STATES)[number];

/** Something a person has printed. */
export interface PrintOrder {
  id: string;
  personId: string;
  personName: string;
  archiveId: string;
  form: Form;
  format: Format;
  language: Language;
  choice: Choice;
  settings: PrintSettings;
  posts: KeptPost[];
  grants: Grant[];
  name: string;
  state: OrderState;
  done: number;
  total: number | null;
  pages: number;
  bytes: number | null;
  leftOut: number;
  shortened: number;
  unbarred: number;
  missing: MissingCharacter[];
  failure: string | null;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  expiresAt: Date;
}

const COLUMNS = sql`id, person_id as "personId", person_name as "personName", archive_id as "archiveId", form, format, language,
  choice, settings, posts, grants, name, state, done::float8 as done, total::float8 as total, pages, bytes::float8 as bytes,
  left_out::float8 as "leftOut", shortened::float8 as shortened, unbarred::float8 as unbarred, missing, failure, created_at as "createdAt",
  started_at as "startedAt", finished_at as "finishedAt", expires_at as "expiresAt"`;

export type NewOrder = Pick<
  PrintOrder,
  | 'id'
  | 'personId'
  | 'personName'
  | 'archiveId'
  | 'form'
  | 'format'
  | 'language'
  | 'choice'
  | 'settings'
  | 'posts'
  | 'grants'
  | 'name'
  | 'createdAt'
  | 'expiresAt'
>;

export async function insertOrder(tx: Tx, o: NewOrder): Promise<void> {
  await sql`insert into printing.print_order
      (id, person_id, person_name, archive_id, form, format, language, choice, settings, posts, grants, name, created_at, expires_at)
    values (${o.id}, ${o.personId}, ${o.personName}, ${o.archiveId}, ${o.form}, ${o.format}, ${o.language},
      ${JSON.stringify(o.choice)}::jsonb, ${JSON.stringify(o.settings)}::jsonb, ${JSON.stringify(o.posts)}::jsonb,
      ${JSON.stringify(o.grants)}::jsonb, ${o.name},
      ${o.createdAt}, ${o.expiresAt})`.execute(tx);
}

/** How many files a person keeps, with nobody of the same person adding to them meanwhile. */
export async function keptFor(tx: Tx, personId: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`printing of ${personId}`}, 0))`.execute(tx);
  const r = await sql<{ n: number }>`select count(*)::int as n from printing.print_order
    where person_id = ${personId}`.execute(tx);
  return r.rows[0]!.n;
}

/** For the job: whoever it belongs to. */
export async function orderForJob(db: Sql, id: string): Promise<PrintOrder | undefined> {
  return (await sql<PrintOrder>`select ${COLUMNS} from printing.print_order where id = ${id}`.execute(db))
    .rows[0];
}

export async function orderOf(db: Sql, personId: string, id: string): Promise<PrintOrder | undefined> {
  return (
    await sql<PrintOrder>`select ${COLUMNS} from printing.print_order
      where id = ${id} and person_id = ${personId}`.execute(db)
  ).rows[0];
}

export async function ordersOf(
  db: Sql,
  o: { personId: string; before: string | undefined; limit: number },
): Promise<PrintOrder[]> {
  const r = await sql<PrintOrder>`select ${COLUMNS} from printing.print_order where person_id = ${o.personId}
    and (${o.before ?? null}::uuid is null or id < ${o.before ?? null}::uuid) order by id desc limit ${o.limit}`.execute(
    db,
  );
  return r.rows;
}

/** A run begins, the first or one after a process was killed: from the beginning. @returns whether there is anything to do */
export async function beginRun(db: Sql, id: string, at: Date): Promise<boolean> {
  const r =
    await sql`update printing.print_order set state = 'running', done = 0, pages = 0, left_out = 0, shortened = 0, unbarred = 0,
    missing = '[]', started_at = ${at} where id = ${id} and state in ('waiting', 'running')`.execute(db);
  return Number(r.numAffectedRows ?? 0) === 1;
}

export interface Progress {
  done: number;
  total: number | null;
  pages: number;
}

/** @returns whether it still runs */
export async function noteProgress(db: Sql, id: string, p: Progress): Promise<boolean> {
  const r = await sql`update printing.print_order set done = ${p.done}, total = ${p.total}, pages = ${p.pages}
    where id = ${id} and state = 'running'`.execute(db);
  return Number(r.numAffectedRows ?? 0) === 1;
}

export type Outcome = Pick<
  PrintOrder,
  'done' | 'pages' | 'leftOut' | 'shortened' | 'unbarred' | 'missing'
> & {
  bytes: number;
};

export async function noteDone(tx: Tx, id: string, o: Outcome, at: Date): Promise<boolean> {
  const r =
    await sql`update printing.print_order set state = 'done', done = ${o.done}, total = ${o.done}, pages = ${o.pages},
      bytes = ${o.bytes}, left_out = ${o.leftOut}, shortened = ${o.shortened}, unbarred = ${o.unbarred}, missing = ${JSON.stringify(o.missing)}::jsonb,
      finished_at = ${at}
    where id = ${id} and state = 'running'`.execute(tx);
  return Number(r.numAffectedRows ?? 0) === 1;
}

/** Ends what waits or runs. @returns whether it did */
export async function noteEnd(
  tx: Tx,
  id: string,
  state: 'failed' | 'cancelled',
  failure: string | null,
  at: Date,
): Promise<boolean> {
  const r =
    await sql`update printing.print_order set state = ${state}, failure = ${failure}, finished_at = ${at}
    where id = ${id} and state in ('waiting', 'running')`.execute(tx);
  return Number(r.numAffectedRows ?? 0) === 1;
}

export async function deleteOrder(tx: Tx, id: string): Promise<void> {
  await sql`delete from printing.print_order where id = ${id}`.execute(tx);
}

/** Ids of some whose days are over. */
export async function overdue(db: Sql, now: Date, limit: number): Promise<string[]> {
  const r = await sql<{ id: string }>`select id from printing.print_order
    where expires_at <= ${now} order by expires_at limit ${limit}`.execute(db);
  return r.rows.map((x) => x.id);
}

/** Which of these there are. */
export async function existing(db: Sql, ids: readonly string[]): Promise<Set<string>> {
  const r = await sql<{
    id: string;
  }>`select id from printing.print_order where id = any(${ids}::uuid[])`.execute(db);
  return new Set(r.rows.map((x) => x.id));
}

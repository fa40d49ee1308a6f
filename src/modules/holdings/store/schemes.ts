import type { SchemeBody } from '#formats/metadata-schemes';
import { type Sql, sql, type Tx } from '#kernel/db';
import { type Schemes, schemesOf } from '../domain/schemes.ts';

/** A version of how an archive describes. */
export interface SchemeVersion {
  id: string;
  archiveId: string;
  /** Null: of all categories. */
  category: string | null;
  version: number;
  /** `YYYY-MM-DD`. */
  validFrom: string;
  body: SchemeBody;
  reason: string | null;
  createdAt: Date;
  createdBy: string | null;
  createdByName: string;
}

/** With what today makes of it: in force, to come, or followed by another. */
export interface SchemeVersionRow extends SchemeVersion {
  state: 'inForce' | 'toCome' | 'followed';
}

/** The day here: a scheme is in force by the archive's day, whatever connection asks. */
export const TODAY = sql`(now() at time zone coalesce(nullif(current_setting('lantai.timezone', true), ''), 'Asia/Shanghai'))::date`;

const ROW = sql`s.id, s.archive_id as "archiveId", s.category, s.version, to_char(s.valid_from, 'YYYY-MM-DD') as "validFrom", s.body,
  s.reason, s.created_at as "createdAt", s.created_by as "createdBy", s.created_by_name as "createdByName",
  case when s.valid_from > ${TODAY} then 'toCome'
    when exists (select from holdings.description_scheme l where l.archive_id = s.archive_id
      and l.category is not distinct from s.category and l.version > s.version and l.valid_from <= ${TODAY}) then 'followed'
    else 'inForce' end as state`;

/** All versions an archive has, by category, the newest first. */
export async function schemeVersions(tx: Sql, archiveId: string): Promise<SchemeVersionRow[]> {
  const r = await sql<SchemeVersionRow>`select ${ROW} from holdings.description_scheme s
    where s.archive_id = ${archiveId} order by s.category nulls first, s.version desc limit 1000`.execute(tx);
  return r.rows;
}

export async function schemeVersion(tx: Sql, id: string): Promise<SchemeVersionRow | undefined> {
  const r =
    await sql<SchemeVersionRow>`select ${ROW} from holdings.description_scheme s where s.id = ${id}`.execute(
      tx,
    );
  return r.rows[0];
}

/** The latest version of a category, whether or not its day has come. */
export async function latestVersion(
  tx: Sql,
  archiveId: string,
  category: string | null,
): Promise<SchemeVersionRow | undefined> {
  const r = await sql<SchemeVersionRow>`select ${ROW} from holdings.description_scheme s
    where s.archive_id = ${archiveId} and s.category is not distinct from ${category}::text
    order by s.version desc limit 1`.execute(tx);
  return r.rows[0];
}

/** One writer of schemes at a time in an archive. */
export async function lockSchemes(tx: Tx, archiveId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${archiveId}, 165))`.execute(tx);
}

export async function isPast(tx: Sql, day: string): Promise<boolean> {
  const r = await sql<{ past: boolean }>`select ${day}::date < ${TODAY} as past`.execute(tx);
  return r.rows[0]!.past;
}

export async function insertVersion(tx: Tx, s: Omit<SchemeVersion, 'createdAt'>): Promise<void> {
  await sql`insert into holdings.description_scheme
      (id, archive_id, category, version, valid_from, body, reason, created_by, created_by_name)
    values (${s.id}, ${s.archiveId}, ${s.category}, ${s.version}, ${s.validFrom}, ${JSON.stringify(s.body)}::jsonb, ${s.reason},
      ${s.createdBy}, ${s.createdByName})`.execute(tx);
}

/** Removes a version whose day has not come. False when it has. */
export async function deleteVersion(tx: Tx, id: string): Promise<boolean> {
  const r =
    await sql`delete from holdings.description_scheme where id = ${id} and valid_from > ${TODAY}`.execute(tx);
  return Number(r.numAffectedRows) === 1;
}

/** Schemes are compiled once for each state of an archive's: most calls only ask whether anything changed. */
const compiled = new Map<string, { ids: string; schemes: Schemes }>();
const MOST_KEPT = 500;

/** By which schemes an archive's entries are described today. */
export async function schemesInForce(tx: Sql, archiveId: string): Promise<Schemes> {
  const now = await sql<{ id: string }>`select distinct on (category) id from holdings.description_scheme
    where archive_id = ${archiveId} and valid_from <= ${TODAY} order by category, version desc`.execute(tx);
  const ids = now.rows.map((s) => s.id);
  const key = ids.join();
  const known = compiled.get(archiveId);
  if (known?.ids === key) return known.schemes;
  const r = await sql<{ category: string | null; body: SchemeBody }>`select category, body
    from holdings.description_scheme where id = any(${ids}::uuid[])`.execute(tx);
  const schemes = schemesOf(r.rows);
  if (compiled.size >= MOST_KEPT) compiled.clear();
  compiled.set(archiveId, { ids: key, schemes });
  return schemes;
}

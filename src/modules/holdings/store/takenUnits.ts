import { matchKey } from '#formats/reference-codes';
import { type Sql, sql, type Tx } from '#kernel/db';
import type { FormerCode, TakenFields } from '../domain/takenUnit.ts';

export type TakenRow = Omit<TakenFields, 'position'> & {
  id: string;
  archiveId: string;
  fondsId: string;
  parentId: string | null;
  position: string;
};

/** Inserts entries whole. @returns ids of those that were not there */
export async function insertTaken(tx: Tx, rows: readonly TakenRow[]): Promise<Set<string>> {
  const given = rows.map((u) => ({
    id: u.id,
    archive_id: u.archiveId,
    fonds_id: u.fondsId,
    parent_id: u.parentId,
    level: u.level,
    position: u.position,
    reference_code: u.referenceCode,
    sort_key: u.sortKey,
    match_key: u.referenceCode === null ? null : matchKey(u.sortKey),
    title: u.title,
    creator: u.creator,
    doc_no: u.docNo,
    date_text: u.date,
    date_from: u.dateFrom,
    date_to: u.dateTo,
    category: u.category,
    year: u.year,
    retention: u.retention,
    classification: u.classification,
    access_status: u.accessStatus,
    opens_on: u.opensOn,
    embargo_until: u.embargoUntil,
    pages: u.pages,
    description: u.description,
    gaps_own: u.gapsOwn,
    gaps_top: u.gapsTop,
  }));
  const r = await sql<{
    id: string;
  }>`insert into holdings.unit (id, archive_id, fonds_id, parent_id, level, position,
      reference_code, sort_key, match_key, title, creator, doc_no, date_text, date_from, date_to, category, year, retention,
      classification, access_status, opens_on, embargo_until, pages, description, gaps_own, gaps_top)
    select id, archive_id, fonds_id, parent_id, level, position,
      reference_code, sort_key, match_key, title, creator, doc_no, date_text, date_from, date_to, category, year, retention,
      classification, access_status, opens_on, embargo_until, pages, description, gaps_own, gaps_top
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as given (id uuid, archive_id uuid, fonds_id uuid,
      parent_id uuid, level text, position text, reference_code text, sort_key text, match_key text, title text, creator text,
      doc_no text, date_text text, date_from date, date_to date, category text, year int, retention text, classification text,
      access_status text, opens_on date, embargo_until date, pages int, description jsonb, gaps_own smallint, gaps_top smallint)
    on conflict (id) do nothing returning id`.execute(tx);
  return new Set(r.rows.map((x) => x.id));
}

/** Entries by id, as the transaction may see them. */
export async function thereAlready(
  tx: Tx,
  ids: readonly string[],
): Promise<{ id: string; archiveId: string; fondsId: string; referenceCode: string | null }[]> {
  const r = await sql<{ id: string; archiveId: string; fondsId: string; referenceCode: string | null }>`
    select id, archive_id as "archiveId", fonds_id as "fondsId", reference_code as "referenceCode"
    from holdings.unit where id = any(${ids}::uuid[])`.execute(tx);
  return r.rows;
}

/** Which of some codes other entries bear, or bore. */
export async function codesOfOthers(
  tx: Sql,
  archiveId: string,
  units: readonly { id: string; code: string }[],
): Promise<{ code: string }[]> {
  const ids = units.map((u) => u.id);
  const codes = units.map((u) => u.code);
  const r = await sql<{ code: string }>`
    select g.code from unnest(${ids}::uuid[], ${codes}::text[]) as g (id, code)
    where coalesce(holdings.bearer_of(${archiveId}, array[g.code]) <> g.id, false) limit 10`.execute(tx);
  return r.rows;
}

export async function formerCodesOf(
  tx: Sql,
  ids: readonly string[],
): Promise<(FormerCode & { unitId: string })[]> {
  // The time as text: a Date would cut it to milliseconds.
  const r = await sql<
    FormerCode & { unitId: string }
  >`select unit_id as "unitId", code, basis, actor_name as "actorName",
      to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
    from holdings.code_alias a where unit_id = any(${ids}::uuid[]) order by a.at, code`.execute(tx);
  return r.rows;
}

export async function insertFormerCodes(
  tx: Tx,
  archiveId: string,
  codes: readonly (FormerCode & { unitId: string })[],
): Promise<void> {
  if (codes.length === 0) return;
  await sql`insert into holdings.code_alias (archive_id, code, unit_id, basis, at, actor_name)
    select ${archiveId}, g.code, g."unitId", g.basis, g.at, g."actorName"
    from jsonb_to_recordset(${JSON.stringify(codes)}::jsonb) as g (code text, "unitId" uuid, basis text, at timestamptz, "actorName" text)
    on conflict do nothing`.execute(tx);
}

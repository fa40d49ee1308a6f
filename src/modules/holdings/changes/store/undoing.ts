import { sql, type Tx } from '#kernel/db';
import type { Columns, UnitChange } from './changesets.ts';

/** The last change a changeset made to an entry, with all it made to it, the first one first. */
export type LastChange = Pick<UnitChange, 'id' | 'unitId'> & { all: { before: Columns; after: Columns }[] };

/** What a changeset did to each entry, the entries changed last first. */
export async function lastChangesOf(
  tx: Tx,
  changesetId: string,
  o: { before: string | null; limit: number },
): Promise<LastChange[]> {
  const r = await sql<LastChange>`select x.id, x.unit_id as "unitId", (
      select jsonb_agg(jsonb_build_object('before', y.before, 'after', y.after) order by y.id) from holdings.unit_change y
      where y.unit_id = x.unit_id and y.changeset_id = x.changeset_id) as all
    from holdings.unit_change x
    where x.changeset_id = ${changesetId} ${o.before ? sql`and x.id < ${o.before}` : sql``}
      and not exists (select from holdings.unit_change y
        where y.unit_id = x.unit_id and y.changeset_id = x.changeset_id and y.id > x.id)
    order by x.id desc limit ${o.limit}`.execute(tx);
  return r.rows;
}

/** An entry as it stands, locked until the transaction ends. */
export interface Standing {
  id: string;
  archiveId: string;
  fondsId: string;
  parentId: string | null;
  category: string | null;
  referenceCode: string | null;
  /** All its columns, by their names. */
  columns: Columns;
}

export async function lockUnits(tx: Tx, ids: readonly string[]): Promise<Map<string, Standing>> {
  const r =
    await sql<Standing>`select u.id, u.archive_id as "archiveId", u.fonds_id as "fondsId", u.parent_id as "parentId", u.category,
      u.reference_code as "referenceCode", to_jsonb(u) as columns
    from holdings.unit u where u.id = any(${ids}::uuid[]) order by u.id for update`.execute(tx);
  return new Map(r.rows.map((u) => [u.id, u]));
}

/** Who bears these codes, now or formerly, seen or not. */
export async function bearersOf(
  tx: Tx,
  archiveId: string,
  codes: readonly string[],
): Promise<Map<string, string>> {
  if (codes.length === 0) return new Map();
  const r = await sql<{ code: string; id: string | null }>`
    select c.code, holdings.bearer_of(${archiveId}, array[c.code]) as id from unnest(${codes}::text[]) as c (code)`.execute(
    tx,
  );
  return new Map(r.rows.flatMap((x) => (x.id ? [[x.code, x.id]] : [])));
}

/** Lets go of codes, so that entries can exchange theirs. */
export async function letGoOfCodes(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`update holdings.unit set reference_code = null, sort_key = '', match_key = null, version = version + 1
    where id = any(${ids}::uuid[]) and reference_code is not null`.execute(tx);
}

export interface NewColumns {
  id: string;
  columns: Readonly<Record<string, unknown>>;
}

/** Writes columns over those of entries; others stay. */
export async function writeColumns(tx: Tx, rows: readonly NewColumns[], at: Date): Promise<void> {
  if (rows.length === 0) return;
  await sql`update holdings.unit u set fonds_id = n.fonds_id, parent_id = n.parent_id, position = n.position, level = n.level,
      reference_code = n.reference_code, sort_key = n.sort_key, match_key = n.match_key, title = n.title, creator = n.creator,
      doc_no = n.doc_no, date_text = n.date_text, date_from = n.date_from, date_to = n.date_to, category = n.category, year = n.year,
      retention = n.retention, classification = n.classification, pages = n.pages, description = n.description,
      version = u.version + 1, updated_at = ${at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w (id uuid, columns jsonb)
      join holdings.unit x on x.id = w.id, lateral jsonb_populate_record(x, w.columns) n
    where u.id = w.id`.execute(tx);
}

/** Codes are borne again: no other names any more, and not void. */
export async function restoreCodes(
  tx: Tx,
  archiveId: string,
  list: readonly { unitId: string; code: string }[],
): Promise<void> {
  if (list.length === 0) return;
  const codes = list.map((x) => x.code);
  await sql`delete from holdings.code_alias a using unnest(${codes}::text[], ${list.map((x) => x.unitId)}::uuid[]) as r (code, unit_id)
    where a.archive_id = ${archiveId} and a.code = r.code and a.unit_id = r.unit_id`.execute(tx);
  await sql`delete from holdings.code_void where archive_id = ${archiveId} and code = any(${codes}::text[])`.execute(
    tx,
  );
}

/** Codes that entries bore, as other names of theirs. */
export async function insertAliases(
  tx: Tx,
  a: { archiveId: string; basis: string; actorName: string },
  list: readonly { unitId: string; code: string }[],
): Promise<void> {
  if (list.length === 0) return;
  await sql`insert into holdings.code_alias (archive_id, code, unit_id, basis, actor_name)
    select ${a.archiveId}, r.code, r.unit_id, ${a.basis}, ${a.actorName}
    from unnest(${list.map((x) => x.code)}::text[], ${list.map((x) => x.unitId)}::uuid[]) as r (code, unit_id)
    on conflict do nothing`.execute(tx);
}

/** Those of some places that are not there, or lie below the entry that would stand under them. */
export async function impossiblePlaces(
  tx: Tx,
  list: readonly { unitId: string; parentId: string; fondsId: string }[],
): Promise<Set<string>> {
  if (list.length === 0) return new Set();
  const r = await sql<{ id: string }>`with recursive wanted as (
      select * from unnest(${list.map((x) => x.unitId)}::uuid[], ${list.map((x) => x.parentId)}::uuid[], ${list.map((x) => x.fondsId)}::uuid[])
        as w (unit_id, parent_id, fonds_id)),
    up as (
      select w.unit_id, p.id, p.parent_id, 0 as depth from wanted w join holdings.unit p on p.id = w.parent_id
      union all
      select up.unit_id, p.id, p.parent_id, up.depth + 1 from up join holdings.unit p on p.id = up.parent_id where up.depth < 50)
    select w.unit_id as id from wanted w
      where not exists (select from holdings.unit p where p.id = w.parent_id and p.fonds_id = w.fonds_id and p.level <> 'item')
    union
    select unit_id from up where id = unit_id`.execute(tx);
  return new Set(r.rows.map((x) => x.id));
}

export interface LeftChange {
  changeId: string;
  unitId: string;
  why: 'changed' | 'gone' | 'forbidden' | 'codeTaken' | 'place';
  fields: readonly string[];
}

export async function noteLeft(
  tx: Tx,
  o: { changesetId: string; archiveId: string },
  list: readonly LeftChange[],
): Promise<void> {
  if (list.length === 0) return;
  await sql`insert into holdings.changeset_left (changeset_id, change_id, archive_id, unit_id, why, fields)
    select ${o.changesetId}, l."changeId", ${o.archiveId}, l."unitId", l.why, l.fields
    from jsonb_to_recordset(${JSON.stringify(list)}::jsonb) as l ("changeId" uuid, "unitId" uuid, why text, fields text[])
    on conflict do nothing`.execute(tx);
}

/** What taking back left, a page of it. */
export async function leftOf(
  tx: Tx,
  changesetId: string,
  o: { after?: string; limit: number },
): Promise<LeftChange[]> {
  const r =
    await sql<LeftChange>`select change_id as "changeId", unit_id as "unitId", why, fields from holdings.changeset_left
    where changeset_id = ${changesetId} ${o.after ? sql`and change_id > ${o.after}` : sql``}
    order by change_id limit ${o.limit}`.execute(tx);
  return r.rows;
}

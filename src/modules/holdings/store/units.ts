import { matchKey, sortKey } from '#formats/reference-codes';
import { type Sql, sql, type Tx } from '#kernel/db';
import type { AccessStatus, Classification, Description, Level } from '../domain/unit.ts';
import { drawKeysAnew, LONGEST_KEY } from './orderKeys.ts';

/** A row of a table of units. */
export interface UnitRow {
  id: string;
  archiveId: string;
  fondsId: string;
  parentId: string | null;
  level: Level;
  position: string;
  referenceCode: string | null;
  sortKey: string;
  title: string;
  creator: string | null;
  docNo: string | null;
  date: string | null;
  dateFrom: string | null;
  dateTo: string | null;
  category: string | null;
  year: number | null;
  retention: string | null;
  classification: Classification;
  accessStatus: AccessStatus;
  /** The day an opening takes effect, and the first day after an embargo. */
  opensOn: string | null;
  embargoUntil: string | null;
  pages: number | null;
  /** How many required elements it lacks. */
  gaps: number;
  pageCount: number;
  childCount: number;
  version: number;
}

export interface UnitRecord extends UnitRow {
  description: Description;
  gapsOwn: number;
  gapsTop: number;
  objectId: string | null;
  importId: string | null;
  importRow: number | null;
  createdAt: Date;
  updatedAt: Date;
}

export const ROW = sql`u.id, u.archive_id as "archiveId", u.fonds_id as "fondsId", u.parent_id as "parentId", u.level,
  u.position, u.reference_code as "referenceCode", u.sort_key as "sortKey", u.title, u.creator, u.doc_no as "docNo",
  u.date_text as "date", u.date_from as "dateFrom", u.date_to as "dateTo", u.category, u.year, u.retention,
  u.classification, u.access_status as "accessStatus", u.opens_on as "opensOn", u.embargo_until as "embargoUntil", u.pages, u.gaps, u.page_count as "pageCount",
  u.child_count as "childCount", u.version`;

export const RECORD = sql`${ROW}, u.description, u.gaps_own as "gapsOwn", u.gaps_top as "gapsTop", u.object_id as "objectId", u.import_id as "importId",
  u.import_row as "importRow", u.created_at as "createdAt", u.updated_at as "updatedAt"`;

export async function unitById(tx: Sql, id: string): Promise<UnitRecord | undefined> {
  return (await sql<UnitRecord>`select ${RECORD} from holdings.unit u where u.id = ${id}`.execute(tx))
    .rows[0];
}

export async function unitsByIds(tx: Sql, ids: readonly string[]): Promise<UnitRecord[]> {
  return (
    await sql<UnitRecord>`select ${RECORD} from holdings.unit u where u.id = any(${ids}::uuid[])`.execute(tx)
  ).rows;
}

export interface Ancestor {
  id: string;
  level: Level;
  referenceCode: string | null;
  title: string;
}

/** The units above a unit, topmost first. Trees are some levels deep; 50 stops a damaged one. */
export async function ancestorsOf(tx: Sql, id: string): Promise<Ancestor[]> {
  const r = await sql<Ancestor>`with recursive up as (
      select u.id, u.parent_id, u.level, u.reference_code, u.title, 0 as depth from holdings.unit u where u.id = ${id}
      union all
      select p.id, p.parent_id, p.level, p.reference_code, p.title, up.depth + 1
        from holdings.unit p join up on p.id = up.parent_id where up.depth < 50)
    select id, level, reference_code as "referenceCode", title from up where depth > 0 order by depth desc`.execute(
    tx,
  );
  return r.rows;
}

/** The unit with this reference code, by its present code or one it had before. */
export async function unitIdByCode(
  tx: Sql,
  archiveId: string,
  codes: readonly string[],
): Promise<string | undefined> {
  const r = await sql<{ id: string }>`
    select id from holdings.unit where archive_id = ${archiveId} and reference_code = any(${codes}::text[])
    union all
    select a.unit_id from holdings.code_alias a join holdings.unit u on u.id = a.unit_id
      where a.archive_id = ${archiveId} and a.code = any(${codes}::text[])
    limit 1`.execute(tx);
  return r.rows[0]?.id;
}

/** The unit that bears one of these codes, now or formerly, whether or not it exists for the asker: codes are given once. */
export async function bearerOf(
  tx: Sql,
  archiveId: string,
  codes: readonly string[],
): Promise<string | undefined> {
  const r = await sql<{
    id: string | null;
  }>`select holdings.bearer_of(${archiveId}, ${codes}::text[]) as id`.execute(tx);
  return r.rows[0]?.id ?? undefined;
}

export async function aliasesOf(tx: Sql, unitId: string): Promise<string[]> {
  const r = await sql<{
    code: string;
  }>`select code from holdings.code_alias where unit_id = ${unitId} order by at`.execute(tx);
  return r.rows.map((x) => x.code);
}

/** Order keys around a place in a row of siblings. */
export async function neighbours(
  tx: Tx,
  parentOrFonds: string,
  place: { after?: string; before?: string },
): Promise<{ left: string | null; right: string | null }> {
  const found = await keysAround(tx, parentOrFonds, place);
  const long = [found.left, found.right].find((key) => (key?.length ?? 0) > LONGEST_KEY);
  if (!long) return found;
  await drawKeysAnew(tx, parentOrFonds, long);
  return keysAround(tx, parentOrFonds, place);
}

async function keysAround(
  tx: Tx,
  parentOrFonds: string,
  place: { after?: string; before?: string },
): Promise<{ left: string | null; right: string | null }> {
  const anchor = place.after ?? place.before;
  if (!anchor) {
    const r = await sql<{ p: string | null }>`select max(position) as p from holdings.unit
      where under_id = ${parentOrFonds}`.execute(tx);
    return { left: r.rows[0]!.p, right: null };
  }
  const at = await sql<{ position: string }>`select position from holdings.unit
    where id = ${anchor} and under_id = ${parentOrFonds}`.execute(tx);
  const position = at.rows[0]?.position;
  if (position === undefined) return keysAround(tx, parentOrFonds, {});
  const next = place.after
    ? await sql<{ p: string | null }>`select min(position) as p from holdings.unit
        where under_id = ${parentOrFonds} and position > ${position}`.execute(tx)
    : await sql<{ p: string | null }>`select max(position) as p from holdings.unit
        where under_id = ${parentOrFonds} and position < ${position}`.execute(tx);
  const other = next.rows[0]!.p;
  return place.after ? { left: position, right: other } : { left: other, right: position };
}

export type NewUnit = Omit<
  UnitRow,
  'pageCount' | 'childCount' | 'version' | 'opensOn' | 'embargoUntil' | 'gaps'
> & {
  description: Description;
  gapsOwn: number;
  gapsTop: number;
};

export async function insertUnit(tx: Tx, u: NewUnit): Promise<void> {
  await sql`insert into holdings.unit (id, archive_id, fonds_id, parent_id, level, position, reference_code, sort_key, match_key,
      title, creator, doc_no, date_text, date_from, date_to, category, year, retention, classification, access_status,
      pages, description, gaps_own, gaps_top)
    values (${u.id}, ${u.archiveId}, ${u.fondsId}, ${u.parentId}, ${u.level}, ${u.position}, ${u.referenceCode},
      ${u.sortKey}, ${u.referenceCode === null ? null : matchKey(u.sortKey)}, ${u.title}, ${u.creator}, ${u.docNo}, ${u.date}, ${u.dateFrom}, ${u.dateTo}, ${u.category}, ${u.year},
      ${u.retention}, ${u.classification}, ${u.accessStatus}, ${u.pages}, ${JSON.stringify(u.description)}::jsonb, ${u.gapsOwn}, ${u.gapsTop})`.execute(
    tx,
  );
}

/** Writes a correction over the version it was made from. False when somebody was quicker. */
export async function updateUnit(tx: Tx, u: UnitRecord): Promise<boolean> {
  const r =
    await sql`update holdings.unit set reference_code = ${u.referenceCode}, sort_key = ${u.sortKey}, match_key = ${u.referenceCode === null ? null : matchKey(u.sortKey)},
      title = ${u.title}, creator = ${u.creator}, doc_no = ${u.docNo}, date_text = ${u.date}, date_from = ${u.dateFrom},
      date_to = ${u.dateTo}, category = ${u.category}, year = ${u.year}, retention = ${u.retention},
      classification = ${u.classification}, pages = ${u.pages}, description = ${JSON.stringify(u.description)}::jsonb,
      gaps_own = ${u.gapsOwn}, gaps_top = ${u.gapsTop}, level = ${u.level}, version = version + 1, updated_at = now()
    where id = ${u.id} and version = ${u.version}`.execute(tx);
  return Number(r.numAffectedRows) === 1;
}

export async function placeUnit(
  tx: Tx,
  p: { id: string; parentId: string | null; position: string; version: number },
): Promise<boolean> {
  const r = await sql`update holdings.unit set parent_id = ${p.parentId}, position = ${p.position},
      version = version + 1, updated_at = now() where id = ${p.id} and version = ${p.version}`.execute(tx);
  return Number(r.numAffectedRows) === 1;
}

/** One move at a time in a fonds, so that two can not make a circle between them. */
export async function lockTree(tx: Tx, fondsId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${fondsId}, 7))`.execute(tx);
}

export async function insertAlias(
  tx: Tx,
  a: { archiveId: string; code: string; unitId: string; basis: string; actorName: string },
): Promise<void> {
  await sql`insert into holdings.code_alias (archive_id, code, unit_id, basis, actor_name)
    values (${a.archiveId}, ${a.code}, ${a.unitId}, ${a.basis}, ${a.actorName}) on conflict do nothing`.execute(
    tx,
  );
}

/** How many digital pages units have. */
export async function pageCountsOf(tx: Sql, ids: readonly string[]): Promise<Map<string, number>> {
  const r = await sql<{ id: string; n: number }>`select id, page_count as n from holdings.unit
    where id = any(${ids}::uuid[])`.execute(tx);
  return new Map(r.rows.map((x) => [x.id, x.n]));
}

/** Notes that a unit's digital pages are held in an object. */
export async function setHeld(
  tx: Sql,
  list: readonly { unitId: string; objectId: string; pages: number }[],
): Promise<void> {
  await sql`update holdings.unit u set object_id = h.object_id, page_count = h.pages, version = version + 1,
    updated_at = now()
    from unnest(${list.map((h) => h.unitId)}::uuid[], ${list.map((h) => h.objectId)}::text[],
      ${list.map((h) => h.pages)}::int[]) as h (id, object_id, pages)
    where u.id = h.id`.execute(tx);
}

/**
 * Units of an archive whose reference code has the same letters and digits as a given one, whatever the separators.
 *
 * @returns per given code the units it may mean; more than one where the codes differ in separators alone
 */
export async function idsByCodes(
  tx: Sql,
  archiveId: string,
  codes: readonly string[],
): Promise<Map<string, string[]>> {
  const r = await sql<{ code: string; ids: string[] }>`
    select c.code, array_agg(distinct m.id) as ids from unnest(${codes}::text[], ${codes.map((c) => matchKey(sortKey(c)))}::text[]) as c (code, match_key)
    cross join lateral (
      select u.id from holdings.unit u where u.archive_id = ${archiveId} and u.reference_code is not null
        and u.match_key = c.match_key
        and holdings.code_key(u.reference_code) = holdings.code_key(c.code)
      union all
      select a.unit_id from holdings.code_alias a where a.archive_id = ${archiveId} and a.code = c.code) m
    group by c.code`.execute(tx);
  return new Map(r.rows.map((x) => [x.code, x.ids]));
}

/**
 * As {@link idsByCodes} by present codes, leading zeros left out too: `J019-3-1` for `J019-0003-001`.
 *
 * @returns per given code at most `MOST_FITTING` units it may mean
 */
export async function idsByLooseCodes(
  tx: Sql,
  archiveId: string,
  codes: readonly string[],
): Promise<Map<string, FittingUnit[]>> {
  const r = await sql<{ code: string; units: FittingUnit[] }>`
    select c.code, jsonb_agg(jsonb_build_object('id', m.id, 'referenceCode', m.reference_code)) as units
    from unnest(${codes}::text[], ${codes.map((c) => matchKey(sortKey(c)))}::text[]) as c (code, match_key)
    cross join lateral (
      select u.id, u.reference_code from holdings.unit u where u.archive_id = ${archiveId}
        and u.reference_code is not null
        and u.match_key = c.match_key
        and holdings.loose_code_key(u.reference_code) = holdings.loose_code_key(c.code)
      limit ${MOST_FITTING}) m
    group by c.code`.execute(tx);
  return new Map(r.rows.map((x) => [x.code, x.units]));
}

export interface FittingUnit {
  id: string;
  referenceCode: string;
}

/** More than one means that none is chosen; a few are enough to tell the person which. */
const MOST_FITTING = 5;

/** Categories and fonds of units. */
export async function kindsOf(
  tx: Sql,
  ids: readonly string[],
): Promise<Map<string, { category: string | null; fondsId: string }>> {
  const r = await sql<{ id: string; category: string | null; fondsId: string }>`
    select id, category, fonds_id as "fondsId" from holdings.unit where id = any(${ids}::uuid[])`.execute(tx);
  return new Map(r.rows.map(({ id, ...kind }) => [id, kind]));
}

/** Reference codes and titles of units, for lists of things that belong to them. */
export async function namesOf(
  tx: Sql,
  ids: readonly string[],
): Promise<Map<string, { referenceCode: string | null; title: string }>> {
  const r = await sql<{ id: string; referenceCode: string | null; title: string }>`
    select id, reference_code as "referenceCode", title from holdings.unit where id = any(${ids}::uuid[])`.execute(
    tx,
  );
  return new Map(r.rows.map((x) => [x.id, x]));
}

import { type Sql, sql, type Tx } from '#kernel/db';

/** All records of one creator (全宗). */
export interface Fonds {
  id: string;
  archiveId: string;
  agencyId: string | null;
  number: string;
  name: string;
  dates: string | null;
  history: string | null;
  custody: string | null;
  scope: string | null;
  childCount: number;
  version: number;
}

const FONDS = sql`id, archive_id as "archiveId", agency_id as "agencyId", number, name, dates, history, custody, scope,
  child_count as "childCount", version`;

export async function fondsById(tx: Sql, id: string): Promise<Fonds | undefined> {
  return (await sql<Fonds>`select ${FONDS} from holdings.fonds where id = ${id}`.execute(tx)).rows[0];
}

export async function fondsByNumber(tx: Sql, archiveId: string, number: string): Promise<Fonds | undefined> {
  const r = await sql<Fonds>`select ${FONDS} from holdings.fonds
    where archive_id = ${archiveId} and number = ${number}`.execute(tx);
  return r.rows[0];
}

/** The fonds of agencies. */
export async function fondsOfAgencies(
  on: Sql,
  agencyIds: readonly string[],
): Promise<(Pick<Fonds, 'id' | 'archiveId' | 'number'> & { agencyId: string })[]> {
  const r = await sql<{ id: string; archiveId: string; number: string; agencyId: string }>`
    select id, archive_id as "archiveId", number, agency_id as "agencyId" from holdings.fonds
    where agency_id = any (${agencyIds}::uuid[])`.execute(on);
  return r.rows;
}

export async function isAgencyOf(tx: Tx, archiveId: string, agencyId: string): Promise<boolean> {
  const r =
    await sql`select 1 from holdings.agency where id = ${agencyId} and archive_id = ${archiveId}`.execute(tx);
  return r.rows.length > 0;
}

/** A page of an archive's fonds by number. */
export async function fondsPage(
  tx: Tx,
  o: { archiveId: string; q?: string; after?: string; limit: number },
): Promise<Fonds[]> {
  const r = await sql<Fonds>`select ${FONDS} from holdings.fonds
    where archive_id = ${o.archiveId} and (${o.after ?? null}::text is null or number > ${o.after ?? ''})
      and (${o.q ?? null}::text is null or strpos(number || ' ' || name, ${o.q ?? ''}) > 0)
    order by number limit ${o.limit}`.execute(tx);
  return r.rows;
}

/** Inserts; false when the archive has a fonds of this number already. */
export async function insertFonds(tx: Tx, f: Omit<Fonds, 'childCount' | 'version'>): Promise<boolean> {
  const r = await sql`insert into holdings.fonds
      (id, archive_id, agency_id, number, name, dates, history, custody, scope)
    values (${f.id}, ${f.archiveId}, ${f.agencyId}, ${f.number}, ${f.name}, ${f.dates}, ${f.history}, ${f.custody}, ${f.scope})
    on conflict (archive_id, number) do nothing`.execute(tx);
  return Number(r.numAffectedRows) === 1;
}

/** Writes a correction over the version it was made from. False when somebody was quicker. */
export async function updateFonds(tx: Tx, f: Fonds): Promise<boolean> {
  const r = await sql`update holdings.fonds set name = ${f.name}, dates = ${f.dates}, history = ${f.history},
      custody = ${f.custody}, scope = ${f.scope}, agency_id = ${f.agencyId}, version = version + 1
    where id = ${f.id} and version = ${f.version}`.execute(tx);
  return Number(r.numAffectedRows) === 1;
}

import { type Sql, sql, type Tx } from '#kernel/db';
import type { FondsDescription } from '../domain/fondsInput.ts';

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
  /** Its other elements. */
  description: FondsDescription;
  /** How many required elements it lacks. */
  gaps: number;
  childCount: number;
  version: number;
  /** The fonds it was brought into; it is closed then, and keeps its number. */
  partOf: string | null;
  closedAt: Date | null;
}

const FONDS = sql`id, archive_id as "archiveId", agency_id as "agencyId", number, name, dates, history, custody, scope, description,
  gaps, child_count as "childCount", version, part_of as "partOf", closed_at as "closedAt"`;

export async function fondsById(tx: Sql, id: string): Promise<Fonds | undefined> {
  return (await sql<Fonds>`select ${FONDS} from holdings.fonds where id = ${id}`.execute(tx)).rows[0];
}

export async function fondsByIds(tx: Sql, ids: readonly string[]): Promise<Fonds[]> {
  return (
    await sql<Fonds>`select ${FONDS} from holdings.fonds where id = any(${[...ids]}::uuid[])`.execute(tx)
  ).rows;
}

/** The fonds one is part of now, however often that was brought into another; itself, where it stands for itself. */
export async function standingFonds(tx: Sql, id: string): Promise<string> {
  const r = await sql<{ id: string }>`with recursive up (id, part_of) as (
      select f.id, f.part_of from holdings.fonds f where f.id = ${id}
      union
      select f.id, f.part_of from up join holdings.fonds f on f.id = up.part_of)
    select id from up where part_of is null limit 1`.execute(tx);
  return r.rows[0]?.id ?? id;
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
export async function insertFonds(
  tx: Tx,
  f: Omit<Fonds, 'childCount' | 'version' | 'partOf' | 'closedAt'>,
): Promise<boolean> {
  const r = await sql`insert into holdings.fonds
      (id, archive_id, agency_id, number, name, dates, history, custody, scope, description, gaps)
    values (${f.id}, ${f.archiveId}, ${f.agencyId}, ${f.number}, ${f.name}, ${f.dates}, ${f.history}, ${f.custody}, ${f.scope},
      ${JSON.stringify(f.description)}::jsonb, ${f.gaps})
    on conflict (archive_id, number) do nothing`.execute(tx);
  return Number(r.numAffectedRows) === 1;
}

/** Writes a correction over the version it was made from. False when somebody was quicker. */
export async function updateFonds(tx: Tx, f: Fonds): Promise<boolean> {
  const r = await sql`update holdings.fonds set name = ${f.name}, dates = ${f.dates}, history = ${f.history},
      custody = ${f.custody}, scope = ${f.scope}, description = ${JSON.stringify(f.description)}::jsonb, gaps = ${f.gaps}, agency_id = ${f.agencyId}, version = version + 1
    where id = ${f.id} and version = ${f.version}`.execute(tx);
  return Number(r.numAffectedRows) === 1;
}

/** A fonds as it is named where something is said of it. */
export interface NamedFonds {
  id: string;
  number: string;
  name: string;
}

export async function fondsNamed(on: Sql, ids: readonly string[]): Promise<Map<string, NamedFonds>> {
  if (ids.length === 0) return new Map();
  const r =
    await sql<NamedFonds>`select id, number, name from holdings.fonds where id = any(${ids}::uuid[])`.execute(
      on,
    );
  return new Map(r.rows.map((f) => [f.id, f]));
}

import { type Sql, sql, type Tx } from '#kernel/db';

export type ArchiveLevel = 'province' | 'city' | 'county';

/** An institution holding archives (档案馆). */
export interface Archive {
  id: string;
  parentId: string | null;
  /** The archive and all above it, nearest last. */
  path: string[];
  code: string;
  name: string;
  nameHant: string | null;
  nameEn: string | null;
  level: ArchiveLevel;
}

const ARCHIVE = sql`id, parent_id as "parentId", path, code, name, name_hant as "nameHant", name_en as "nameEn", level`;

/** All archives, parents before children. Some hundred at the most. */
export async function allArchives(db: Sql): Promise<Archive[]> {
  const r =
    await sql<Archive>`select ${ARCHIVE} from holdings.archive order by cardinality(path), code`.execute(db);
  return r.rows;
}

export async function insertArchive(tx: Tx, a: Archive): Promise<boolean> {
  const r =
    await sql`insert into holdings.archive (id, parent_id, path, code, name, name_hant, name_en, level)
    values (${a.id}, ${a.parentId}, ${a.path}::uuid[], ${a.code}, ${a.name}, ${a.nameHant}, ${a.nameEn}, ${a.level})
    on conflict (code) do nothing`.execute(tx);
  return Number(r.numAffectedRows) === 1;
}

export interface Agency {
  id: string;
  archiveId: string;
  code: string;
  name: string;
}

export async function agenciesOf(on: Sql, archiveId: string): Promise<Agency[]> {
  const r = await sql<Agency>`select id, archive_id as "archiveId", code, name from holdings.agency
    where archive_id = ${archiveId} order by code`.execute(on);
  return r.rows;
}

export async function insertAgency(tx: Tx, a: Agency): Promise<boolean> {
  const r = await sql`insert into holdings.agency (id, archive_id, code, name)
    values (${a.id}, ${a.archiveId}, ${a.code}, ${a.name}) on conflict (archive_id, code) do nothing`.execute(
    tx,
  );
  return Number(r.numAffectedRows) === 1;
}

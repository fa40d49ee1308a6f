import { type Sql, sql, type Tx } from '#kernel/db';

/** Takes a unit's files and pages out of the catalogue, and notes whose caches are to be cleared. */
export async function clearContent(tx: Tx, disposalId: string, unitId: string): Promise<void> {
  await sql`insert into preservation.disposal_cache (disposal_id, unit_id, sha256, sha512)
    select distinct on (sha512) ${disposalId}::uuid, unit_id, sha256, sha512 from preservation.content where unit_id = ${unitId}
    on conflict do nothing`.execute(tx);
  await sql`delete from preservation.text_due where unit_id = ${unitId}`.execute(tx);
  await sql`delete from preservation.page where unit_id = ${unitId}`.execute(tx);
  await sql`delete from preservation.content where unit_id = ${unitId}`.execute(tx);
}

export interface CachedFile {
  unitId: string;
  sha256: string;
  sha512: string;
}

export async function cachedFiles(on: Sql, disposalId: string, limit: number): Promise<CachedFile[]> {
  const r = await sql<CachedFile>`select unit_id as "unitId", sha256, sha512 from preservation.disposal_cache
    where disposal_id = ${disposalId} order by unit_id, sha512 limit ${limit}`.execute(on);
  return r.rows;
}

export async function forgetCached(on: Sql, disposalId: string, files: readonly CachedFile[]): Promise<void> {
  await sql`delete from preservation.disposal_cache c
    using unnest(${files.map((f) => f.unitId)}::uuid[], ${files.map((f) => f.sha512)}::text[]) as n (unit_id, sha512)
    where c.disposal_id = ${disposalId} and c.unit_id = n.unit_id and c.sha512 = n.sha512`.execute(on);
}

/** The object is in the root no more. */
export async function dropObjectRow(tx: Sql, objectId: string): Promise<void> {
  await sql`delete from preservation.object where object_id = ${objectId}`.execute(tx);
}

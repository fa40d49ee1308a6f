import { type Sql, sql, type Tx } from '#kernel/db';

/** What waits of a system's uploads. */
export async function waitingUploads(on: Sql, systemId: string): Promise<{ uploads: number; bytes: number }> {
  const r = await sql<{
    uploads: number;
    bytes: number;
  }>`select count(*)::int as uploads, coalesce(sum(bytes), 0)::float8 as bytes
    from intake.upload where system_id = ${systemId}`.execute(on);
  return r.rows[0]!;
}

export async function insertUpload(
  tx: Tx,
  u: { id: string; systemId: string; bytes: number; at: Date },
): Promise<void> {
  await sql`insert into intake.upload (id, system_id, bytes, at) values (${u.id}, ${u.systemId}, ${u.bytes}, ${u.at})
    on conflict do nothing`.execute(tx);
}

/** They were used, or taken back. */
export async function releaseUploads(on: Sql, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await sql`delete from intake.upload where id = any(${ids}::text[])`.execute(on);
}

/** Uploads that nothing has used since a moment. */
export async function uploadsBefore(on: Sql, before: Date, limit: number): Promise<string[]> {
  const r = await sql<{
    id: string;
  }>`select id from intake.upload where at < ${before} order by at limit ${limit}`.execute(on);
  return r.rows.map((u) => u.id);
}

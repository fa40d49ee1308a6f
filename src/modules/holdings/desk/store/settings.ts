import { type Sql, sql, type Tx } from '#kernel/db';

/** What kinds of suggestions an archive does without. */
export async function kindsOff(tx: Sql, archiveId: string): Promise<string[]> {
  const r = await sql<{
    off: string[];
  }>`select off from holdings.desk_setting where archive_id = ${archiveId}`.execute(tx);
  return r.rows[0]?.off ?? [];
}

export async function setKindsOff(
  tx: Tx,
  o: { archiveId: string; off: readonly string[]; at: Date; byName: string },
): Promise<void> {
  await sql`insert into holdings.desk_setting (archive_id, off, updated_at, updated_by_name)
    values (${o.archiveId}, ${[...o.off]}::text[], ${o.at}, ${o.byName})
    on conflict (archive_id) do update set off = excluded.off, updated_at = excluded.updated_at,
      updated_by_name = excluded.updated_by_name`.execute(tx);
}

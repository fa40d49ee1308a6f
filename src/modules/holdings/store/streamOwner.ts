import { type Sql, sql } from '#kernel/db';

/** Which archive or fonds an id is, in words for people: what the segments of its chain say of themselves. */
export async function streamOwner(
  on: Sql,
  kind: 'archive' | 'fonds',
  id: string,
): Promise<{ archiveId: string; of: Record<string, string | null> } | undefined> {
  const r =
    kind === 'archive'
      ? await sql<{ archiveId: string; code: string; name: string }>`select id as "archiveId", code, name
          from holdings.archive where id = ${id}`.execute(on)
      : await sql<{ archiveId: string; code: string; name: string; fondsNumber: string; fondsName: string }>`
          select a.id as "archiveId", a.code, a.name, f.number as "fondsNumber", f.name as "fondsName"
          from holdings.fonds f join holdings.archive a on a.id = f.archive_id where f.id = ${id}`.execute(
          on,
        );
  const [found] = r.rows;
  if (!found) return undefined;
  const { archiveId, code, name, ...fonds } = found;
  return { archiveId, of: { archive: code, archiveName: name, ...fonds } };
}

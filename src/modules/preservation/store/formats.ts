import { type Sql, sql, type Tx } from '#kernel/db';
import type { Content } from './content.ts';

/** Place in the order of files: by unit, then by their order in it. */
export interface FilePlace {
  unitId: string;
  ordinal: number;
}

export type UnlookedFile = FilePlace & Pick<Content, 'objectId' | 'logicalPath' | 'originalName'>;

/** Files whose format nobody has looked at, behind a place. */
export async function unlookedFiles(
  on: Sql,
  after: FilePlace | null,
  limit: number,
): Promise<UnlookedFile[]> {
  const behind = after ? sql`and (unit_id, ordinal) > (${after.unitId}::uuid, ${after.ordinal}::int)` : sql``;
  const r = await sql<UnlookedFile>`select unit_id as "unitId", ordinal, object_id as "objectId",
      logical_path as "logicalPath", original_name as "originalName"
    from preservation.content where puid is null ${behind} order by unit_id, ordinal limit ${limit}`.execute(
    on,
  );
  return r.rows;
}

/** How many files nobody has looked at, as the figures have it. */
export async function countUnlooked(on: Sql): Promise<number> {
  const r = await sql<{
    n: number;
  }>`select coalesce(sum(files), 0)::float8 as n from preservation.format_tally
    where puid = ''`.execute(on);
  return r.rows[0]!.n;
}

/** Writes formats down where none are. */
export async function setFormats(
  tx: Tx,
  found: readonly (FilePlace & { puid: string; formatName: string })[],
): Promise<void> {
  if (found.length === 0) return;
  await sql`update preservation.content c set puid = f.puid, format_name = f.name
    from unnest(${found.map((f) => f.unitId)}::uuid[], ${found.map((f) => f.ordinal)}::int[],
      ${found.map((f) => f.puid)}::text[], ${found.map((f) => f.formatName)}::text[]) as f (unit_id, ordinal, puid, name)
    where c.unit_id = f.unit_id and c.ordinal = f.ordinal and c.puid is null`.execute(tx);
}

export interface FormatFigures {
  archiveId: string;
  /** '' where nobody has looked. */
  puid: string;
  name: string | null;
  files: number;
  bytes: number;
}

/** Files and bytes of each format of each archive the transaction may see, or of one. */
export async function formatFigures(tx: Sql, archiveId?: string): Promise<FormatFigures[]> {
  const one = archiveId === undefined ? sql`` : sql`where archive_id = ${archiveId}::uuid`;
  const r = await sql<FormatFigures>`select archive_id as "archiveId", puid, max(name) as name,
      sum(files)::float8 as files, sum(bytes)::float8 as bytes
    from preservation.format_tally ${one} group by archive_id, puid having sum(files) > 0
    order by archive_id, files desc, puid`.execute(tx);
  return r.rows;
}

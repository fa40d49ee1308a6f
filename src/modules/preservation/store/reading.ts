import { type Sql, sql } from '#kernel/db';
import type { PreservationEvent } from './events.ts';

/** Events of an object, the newest first, before a place in that order. */
export async function eventsBefore(
  tx: Sql,
  objectId: string,
  page: { before?: { at: string; id: string }; limit: number },
): Promise<PreservationEvent[]> {
  const before = page.before
    ? sql`and (at, id) < (${page.before.at}::timestamptz, ${page.before.id}::uuid)`
    : sql``;
  const r = await sql<PreservationEvent>`select id, object_id as "objectId", archive_id as "archiveId",
      store_id as "storeId", type, at, outcome, detail, actor_id as "actorId", actor_name as "actorName"
    from preservation.event where object_id = ${objectId} ${before} order by at desc, id desc limit ${page.limit}`.execute(
    tx,
  );
  return r.rows;
}

/** Names files came under, by their logical path. */
export async function namesOf(
  tx: Sql,
  unitId: string,
  logicalPaths: readonly string[],
): Promise<Map<string, string>> {
  if (logicalPaths.length === 0) return new Map();
  const r = await sql<{ path: string; name: string }>`select logical_path as path, original_name as name
    from preservation.content where unit_id = ${unitId} and logical_path = any(${logicalPaths}::text[])`.execute(
    tx,
  );
  return new Map(r.rows.map(({ path, name }) => [path, name]));
}

/** Files held for a unit, in order, behind a place in it; with all an archivist needs to compare them. */
export async function filesAfter(
  tx: Sql,
  unitId: string,
  page: { after: number; limit: number },
): Promise<HeldFileRow[]> {
  const r =
    await sql<HeldFileRow>`select ordinal, logical_path as "logicalPath", original_name as "originalName",
      media_type as "mediaType", bytes::float8 as bytes, sha256, sha512, held_at as "heldAt"
    from preservation.content where unit_id = ${unitId} and ordinal > ${page.after} order by ordinal limit ${page.limit}`.execute(
      tx,
    );
  return r.rows;
}

export interface HeldFileRow {
  ordinal: number;
  logicalPath: string;
  originalName: string;
  mediaType: string;
  bytes: number;
  sha256: string;
  sha512: string;
  heldAt: Date;
}

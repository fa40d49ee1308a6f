import { type Sql, sql, type Tx } from '#kernel/db';
import type { Door, MarkKind } from '../domain/marks.ts';

/** Something that was turned away, without a word of what it says. */
export interface Blocked {
  id: string;
  archiveId: string;
  agencyId: string | null;
  door: Door;
  source: string;
  kinds: MarkKind[];
  places: number;
  files: number;
  times: number;
  sentByName: string;
  at: Date;
  lastAt: Date;
  removedAt: Date | null;
  removedByName: string | null;
  reason: string | null;
}

const COLUMNS = sql`id, archive_id as "archiveId", agency_id as "agencyId", door, source, kinds, places, files, times,
  sent_by_name as "sentByName", at, last_at as "lastAt", removed_at as "removedAt", removed_by_name as "removedByName", reason`;

export type NewBlocked = Pick<
  Blocked,
  'id' | 'archiveId' | 'agencyId' | 'door' | 'source' | 'kinds' | 'places' | 'files' | 'sentByName' | 'at'
> & { same: string; sentBy: string | null };

/** @returns where it is noted, which is elsewhere if the same was turned away before */
export async function insertBlocked(tx: Tx, b: NewBlocked): Promise<string> {
  const r = await sql<{
    id: string;
  }>`insert into classified.blocked (id, archive_id, agency_id, door, source, kinds, places, files, same, sent_by, sent_by_name, at, last_at)
    values (${b.id}, ${b.archiveId}, ${b.agencyId}::uuid, ${b.door}, ${b.source}, ${b.kinds}::text[], ${b.places}, ${b.files},
      ${b.same}, ${b.sentBy}::uuid, ${b.sentByName}, ${b.at}, ${b.at})
    on conflict (archive_id, same) where removed_at is null
      do update set times = classified.blocked.times + 1, last_at = excluded.last_at
    returning id`.execute(tx);
  return r.rows[0]!.id;
}

export async function blockedById(on: Sql, id: string): Promise<Blocked | undefined> {
  return (await sql<Blocked>`select ${COLUMNS} from classified.blocked where id = ${id}`.execute(on)).rows[0];
}

/** Of these archives, the newest first. */
export async function blockedPage(
  on: Sql,
  o: { archives: readonly string[]; waiting: boolean; before: string | undefined; limit: number },
): Promise<Blocked[]> {
  const r = await sql<Blocked>`select ${COLUMNS} from classified.blocked
    where archive_id = any(${o.archives}::uuid[]) and (not ${o.waiting} or removed_at is null)
      and (${o.before ?? null}::uuid is null or id < ${o.before ?? null}::uuid)
    order by id desc limit ${o.limit}`.execute(on);
  return r.rows;
}

/** False where it was removed already. */
export async function setRemoved(
  tx: Tx,
  id: string,
  o: { at: Date; by: string | null; byName: string; reason: string },
): Promise<boolean> {
  const r =
    await sql`update classified.blocked set removed_at = ${o.at}, removed_by = ${o.by}::uuid, removed_by_name = ${o.byName},
      reason = ${o.reason} where id = ${id} and removed_at is null`.execute(tx);
  return Number(r.numAffectedRows ?? 0) === 1;
}

/** Of some ids those that are noted: true where they wait, false where they were removed. */
export async function notedAmong(on: Sql, ids: readonly string[]): Promise<Map<string, boolean>> {
  const r = await sql<{
    id: string;
    waits: boolean;
  }>`select id, removed_at is null as waits from classified.blocked where id = any(${ids}::uuid[])`.execute(
    on,
  );
  return new Map(r.rows.map((row) => [row.id, row.waits]));
}

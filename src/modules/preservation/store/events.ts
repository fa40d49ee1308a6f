import { type Sql, sql } from '#kernel/db';

export type EventOutcome = 'success' | 'warning' | 'failure';

/** Something that happened to an object or to one copy of it; an event in the sense of PREMIS 3. */
export interface PreservationEvent {
  id: string;
  objectId: string;
  archiveId: string | null;
  /** The store whose copy it happened to; null: the object itself. */
  storeId: string | null;
  /** A term of PREMIS' vocabulary eventType: `ingestion`, `fixity check`, `replication`, `repair` … */
  type: string;
  at: Date;
  outcome: EventOutcome;
  detail: Record<string, unknown> | null;
  actorId: string | null;
  actorName: string;
}

export async function insertEvents(tx: Sql, events: readonly PreservationEvent[]): Promise<void> {
  if (events.length === 0) return;
  const column = <K extends keyof PreservationEvent>(key: K) => events.map((e) => e[key]);
  await sql`insert into preservation.event (id, object_id, archive_id, store_id, type, at, outcome, detail, actor_id, actor_name)
    select * from unnest(${column('id')}::uuid[], ${column('objectId')}::text[], ${column('archiveId')}::uuid[],
      ${column('storeId')}::uuid[], ${column('type')}::text[], ${column('at')}::timestamptz[], ${column('outcome')}::text[],
      ${events.map((e) => (e.detail === null ? null : JSON.stringify(e.detail)))}::jsonb[], ${column('actorId')}::uuid[],
      ${column('actorName')}::text[])
    on conflict (id) do nothing`.execute(tx);
}

/** Events of an object, the oldest first, behind a place in that order. */
export async function eventsOf(
  tx: Sql,
  objectId: string,
  page: { after?: { at: Date; id: string }; limit: number },
): Promise<PreservationEvent[]> {
  const after = page.after
    ? sql`and (at, id) > (${page.after.at}::timestamptz, ${page.after.id}::uuid)`
    : sql``;
  const r = await sql<PreservationEvent>`select id, object_id as "objectId", archive_id as "archiveId",
      store_id as "storeId", type, at, outcome, detail, actor_id as "actorId", actor_name as "actorName"
    from preservation.event where object_id = ${objectId} ${after} order by at, id limit ${page.limit}`.execute(
    tx,
  );
  return r.rows;
}

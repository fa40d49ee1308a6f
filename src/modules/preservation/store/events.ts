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

/**
 * Whether an event is written down. Events are kept in segments, which are objects and are copied and verified like any:
 * were a good copy of a segment an event, each would call for the next segment and nothing would ever come to rest. Their
 * copies' rows say as much.
 */
export function isTold(e: Pick<PreservationEvent, 'objectId' | 'type' | 'outcome'>): boolean {
  const routine = e.outcome === 'success' && (e.type === 'replication' || e.type === 'fixity check');
  return !(routine && e.objectId.startsWith('urn:lantai:segment:'));
}

export async function insertEvents(tx: Sql, all: readonly PreservationEvent[]): Promise<void> {
  const events = all.filter(isTold);
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

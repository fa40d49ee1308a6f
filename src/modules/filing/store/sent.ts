import { type Sql, sql, type Tx } from '#kernel/db';
import type { RecordState } from '../domain/record.ts';

/** Where an item that a system sent stands. */
export interface SentStanding {
  id: string;
  senderKey: string;
  state: RecordState;
  /** In a filing of its year that was prepared and waits to be confirmed. */
  prepared: boolean;
  referenceCode: string | null;
  /** Of the item people put it into; null: it is one itself. */
  itemId: string | null;
  title: string;
  /** The batch it is, or went over, in. */
  handoverId: string | null;
}

const COLUMNS = sql`r.id, r.sender_key as "senderKey", r.state, (r.filing_id is not null and r.state = 'registered') as prepared,
  r.reference_code as "referenceCode", r.item_id as "itemId", r.title,
  r.handover_id as "handoverId"`;

export async function standingOf(on: Sql, ids: readonly string[]): Promise<SentStanding[]> {
  const r =
    await sql<SentStanding>`select ${COLUMNS} from filing.record r where r.id = any(${ids}::uuid[])`.execute(
      on,
    );
  return r.rows;
}

/** The documents of an item that a sender named: their ids by his. */
export async function documentsOfSender(
  tx: Tx,
  o: { agencyId: string; source: string; itemKey: string },
): Promise<Map<string, string>> {
  const r = await sql<{ id: string; key: string }>`select id, sender_key as key from filing.record
    where agency_id = ${o.agencyId} and source = ${o.source}
      and sender_key >= ${`${o.itemKey}\n`} and sender_key < ${`${o.itemKey}\u000b`}`.execute(tx);
  return new Map(r.rows.map((d) => [d.key.slice(o.itemKey.length + 1), d.id]));
}

/** Takes those files from a record that have one of these names with that content. */
export async function removeFilesLike(
  tx: Tx,
  recordId: string,
  files: readonly { name: string; sha512: string }[],
): Promise<void> {
  await sql`delete from filing.file f using jsonb_to_recordset(${JSON.stringify(files)}::jsonb) as g (name text, sha512 text)
    where f.record_id = ${recordId} and f.name = g.name and f.sha512 = g.sha512`.execute(tx);
}

/**
 * The items of a system in the order they changed, after one that was read before. What transactions still under way have changed
 * comes once they all have ended; numbers that this database has not given out yet are from before it was restored.
 */
export async function sentSince(
  on: Sql,
  o: { agencyId: string; source: string; after: { changed: string; id: string } | undefined; limit: number },
): Promise<(SentStanding & { changed: string })[]> {
  const { changed = null, id = null } = o.after ?? {};
  const r = await sql<SentStanding & { changed: string }>`select ${COLUMNS}, r.changed::text as changed
    from filing.record r
    where r.agency_id = ${o.agencyId} and r.source = ${o.source} and r.sender_key is not null
      and strpos(r.sender_key, E'\\n') = 0
      and (r.changed < pg_snapshot_xmin(pg_current_snapshot()) or r.changed >= pg_snapshot_xmax(pg_current_snapshot()))
      and (${changed}::xid8 is null or (r.changed, r.id) > (${changed}::xid8, ${id}::uuid))
    order by r.changed, r.id limit ${o.limit}`.execute(on);
  return r.rows;
}

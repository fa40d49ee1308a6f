import { sql, type Tx } from '../db.ts';

/** An entry as a history shows it. */
export interface HistoryEntry {
  id: string;
  at: Date;
  actor: string;
  act: string;
  detail: Record<string, unknown>;
}

/** What was done to one thing, newest first; what the transaction's scope may see of it. */
export async function historyOf(
  tx: Tx,
  target: { type: string; id: string },
  o: { before?: string; limit: number },
): Promise<HistoryEntry[]> {
  const r = await sql<HistoryEntry>`select id, at, actor_name as actor, act, detail from audit.entry
    where target_type = ${target.type} and target_id = ${target.id}
      and (${o.before ?? null}::uuid is null or id < ${o.before ?? null}::uuid)
    order by id desc limit ${o.limit}`.execute(tx);
  return r.rows;
}

/** What was done to some things of one type, each oldest first; a thing that nothing was done to has no entry. */
export async function historiesOf(
  tx: Tx,
  type: string,
  ids: readonly string[],
): Promise<Map<string, HistoryEntry[]>> {
  const r = await sql<
    HistoryEntry & { of: string }
  >`select id, at, actor_name as actor, act, detail, target_id as of
    from audit.entry where target_type = ${type} and target_id = any(${ids}::text[]) order by id`.execute(tx);
  return Map.groupBy(r.rows, (e) => e.of);
}

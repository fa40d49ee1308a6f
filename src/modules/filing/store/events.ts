import { type Sql, sql, type Tx } from '#kernel/db';

/** What happened to a record where it was made. */
export interface RecordEvent {
  action: string;
  /** As the system wrote it. */
  at: string;
  agent: string | null;
  basis: string | null;
  note: string | null;
}

/** The events of a record, in place of those it had. */
export async function writeEvents(tx: Tx, recordId: string, events: readonly RecordEvent[]): Promise<void> {
  await sql`delete from filing.event where record_id = ${recordId}`.execute(tx);
  await addEvents(tx, [{ recordId, events }]);
}

/** The events of records that have none yet. */
export async function addEvents(
  tx: Tx,
  of: readonly { recordId: string; events: readonly RecordEvent[] }[],
): Promise<void> {
  const rows = of.flatMap(({ recordId, events }) => events.map((e, seq) => ({ ...e, recordId, seq })));
  if (rows.length === 0) return;
  await sql`insert into filing.event (record_id, seq, action, at, agent, basis, note)
    select e."recordId", e.seq, e.action, e.at, e.agent, e.basis, e.note
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as e ("recordId" uuid, seq int, action text, at text, agent text, basis text, note text)`.execute(tx);
}

/** Those of some records, by record, in the order they were told in. */
export async function eventsOfRecords(
  on: Sql,
  recordIds: readonly string[],
): Promise<Map<string, RecordEvent[]>> {
  const r = await sql<
    RecordEvent & { recordId: string }
  >`select record_id as "recordId", action, at, agent, basis, note
    from filing.event where record_id = any(${recordIds}::uuid[]) order by record_id, seq`.execute(on);
  const found = new Map<string, RecordEvent[]>();
  for (const { recordId, ...event } of r.rows) found.set(recordId, [...(found.get(recordId) ?? []), event]);
  return found;
}

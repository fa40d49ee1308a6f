import { type Sql, sql, type Tx } from '#kernel/db';
import type { Finding, Severity } from '#kernel/errors';

export type Side = 'agency' | 'archive';

export interface KeptFinding extends Finding {
  seq: number;
}

const AT_ONCE = 500;

/** What a side's judgement found in a round, in place of what an earlier try had written. */
export async function keepFindings(
  tx: Tx,
  of: { id: string; archiveId: string; agencyId: string; round: number },
  side: Side,
  findings: readonly Finding[],
): Promise<void> {
  await sql`delete from transfer.finding where batch_id = ${of.id} and round = ${of.round} and side = ${side}`.execute(
    tx,
  );
  for (let i = 0; i < findings.length; i += AT_ONCE) {
    const rows = findings.slice(i, i + AT_ONCE).map((f, n) => ({ ...f, seq: i + n }));
    await sql`insert into transfer.finding (batch_id, archive_id, agency_id, round, side, seq, code, severity, path, message)
      select ${of.id}, ${of.archiveId}, ${of.agencyId}, ${of.round}, ${side}, f.seq, f.code, f.severity, f.path, f.message
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as f (seq int, code text, severity text, path text, message text)`.execute(
      tx,
    );
  }
}

/** In the order they were found; errors can be asked for alone. */
export async function findingPage(
  tx: Sql,
  o: {
    batchId: string;
    round: number;
    side: Side;
    severity?: Severity | undefined;
    after: number;
    limit: number;
  },
): Promise<KeptFinding[]> {
  const r = await sql<KeptFinding>`select seq, code, severity, path, message from transfer.finding
    where batch_id = ${o.batchId} and round = ${o.round} and side = ${o.side} and seq > ${o.after}
      and (${o.severity ?? null}::text is null or severity = ${o.severity ?? null})
    order by seq limit ${o.limit}`.execute(tx);
  return r.rows;
}

import { type Sql, sql, type Tx } from '#kernel/db';
import { copyInto } from '#kernel/db/copy';
import { CopyBuffer } from '#kernel/db/copy-buffer';
import type { FindingCode, NotedRow } from '../types.ts';

/** Keeps rows with something to say. */
export async function copyFindings(
  tx: Tx,
  o: { archiveId: string; importId: string },
  rows: readonly NotedRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const copy = new CopyBuffer();
  for (const r of rows) {
    const codes = `{${[...new Set(r.findings.map((f) => `"${f.code}"`))].join(',')}}`;
    copy
      .put(o.importId)
      .put(o.archiveId)
      .put(r.sheet)
      .put(r.row)
      .put(r.rejected ? 't' : 'f')
      .put(codes);
    copy
      .put(JSON.stringify(r.findings))
      .put(r.cells === null ? null : JSON.stringify(r.cells))
      .end();
  }
  await copyInto(
    tx,
    'holdings.import_finding (import_id, archive_id, sheet, row_no, rejected, codes, findings, cells)',
    [copy.bytes()],
  );
}

export async function dropFindings(tx: Tx, importId: string): Promise<void> {
  await sql`delete from holdings.import_finding where import_id = ${importId}`.execute(tx);
}

/** A page of rows with findings, in the order of the file. */
export async function findingsPage(
  tx: Sql,
  o: {
    importId: string;
    code?: FindingCode | string;
    rejected?: boolean;
    after?: { sheet: number; row: number };
    limit: number;
  },
): Promise<NotedRow[]> {
  const after = o.after ? sql`and (sheet, row_no) > (${o.after.sheet}, ${o.after.row})` : sql``;
  const code = o.code ? sql`and ${o.code} = any(codes)` : sql``;
  const rejected = o.rejected ? sql`and rejected` : sql``;
  const r =
    await sql<NotedRow>`select sheet, row_no as row, rejected, findings, cells from holdings.import_finding
    where import_id = ${o.importId} ${code} ${rejected} ${after} order by sheet, row_no limit ${o.limit}`.execute(
      tx,
    );
  return r.rows;
}

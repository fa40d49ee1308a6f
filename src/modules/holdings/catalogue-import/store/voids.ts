import { sql, type Tx } from '#kernel/db';

/**
 * Which of these codes were given and withdrawn (空号), with the reasons. Most archives have none: one question says
 * so, and the codes are not sent.
 */
export async function voidReasons(
  tx: Tx,
  archiveId: string,
  codes: readonly string[],
): Promise<Map<string, string>> {
  if (codes.length === 0) return new Map();
  const voids = await sql<{ some: boolean }>`select exists (
    select 1 from holdings.code_void where archive_id = ${archiveId}) as some`.execute(tx);
  if (!voids.rows[0]!.some) return new Map();
  const r = await sql<{ code: string; reason: string }>`select code, reason from holdings.code_void
    where archive_id = ${archiveId} and code = any(${codes}::text[])`.execute(tx);
  return new Map(r.rows.map((v) => [v.code, v.reason]));
}

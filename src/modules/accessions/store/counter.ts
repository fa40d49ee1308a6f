import { sql, type Tx } from '#kernel/db';
import type { Series } from '../domain/numbers.ts';

/**
 * The next running number of an archive and year. The row is locked until the transaction ends, so that two never draw the same and
 * a number whose transaction is given up is drawn again: no gap.
 */
export async function nextNo(
  tx: Tx,
  series: Series,
  of: { archiveId: string; year: number },
): Promise<number> {
  const r = await sql<{ last: number }>`insert into accessions.counter (archive_id, series, year, last)
    values (${of.archiveId}, ${series}, ${of.year}, 1)
    on conflict (archive_id, series, year) do update set last = accessions.counter.last + 1 returning last`.execute(
    tx,
  );
  const last = r.rows[0]?.last;
  if (last === undefined) throw new Error('the counter did not count');
  return last;
}

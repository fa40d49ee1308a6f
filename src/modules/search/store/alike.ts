import { sql, type Tx } from '#kernel/db';

/** Units whose entries fit queries, at most so many for each, by the number of the query. */
export async function unitsByQueries(
  tx: Tx,
  asked: readonly { n: number; query: string }[],
  most: number,
): Promise<{ n: number; unitId: string }[]> {
  const r = await sql<{ n: number; unitId: string }>`select a.n, e.unit_id as "unitId"
    from unnest(${asked.map((a) => a.n)}::int[], ${asked.map((a) => a.query)}::text[]) as a (n, query)
    cross join lateral (select unit_id from search.entry where terms @@ a.query::tsquery and segment = 0
      limit ${most}) e`.execute(tx);
  return r.rows;
}

import { sql, type Tx } from '#kernel/db';

/** Notes what entries lack, where it was noted otherwise: nothing was done to the entries. */
export async function updateGaps(
  tx: Tx,
  list: readonly { id: string; own: number; top: number }[],
): Promise<void> {
  await sql`update holdings.unit u set gaps_own = n.own, gaps_top = n.top
    from unnest(${list.map((g) => g.id)}::uuid[], ${list.map((g) => g.own)}::smallint[], ${list.map((g) => g.top)}::smallint[])
      as n (id, own, top)
    where u.id = n.id and (u.gaps_own, u.gaps_top) is distinct from (n.own, n.top)`.execute(tx);
}

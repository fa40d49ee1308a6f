import { sql, type Tx } from '#kernel/db';

/**
 * Moves items and the documents in them from one state to another.
 *
 * @returns how many items were in the state they are moved from
 */
export async function transitionRecords(
  tx: Tx,
  ids: readonly string[],
  move: { from: 'filed'; to: 'handedOver' } | { from: 'handedOver'; to: 'filed' },
): Promise<number> {
  const items = await sql`update filing.record set state = ${move.to}, version = version + 1
    where id = any(${ids}::uuid[]) and state = ${move.from} and item_id is null`.execute(tx);
  await sql`update filing.record set state = ${move.to}, version = version + 1
    where item_id = any(${ids}::uuid[]) and state = ${move.from}`.execute(tx);
  return Number(items.numAffectedRows ?? 0);
}

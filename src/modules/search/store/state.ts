import { type Sql, sql } from '#kernel/db';

export interface IndexState {
  version: number;
  /** The last unit of a renewal under way. */
  renewedTo: string | null;
}

/** By which rule the index was made; locked until the transaction ends, so that one renewal runs at a time. */
export async function lockedState(tx: Sql): Promise<IndexState> {
  const r =
    await sql<IndexState>`select version, renewed_to as "renewedTo" from search.state for update`.execute(tx);
  return r.rows[0]!;
}

export async function saveState(tx: Sql, { version, renewedTo }: IndexState): Promise<void> {
  await sql`update search.state set version = ${version}, renewed_to = ${renewedTo}`.execute(tx);
}

export async function versionOf(on: Sql): Promise<{ version: number; empty: boolean }> {
  const r = await sql<{ version: number; empty: boolean }>`
    select version, not exists (select from search.entry) as empty from search.state`.execute(on);
  return r.rows[0]!;
}

/** Removes what the index has between two units (the first left out, the last included) but of none of those named. */
export async function removeStrangers(
  tx: Sql,
  after: string | null,
  upTo: string | null,
  unitIds: readonly string[],
): Promise<void> {
  await sql`delete from search.entry where (${after}::uuid is null or unit_id > ${after}::uuid)
    and (${upTo}::uuid is null or unit_id <= ${upTo}::uuid) and not (unit_id = any(${unitIds}::uuid[]))`.execute(
    tx,
  );
}

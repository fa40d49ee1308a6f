import { sql, type Tx } from '#kernel/db';

/** Notes entries that are not in the index yet. */
export async function notePending(tx: Tx, unitIds: readonly string[]): Promise<void> {
  await sql`select search.note_pending(${[...unitIds]}::uuid[])`.execute(tx);
}

/** Some of them, longest first, locked; those another process has are left to it. */
export async function pendingUnits(tx: Tx, limit: number): Promise<string[]> {
  const r = await sql<{ id: string }>`select unit_id as id from search.pending order by since, unit_id
    limit ${limit} for update skip locked`.execute(tx);
  return r.rows.map((row) => row.id);
}

export async function forgetPending(tx: Tx, unitIds: readonly string[]): Promise<void> {
  await sql`delete from search.pending where unit_id = any(${[...unitIds]}::uuid[])`.execute(tx);
}

/** Tries work that may fail without ending the transaction. @returns why it failed, or undefined */
export async function tried(tx: Tx, work: () => Promise<void>): Promise<{ why: unknown } | undefined> {
  await sql`savepoint indexing`.execute(tx);
  try {
    await work();
    return undefined;
  } catch (why) {
    await sql`rollback to savepoint indexing`.execute(tx);
    return { why };
  } finally {
    await sql`release savepoint indexing`.execute(tx);
  }
}

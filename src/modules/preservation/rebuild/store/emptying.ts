import { sql, type Tx } from '#kernel/db';
import type { KeptTable } from '#kernel/db/kept';

/**
 * Empties the tables that come back whole, and what refers to them. PostgreSQL refuses where a table that is not named here
 * refers to one of them.
 */
export async function emptyTables(
  tx: Tx,
  o: { tables: readonly KeptTable[]; alsoEmptied: readonly string[] },
): Promise<void> {
  const names = [...o.tables.filter((t) => t.way === 'anew').map((t) => t.table), ...o.alsoEmptied];
  await sql.raw(`truncate ${names.join(', ')}`).execute(tx);
  await sql`truncate preservation.unsaved`.execute(tx);
}

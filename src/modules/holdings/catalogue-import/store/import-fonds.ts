import { sql, type Tx } from '#kernel/db';
import type { FondsSaid } from '../rows/put-over-fonds.ts';

/** What an import made of a fonds: the words that became others. */
export interface FondsChange {
  fondsId: string;
  before: Partial<FondsSaid>;
  after: Partial<FondsSaid>;
}

export async function noteFondsChange(
  tx: Tx,
  o: { importId: string; archiveId: string },
  c: FondsChange,
): Promise<void> {
  await sql`insert into holdings.import_fonds (import_id, archive_id, fonds_id, before, after) values (${o.importId}, ${o.archiveId},
    ${c.fondsId}, ${JSON.stringify(c.before)}::jsonb, ${JSON.stringify(c.after)}::jsonb)`.execute(tx);
}

/** What an import made of fonds, the last first. */
export async function fondsChangesOf(tx: Tx, importId: string): Promise<FondsChange[]> {
  const r = await sql<FondsChange>`select fonds_id as "fondsId", before, after from holdings.import_fonds
    where import_id = ${importId} order by id desc`.execute(tx);
  return r.rows;
}

import { type RawBuilder, type Sql, sql } from '#kernel/db';
import type { Handover } from '../deps.ts';

/** A handover that has no line of the register yet. Two that ask at once wait for each other. */
export async function handoverById(
  on: Sql,
  handovers: RawBuilder<unknown>,
  id: string,
): Promise<Handover | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`accession:${id}`}, 0))`.execute(on);
  const r = await sql<Handover>`select b.* from (${handovers}) as b where b.id = ${id}
    and not exists (select from accessions.accession a where a.transfer_id = b.id)`.execute(on);
  return r.rows[0];
}

import type { ReferenceTemplate } from '#formats/reference-codes';
import { sql, type Tx } from '#kernel/db';
import type { Fonds } from './fonds.ts';

/** The archive's own template for a fonds and category, the most particular one in force. */
export async function templateFor(
  tx: Tx,
  fonds: Fonds,
  category: string | null,
): Promise<ReferenceTemplate | undefined> {
  const r = await sql<{ id: string; name: string; slots: ReferenceTemplate['slots'] }>`
    select id, name, slots from holdings.code_template
    where archive_id = ${fonds.archiveId} and (fonds_id is null or fonds_id = ${fonds.id})
      and (category is null or category = ${category}) and valid_from <= current_date
    order by fonds_id nulls last, category nulls last, valid_from desc limit 1`.execute(tx);
  const row = r.rows[0];
  return row && { key: row.id, label: row.name, basis: 'archive', slots: row.slots };
}

/** The next number of a scope. Locks the counter until the transaction ends. */
export async function nextNumber(tx: Tx, archiveId: string, scope: string): Promise<number> {
  const r = await sql<{
    last: number;
  }>`insert into holdings.code_counter (archive_id, scope, last) values (${archiveId}, ${scope}, 1)
    on conflict (archive_id, scope) do update set last = holdings.code_counter.last + 1 returning last`.execute(
    tx,
  );
  return r.rows[0]!.last;
}

export async function unitCodeTaken(tx: Tx, archiveId: string, code: string): Promise<boolean> {
  const r = await sql<{ taken: boolean }>`select exists (
      select 1 from holdings.unit where archive_id = ${archiveId} and reference_code = ${code}
      union all select 1 from holdings.code_void where archive_id = ${archiveId} and code = ${code}
      union all select 1 from holdings.code_alias where archive_id = ${archiveId} and code = ${code}) as taken`.execute(
    tx,
  );
  return r.rows[0]!.taken;
}

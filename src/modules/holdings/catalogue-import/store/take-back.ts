import { sql, type Tx } from '#kernel/db';
import { idsOfImport } from '../rows/row-ids.ts';

export interface RemovedUnit {
  id: string;
  fondsId: string;
  parentId: string | null;
  importRow: number;
}

export interface RemovalOrder {
  importId: string;
  /** The changeset that put back what the import changed: no change of anybody's. */
  undoneBy: string | null;
  /** Entries at and behind this one were looked at in this pass. */
  before: string | null;
  limit: number;
}

/**
 * Removes up to `limit` entries of an import that nothing was attached to since: not corrected, without held pages, not
 * in an access decision, with nothing under them. Last rows first, so that what stands below goes before what is above.
 */
export async function removeUntouched(
  tx: Tx,
  { importId, undoneBy, before, limit }: RemovalOrder,
): Promise<{ looked: number; removed: RemovedUnit[]; last: string | null }> {
  const { first, last } = idsOfImport(importId);
  const seen = await sql<{ id: string }>`select u.id from holdings.unit u
    where u.id between ${first}::uuid and ${last}::uuid and u.id < coalesce(${before}::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
      and u.import_id = ${importId} order by u.id desc limit ${limit}`.execute(tx);
  const ids = seen.rows.map((r) => r.id);
  if (ids.length === 0) return { looked: 0, removed: [], last: null };
  const r = await sql<RemovedUnit>`delete from holdings.unit u where u.id = any(${ids}::uuid[])
      and (u.version = 1 or not exists (select 1 from holdings.unit_change x where x.unit_id = u.id
        and x.changeset_id <> ${importId} and x.changeset_id is distinct from ${undoneBy}::uuid)) and u.page_count = 0 and u.object_id is null
      and not exists (select 1 from holdings.access_change_unit a where a.unit_id = u.id)
      and not exists (select 1 from holdings.unit c where c.under_id = u.id and c.parent_id = u.id)
    returning u.id, u.fonds_id as "fondsId", u.parent_id as "parentId", u.import_row as "importRow"`.execute(
    tx,
  );
  return { looked: ids.length, removed: r.rows, last: ids.at(-1)! };
}

export async function countKept(tx: Tx, importId: string): Promise<number> {
  const { first, last } = idsOfImport(importId);
  const r = await sql<{
    n: number;
  }>`select count(*)::int as n from holdings.unit
    where id between ${first}::uuid and ${last}::uuid and import_id = ${importId}`.execute(tx);
  return r.rows[0]!.n;
}

/** Removes fonds the import made that hold nothing and that nobody corrected. Returns their numbers. */
export async function removeEmptyFonds(tx: Tx, importId: string): Promise<string[]> {
  const r = await sql<{
    number: string;
  }>`delete from holdings.fonds f where f.import_id = ${importId} and f.version = 1
      and not exists (select 1 from holdings.unit u where u.under_id = f.id)
      and not exists (select 1 from holdings.unit u where u.fonds_id = f.id and u.archive_id = f.archive_id)
      and not exists (select 1 from holdings.code_template t where t.fonds_id = f.id)
    returning f.number`.execute(tx);
  return r.rows.map((x) => x.number);
}

/** Entries an import changed say their rows no longer: the same row again is compared with them as they are. */
export async function forgetDigests(tx: Tx, importId: string): Promise<void> {
  await sql`update holdings.unit u set import_digest = null where u.import_digest is not null and u.import_id is distinct from ${importId}
    and u.id in (select x.unit_id from holdings.unit_change x where x.changeset_id = ${importId})`.execute(
    tx,
  );
}

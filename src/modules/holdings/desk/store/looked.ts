import { type Sql, sql, type Tx } from '#kernel/db';
import type { Looked } from '../rules/oddities.ts';

export interface LookedUnit extends Looked {
  id: string;
  sortKey: string;
  version: number;
  /** The stretch of the volume it lies in. */
  volumeFrom: string | null;
  volumeTo: string | null;
}

/** Entries of a fonds from a place on in the order of their codes. */
export async function unitsToLookAt(
  tx: Sql,
  fondsId: string,
  after: { sortKey: string; id: string } | null,
  most: number,
): Promise<LookedUnit[]> {
  const r =
    await sql<LookedUnit>`select u.id, u.sort_key as "sortKey", u.version, u.level, u.title, u.doc_no as "docNo",
      u.date_text as date, u.date_from as "dateFrom", u.date_to as "dateTo", u.year, u.retention, u.reference_code as "referenceCode",
      v.date_from as "volumeFrom", v.date_to as "volumeTo"
    from holdings.unit u left join holdings.unit v on v.id = u.parent_id and v.level = 'file'
    where u.fonds_id = ${fondsId}
      ${after ? sql`and (u.sort_key, u.id) > (${after.sortKey}, ${after.id}::uuid)` : sql``}
    order by u.sort_key, u.id limit ${most}`.execute(tx);
  return r.rows;
}

/** What of some entries was looked at and is right as it is. */
export async function passedOf(
  tx: Sql,
  ids: readonly string[],
): Promise<{ unitId: string; rule: string; said: string }[]> {
  if (ids.length === 0) return [];
  const r = await sql<{ unitId: string; rule: string; said: string }>`
    select unit_id as "unitId", rule, said from holdings.oddity_passed where unit_id = any (${[...ids]}::uuid[])`.execute(
    tx,
  );
  return r.rows;
}

export async function insertPassed(
  tx: Tx,
  o: { unitId: string; rule: string; said: string; archiveId: string; byName: string; at: Date },
): Promise<void> {
  await sql`insert into holdings.oddity_passed (unit_id, rule, said, archive_id, by_name, at)
    values (${o.unitId}, ${o.rule}, ${o.said}, ${o.archiveId}, ${o.byName}, ${o.at})
    on conflict (unit_id, rule) do update set said = excluded.said, by_name = excluded.by_name, at = excluded.at`.execute(
    tx,
  );
}

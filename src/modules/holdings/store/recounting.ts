import { type Sql, sql, type Tx } from '#kernel/db';

/** Counts what stands directly under entries and fonds anew, and marks long rows. @returns how many counts were others */
export async function recount(tx: Tx): Promise<number> {
  let others = 0;
  for (const table of ['unit', 'fonds']) {
    const r =
      await sql`with c as (select under_id as id, count(*)::int as n from holdings.unit group by under_id)
      update ${sql.raw(`holdings.${table}`)} t set child_count = w.n
      from (select x.id, coalesce(c.n, 0) as n from ${sql.raw(`holdings.${table}`)} x left join c on c.id = x.id) w
      where t.id = w.id and t.child_count <> w.n`.execute(tx);
    others += Number(r.numAffectedRows ?? 0);
  }
  await sql`delete from holdings.sibling_mark`.execute(tx);
  for (const table of ['unit', 'fonds'])
    await sql`select holdings.mark_siblings(id) from ${sql.raw(`holdings.${table}`)}
      where child_count > 2000`.execute(tx);
  return others;
}

/** Notes which object holds a unit's pages, or that none does, where the catalogue says otherwise: nothing was done to the unit. */
export async function noteHeld(
  tx: Sql,
  unitId: string,
  objectId: string | null,
  pageCount: number,
): Promise<void> {
  await sql`update holdings.unit set object_id = ${objectId}, page_count = ${pageCount}
    where id = ${unitId} and (object_id, page_count) is distinct from (${objectId}::text, ${pageCount}::int)`.execute(
    tx,
  );
}

/** Names of all fonds, as the index shows them. */
export async function fondsLabels(on: Sql): Promise<{ archiveId: string; number: string; name: string }[]> {
  const r = await sql<{ archiveId: string; number: string; name: string }>`
    select archive_id as "archiveId", number, name from holdings.fonds`.execute(on);
  return r.rows;
}

import { type Sql, sql } from '#kernel/db';

/** What a year holds in all, documents within items counted with them. */
export async function yearTotals(
  on: Sql,
  agencyId: string,
  year: number,
): Promise<{ items: number; files: number; bytes: number }> {
  const r = await sql<{ items: number; files: number; bytes: number }>`
    with items as (select id, files, bytes from filing.record where agency_id = ${agencyId} and year = ${year} and item_id is null)
    select (select count(*)::int from items) as items,
      (select coalesce(sum(files), 0)::int from items) + (select coalesce(sum(d.files), 0)::int from filing.record d join items i on i.id = d.item_id) as files,
      ((select coalesce(sum(bytes), 0) from items) + (select coalesce(sum(d.bytes), 0) from filing.record d join items i on i.id = d.item_id))::float8 as bytes`.execute(
    on,
  );
  return r.rows[0] ?? { items: 0, files: 0, bytes: 0 };
}

/** The numbers of each class, ascending. */
export async function numbersByScope(
  on: Sql,
  agencyId: string,
  year: number,
): Promise<{ code: string; numbers: number[] }[]> {
  const r = await sql<{ code: string; numbers: number[] }>`select
      regexp_replace(min(reference_code), '[0-9]+$', '') as code, array_agg(item_no order by item_no) as numbers
    from filing.record where agency_id = ${agencyId} and year = ${year} and item_no is not null group by scope order by 1`.execute(
    on,
  );
  return r.rows;
}

/** Which lines of the schedules something of the year was filed under. */
export async function linesFiled(on: Sql, agencyId: string, year: number): Promise<Set<string>> {
  const r = await sql<{ key: string }>`select distinct line_key as key from filing.record
    where agency_id = ${agencyId} and year = ${year} and line_key is not null`.execute(on);
  return new Set(r.rows.map((x) => x.key));
}

/** Which of these items have a file, of their own or in a document within. */
export async function withFiles(on: Sql, ids: readonly string[]): Promise<Set<string>> {
  const r = await sql<{
    id: string;
  }>`select r.id from filing.record r where r.id = any(${ids}::uuid[]) and (r.files > 0
    or exists (select 1 from filing.record d where d.item_id = r.id and d.files > 0))`.execute(on);
  return new Set(r.rows.map((x) => x.id));
}

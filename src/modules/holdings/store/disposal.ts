import { type Sql, sql } from '#kernel/db';

/** Those of some units that are one of `of` or lie below one. */
export async function unitsWithin(
  tx: Sql,
  ids: readonly string[],
  of: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0 || of.length === 0) return new Set();
  const r = await sql<{ id: string }>`with recursive up as (
      select u.id as start, u.id, u.parent_id, 0 as depth from holdings.unit u where u.id = any(${ids}::uuid[])
      union all
      select up.start, p.id, p.parent_id, up.depth + 1 from up join holdings.unit p on p.id = up.parent_id where up.depth < 50)
    select distinct start as id from up where id = any(${of}::uuid[])`.execute(tx);
  return new Set(r.rows.map((x) => x.id));
}

/** Those of some units somebody has leave to look at on this day, or asked for leave. */
export async function unitsOnLeave(tx: Sql, ids: readonly string[]): Promise<Set<string>> {
  const r = await sql<{ id: string }>`select distinct unit_id as id from holdings.access_grant
    where unit_id = any(${ids}::uuid[]) and state in ('proposed', 'approved') and revoked_at is null
      and valid_until >= lantai.today()`.execute(tx);
  return new Set(r.rows.map((x) => x.id));
}

/** Notes in a description that the content was destroyed (销毁情况); no pages are held any more. */
export async function setDestroyed(tx: Sql, unitId: string, words: string): Promise<void> {
  await sql`update holdings.unit set object_id = null, page_count = 0, version = version + 1, updated_at = now(),
      description = jsonb_set(description, '{destruction}',
        to_jsonb(left(concat_ws('；', nullif(description->>'destruction', ''), ${words}::text), 2000)))
    where id = ${unitId}`.execute(tx);
}

/** Numbers and names of fonds; the number alone while one has no name of its own. */
export async function fondsNames(
  tx: Sql,
  ids: readonly string[],
): Promise<Map<string, { referenceCode: string; title: string }>> {
  const r = await sql<{ id: string; referenceCode: string; title: string }>`
    select id, number as "referenceCode", coalesce(name, number) as title from holdings.fonds
    where id = any(${ids}::uuid[])`.execute(tx);
  return new Map(r.rows.map((x) => [x.id, x]));
}

/** Those of some units that belong to a fonds, or were formed in these years, both included. */
export async function unitsChosen(
  tx: Sql,
  ids: readonly string[],
  c: { fondsId: string | null; yearFrom: number | null; yearTo: number | null },
): Promise<Set<string>> {
  const r = await sql<{ id: string }>`select id from holdings.unit where id = any(${ids}::uuid[])
    and (${c.fondsId}::uuid is null or fonds_id = ${c.fondsId}::uuid)
    and (${c.yearFrom}::int is null or year >= ${c.yearFrom}::int)
    and (${c.yearTo}::int is null or year <= ${c.yearTo}::int)`.execute(tx);
  return new Set(r.rows.map((x) => x.id));
}

import { type RawBuilder, type Sql, sql } from '#kernel/db';
import type { DescribedUnit } from '../types.ts';

const COLUMNS = sql`u.id, u.archive_id as "archiveId", u.fonds_id as "fondsId", u.parent_id as "parentId", u.level, u.position,
  u.reference_code as "referenceCode", u.title, u.creator, u.doc_no as "docNo", u.date_text as date,
  u.date_from as "dateFrom", u.date_to as "dateTo", u.category, u.year, u.retention, u.classification,
  u.access_status as "accessStatus", u.opens_on as "opensOn", u.embargo_until as "embargoUntil", u.pages,
  u.page_count as "pageCount", u.child_count as "childCount", u.description,
  array(select a.code from holdings.code_alias a where a.unit_id = u.id order by a.at, a.code) as "formerCodes"`;

/** Entries by id, with what stands under which. */
export async function describedByIds(tx: Sql, ids: readonly string[]): Promise<DescribedUnit[]> {
  const r =
    await sql<DescribedUnit>`select ${COLUMNS} from holdings.unit u where u.id = any(${ids}::uuid[])`.execute(
      tx,
    );
  return r.rows;
}

/** All that stands directly under these entries, each group in its order. */
export async function describedUnder(tx: Sql, parents: readonly string[]): Promise<DescribedUnit[]> {
  const r = await sql<DescribedUnit>`select c.* from unnest(${parents}::uuid[]) as p (id) cross join lateral (
    select ${COLUMNS} from holdings.unit u where u.under_id = p.id order by u.position, u.id offset 0) c`.execute(
    tx,
  );
  return r.rows;
}

/** A page of what stands directly under an entry or a fonds, by keyset. */
export async function describedPage(
  tx: Sql,
  o: { under: string; after?: { position: string; id: string } | undefined; limit: number },
): Promise<DescribedUnit[]> {
  const beyond = o.after ? sql`and (u.position, u.id) > (${o.after.position}, ${o.after.id}::uuid)` : sql``;
  const r =
    await sql<DescribedUnit>`select ${COLUMNS} from holdings.unit u where u.under_id = ${o.under} ${beyond}
    order by u.position, u.id limit ${o.limit}`.execute(tx);
  return r.rows;
}

/** Of some entries and fonds, those under which nothing but items stands that have nothing under them. */
export async function plainAbove(tx: Sql, ids: readonly string[]): Promise<Set<string>> {
  const r = await sql<{ id: string }>`select p.id from unnest(${ids}::uuid[]) as p (id) where not exists (
    select 1 from holdings.unit u where u.under_id = p.id and (u.level <> 'item' or u.child_count > 0))`.execute(
    tx,
  );
  return new Set(r.rows.map((x) => x.id));
}

/** What is to be surveyed: a whole fonds, or an entry with all below it. */
export interface Within {
  fondsIds: readonly string[];
  unitId: string | null;
}

const within = ({ fondsIds, unitId }: Within): RawBuilder<unknown> =>
  unitId === null
    ? sql`(select * from holdings.unit where fonds_id = any(${fondsIds}::uuid[]))`
    : sql`(with recursive b as (select id from holdings.unit where id = ${unitId}
        union all select c.id from holdings.unit c join b on c.under_id = b.id)
        select u.* from holdings.unit u join b on b.id = u.id)`;

/** How many entries there are, and which elements and free headings they use, most used first. */
export async function surveyed(
  tx: Sql,
  scope: Within,
  most: number,
): Promise<{ units: number; formerCodes: boolean; elements: string[]; headings: string[] }> {
  const counted = await sql<{
    units: number;
  }>`select count(*)::int as units from ${within(scope)} u`.execute(tx);
  const former = await sql<{ some: boolean }>`select exists (select 1 from holdings.code_alias a
    join holdings.unit u on u.id = a.unit_id where u.fonds_id = any(${scope.fondsIds}::uuid[])) as some`.execute(
    tx,
  );
  const used = await sql<{
    extra: boolean;
    key: string;
  }>`select k.extra, k.key, count(*) as n from ${within(scope)} u
    cross join lateral (
      select false as extra, jsonb_object_keys(u.description) as key
      union all
      select true, jsonb_object_keys(u.description -> 'extra') where u.description ? 'extra') k
    group by 1, 2 order by n desc, key limit ${most}`.execute(tx);
  return {
    units: counted.rows[0]?.units ?? 0,
    formerCodes: former.rows[0]?.some ?? false,
    elements: used.rows.filter((x) => !x.extra && x.key !== 'extra').map((x) => x.key),
    headings: used.rows.filter((x) => x.extra).map((x) => x.key),
  };
}

/** Bytes of a description as stored below which no value is too long for a cell: text is packed to a hundredth at best. */
const PACKED = 300;
const LONG = 15_900;

/** At most so many UTF-16 units have the longest values of elements (`note`) and free headings (`extra:…`), of those that a cell of Excel might not hold. */
export async function longestValues(tx: Sql, scope: Within): Promise<Map<string, number>> {
  const r = await sql<{ key: string; longest: number }>`
    select k.key, max(2 * length(k.value))::int as longest from ${within(scope)} u cross join lateral (
      select key, value from jsonb_each_text(u.description - 'extra')
      union all
      select 'extra:' || key, value from jsonb_each_text(u.description -> 'extra') where u.description ? 'extra') k
    where pg_column_size(u.description) > ${PACKED} and octet_length(u.description::text) > ${LONG}
      and length(k.value) > ${LONG} group by 1`.execute(tx);
  return new Map(r.rows.map((x) => [x.key, x.longest]));
}

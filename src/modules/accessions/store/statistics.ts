import type { Way } from '#kernel/accessionWords';
import { type RawBuilder, type Sql, sql } from '#kernel/db';
import type { Extent } from '../domain/extent.ts';
import type { Money } from '../domain/money.ts';

/** What came in a year, by a way; what went back is not in it. */
export interface YearOfWay {
  year: number;
  way: Way;
  /** Of which something came in that year. */
  accessions: number;
  extent: Extent;
  /** Prices of what was taken, by currency; in the year it first came. */
  paid: Money[];
}

/** Figures of an archive by year and way, the last year first. Handovers count as they were accepted. */
export async function statistics(
  on: Sql,
  handovers: RawBuilder<unknown>,
  o: { archiveId: string; from: number; to: number },
): Promise<YearOfWay[]> {
  const r = await sql<YearOfWay>`with came as (
      select extract(year from m.day)::int as year, a.way, a.id, case when m.kind = 'in' then 1 else -1 end as sign, m.volumes::float8 as volumes,
        m.items::float8 as items, m.pages::float8 as pages, m.boxes::float8 as boxes, m.metres::float8 as metres, m.gigabytes::float8 as gigabytes
      from accessions.movement m join accessions.accession a on a.id = m.accession_id
      where a.archive_id = ${o.archiveId} and m.day between make_date(${o.from}::int, 1, 1) and make_date(${o.to}::int, 12, 31)
      union all
      select extract(year from a.registered_on)::int, a.way, a.id, 1, 0, h.entries, 0, 0, 0, round((h.bytes / 1073741824.0)::numeric, 3)::float8
      from accessions.accession a cross join lateral (select * from (${handovers}) as b where b.id = a.transfer_id) h
      where a.archive_id = ${o.archiveId} and a.registered_on between make_date(${o.from}::int, 1, 1) and make_date(${o.to}::int, 12, 31)),
    summed as (
      select year, way, count(distinct id) filter (where sign = 1)::int as accessions, json_build_object('volumes', sum(sign * volumes),
        'items', sum(sign * items), 'pages', sum(sign * pages), 'boxes', sum(sign * boxes), 'metres', round(sum(sign * metres)::numeric, 3)::float8,
        'gigabytes', round(sum(sign * gigabytes)::numeric, 3)::float8) as extent
      from came group by 1, 2),
    firsts as (select a.id, a.way, a.price, a.currency, extract(year from min(m.day))::int as year
      from accessions.accession a join accessions.movement m on m.accession_id = a.id and m.kind = 'in'
      where a.archive_id = ${o.archiveId} and a.price is not null and a.state in ('accepted', 'arranged', 'closed') group by a.id),
    prices as (select year, way, currency, sum(price) as amount from firsts group by 1, 2, 3)
    select s.year, s.way, s.accessions, s.extent,
      coalesce((select json_agg(json_build_object('amount', p.amount::text, 'currency', p.currency) order by p.currency) from prices p
        where p.year = s.year and p.way = s.way), '[]') as paid
    from summed s order by s.year desc, s.way`.execute(on);
  return r.rows;
}

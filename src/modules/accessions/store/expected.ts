import type { ExpectedKind } from '#kernel/accessionWords';
import { type RawBuilder, type Sql, sql } from '#kernel/db';
import type { Extent } from '../domain/extent.ts';

/** Something that is to come, to go back, or to be done next. */
export interface Expected {
  kind: ExpectedKind;
  /** Of the accession, the accrual, the lead. */
  id: string;
  archiveId: string;
  number: string;
  title: string;
  sourceName: string;
  /** Null: no day was agreed. */
  dueOn: string | null;
  /** By which the list is ordered. */
  day: string;
  promised: Partial<Extent> | null;
  came: Extent | null;
  note: string | null;
}

const NEVER = '9999-12-31';
/** Of each measure less came than was promised. */
const LESS = sql`(coalesce((a.promised ->> 'volumes')::numeric, 0) > c.volumes or coalesce((a.promised ->> 'items')::numeric, 0) > c.items
  or coalesce((a.promised ->> 'pages')::numeric, 0) > c.pages or coalesce((a.promised ->> 'boxes')::numeric, 0) > c.boxes
  or coalesce((a.promised ->> 'metres')::numeric, 0) > c.metres or coalesce((a.promised ->> 'gigabytes')::numeric, 0) > c.gigabytes)`;

/** What archives expect, as one list. */
const rows = (archives: readonly string[]): RawBuilder<unknown> => sql`
  select case when c.parts > 0 then 'part' else 'promised' end as kind, a.id, a.archive_id, a.number, a.title, coalesce(s.name, a.source_name, '') as source,
    a.due_on, a.promised, json_build_object('volumes', c.volumes, 'items', c.items, 'pages', c.pages, 'boxes', c.boxes,
      'metres', c.metres::float8, 'gigabytes', c.gigabytes::float8)::jsonb as came, a.note
  from accessions.accession a left join accessions.source s on s.id = a.source_id
    cross join lateral (select count(*) as parts, coalesce(sum(volumes), 0) as volumes, coalesce(sum(items), 0) as items, coalesce(sum(pages), 0) as pages,
      coalesce(sum(boxes), 0) as boxes, coalesce(sum(metres), 0) as metres, coalesce(sum(gigabytes), 0) as gigabytes
      from accessions.movement m where m.accession_id = a.id and m.kind = 'in') c
  where a.archive_id = any (${archives}::uuid[]) and a.transfer_id is null
    and (a.state in ('promised', 'agreed') or a.state in ('received', 'proposed', 'accepted', 'arranged') and ${LESS})
  union all
  select 'accrual', c.id, c.archive_id, '', c.title, coalesce(s.name, c.source_name, ''), c.next_on, null, null, c.note
  from accessions.accrual c left join accessions.source s on s.id = c.source_id
  where c.archive_id = any (${archives}::uuid[]) and c.ended_at is null and c.next_on is not null
  union all
  select 'depositEnd', a.id, a.archive_id, a.number, a.title, coalesce(s.name, a.source_name, ''), a.ends_on, null, null, a.note
  from accessions.accession a left join accessions.source s on s.id = a.source_id
  where a.archive_id = any (${archives}::uuid[]) and a.way = 'deposit' and a.ends_on is not null
    and a.state in ('received', 'proposed', 'accepted', 'arranged', 'closed')
  union all
  select 'lead', l.id, l.archive_id, l.number, l.title, coalesce(s.name, l.holder, ''), l.next_on, null, null, l.next_step
  from accessions.lead l left join accessions.source s on s.id = l.source_id
  where l.archive_id = any (${archives}::uuid[]) and l.state in ('open', 'talking', 'resting') and l.next_on is not null`;

/** What archives expect until a day, what is late first, what has no day last. @param after day, kind and id of the last before */
export async function expectedPage(
  on: Sql,
  o: {
    archives: readonly string[];
    kinds: readonly ExpectedKind[] | null;
    /** Null: all, with what has no day. */
    until: string | null;
    after: readonly [string, string, string] | undefined;
    limit: number;
  },
): Promise<Expected[]> {
  const behind = o.after
    ? sql`and (e.day, e.kind, e.id::text) > (${o.after[0]}, ${o.after[1]}, ${o.after[2]})`
    : sql``;
  const r =
    await sql<Expected>`select e.kind, e.id, e.archive_id as "archiveId", e.number, e.title, e.source as "sourceName", e.due_on as "dueOn",
      e.day, e.promised, e.came, e.note
    from (select x.*, coalesce(to_char(x.due_on, 'YYYY-MM-DD'), ${NEVER}) collate "C" as day from (${rows(o.archives)}) as x) as e
    where (${o.until}::text is null or e.day <= ${o.until}::text)
      and (${o.kinds}::text[] is null or e.kind = any (${o.kinds}::text[])) ${behind}
    order by e.day, e.kind, e.id::text limit ${o.limit}`.execute(on);
  return r.rows;
}

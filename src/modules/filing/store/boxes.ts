import { type Sql, sql } from '#kernel/db';
import type { RecordFilter } from './records.ts';

/** What lies in one box: of one retention and class, from the first item to the last. */
export interface Box {
  boxNo: number | null;
  retention: string | null;
  classCode: string | null;
  first: number;
  last: number;
  items: number;
  pages: number;
}

/** The boxes of a year's numbered items; those in no box yet by class. */
export async function boxesOf(on: Sql, f: RecordFilter): Promise<Box[]> {
  const r =
    await sql<Box>`select box_no as "boxNo", retention, class_code as "classCode", min(item_no)::int as first,
      max(item_no)::int as last, count(*)::int as items, coalesce(sum(pages), 0)::int as pages
    from filing.record where item_id is null and item_no is not null and agency_id = ${f.agencyId ?? null}::uuid
      and year = ${f.year ?? null}::int and category = ${f.category ?? null}
      and (${f.retention ?? null}::text is null or retention = ${f.retention ?? null})
      and (${f.classCode ?? null}::text is null or class_code = ${f.classCode ?? null})
      and (${f.boxNo ?? null}::int is null or box_no = ${f.boxNo ?? null}::int)
    group by box_no, retention, class_code order by box_no nulls last, retention, class_code limit 2000`.execute(
      on,
    );
  return r.rows;
}

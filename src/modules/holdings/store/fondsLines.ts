import { type RawBuilder, sql } from '#kernel/db';
import type { FondsLinesOf } from '#kernel/fondsLines';

/** Catalogue imports that were for a fonds, or made it. */
export function importsOfFonds(f: FondsLinesOf): RawBuilder<unknown> {
  return sql`select 'informatisation' as heading, 'import' as kind, i.id::text as id, '' as number, i.file_name as title,
      to_char(coalesce(i.finished_at, i.created_at) at time zone ${f.timeZone}, 'YYYY-MM-DD') as day,
      coalesce((i.counts ->> 'accepted')::int, 0) as records
    from holdings.import i where i.archive_id = ${f.archiveId} and i.state = 'done'
      and (i.options ->> 'defaultFonds' = ${f.number} or i.id = (select x.import_id from holdings.fonds x where x.id = ${f.id}))`;
}

import { type RawBuilder, sql } from '#kernel/db';
import type { FondsLinesOf } from '#kernel/fondsLines';

/** Lists by which records of a fonds were destroyed. */
export function disposalsOfFonds(f: FondsLinesOf): RawBuilder<unknown> {
  return sql`select 'appraisal' as heading, 'destruction' as kind, d.id::text as id, d.number, d.title,
      to_char(d.done_at at time zone ${f.timeZone}, 'YYYY-MM-DD') as day,
      (select count(*)::int from preservation.disposal_unit u where u.disposal_id = d.id and u.fonds = ${f.number} and u.state = 'destroyed') as records
    from preservation.disposal d where d.archive_id = ${f.archiveId} and d.state = 'done'
      and exists (select from preservation.disposal_unit u where u.disposal_id = d.id and u.fonds = ${f.number} and u.state = 'destroyed')`;
}

import { type RawBuilder, sql } from '#kernel/db';
import type { DueOf } from '#kernel/due';

/** What is due of handover: plans without an accepted batch, batches that came back or wait for a hand. */
export function dueOfTransfers(w: DueOf): RawBuilder<unknown> {
  return sql`
    select 'plan' as kind, p.id::text as id, p.archive_id as "archiveId", p.agency_id as "agencyId", 'agency' as side,
        p.content as label, p.due_on::text as "dueOn", p.due_on::text as day, p.year, null::text as about, null::text as "aboutId", '{}'::text[] as "notBy"
      from transfer.plan p where p.state = 'planned'
        and not exists (select from transfer.batch b where b.plan_id = p.id
          and b.state in ('sent', 'received', 'checking', 'reviewing', 'proposed', 'accepting', 'accepted'))
    union all
    select case b.state when 'returned' then 'batchReturned' else 'batchReceiving' end, b.id::text, b.archive_id, b.agency_id,
        case b.state when 'returned' then 'agency' else 'archive' end, b.number || ' ' || b.title, null,
        to_char(b.moved_at at time zone ${w.timeZone}, 'YYYY-MM-DD'), null, null, null, '{}'
      from transfer.batch b where b.state in ('returned', 'received', 'reviewing', 'proposed')`;
}

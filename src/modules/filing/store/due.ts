import { type RawBuilder, sql } from '#kernel/db';
import type { DueOf } from '#kernel/due';
import { REVIEW_YEARS } from '../domain/due.ts';

/** Days before a schedule's five years are over at which its agency is told. */
const AHEAD_DAYS = 90;
/** Years back that are asked after. */
const MOST_YEARS = 10;

/** What is due of filing: schedules, years, and what one side said and the other has not answered. */
export function dueOfFiling(w: DueOf): RawBuilder<unknown> {
  const ids = w.agencies.map((a) => a.agencyId);
  const archives = w.agencies.map((a) => a.archiveId);
  const day = (column: ReturnType<typeof sql>) => sql`to_char(${column}, 'YYYY-MM-DD')`;
  const dayOf = (moment: ReturnType<typeof sql>) => day(sql`(${moment}) at time zone ${w.timeZone}`);
  return sql`
    select 'scheduleNone' as kind, a.id::text as id, a.archive_id as "archiveId", a.id as "agencyId", 'agency' as side, '' as label,
        null::text as "dueOn", ${w.today} as day, null::int as year, null::text as about, null::text as "aboutId",
        '{}'::text[] as "notBy"
      from unnest(${ids}::uuid[], ${archives}::uuid[]) as a (id, archive_id)
      where not exists (select from filing.schedule s where s.agency_id = a.id and s.state in ('approved', 'submitted', 'returned'))
    union all
    select case s.state when 'returned' then 'scheduleReturned' else 'scheduleSubmitted' end, s.id::text, s.archive_id, s.agency_id,
        case s.state when 'returned' then 'agency' else 'archive' end, s.title, null,
        ${dayOf(sql`coalesce(case s.state when 'returned' then s.decided_at end, s.submitted_at, s.drafted_at)`)}, null, null, null,
        case s.state when 'submitted' then array_remove(array[s.submitted_by::text, s.drafted_by::text], null) else '{}' end
      from filing.schedule s where s.state in ('returned', 'submitted')
    union all
    select 'scheduleOld', s.id::text, s.archive_id, s.agency_id, 'agency', s.title,
        ${day(sql`s.in_force_from + make_interval(years => ${REVIEW_YEARS})`)},
        ${day(sql`s.in_force_from + make_interval(years => ${REVIEW_YEARS})`)}, null, null, null, '{}'
      from filing.schedule s where s.state = 'approved'
        and s.in_force_from + make_interval(years => ${REVIEW_YEARS}) <= ${w.today}::date + ${AHEAD_DAYS}::int
        and s.in_force_from <= ${w.today}::date
        and not exists (select from filing.schedule l where l.agency_id = s.agency_id and l.id <> s.id
          and (l.state in ('submitted', 'returned') or (l.state = 'approved' and l.in_force_from > s.in_force_from)))
    union all
    select 'yearNotFiled', f.agency_id::text, f.archive_id, f.agency_id, 'agency', '', (y + 1) || '-06-30', (y + 1) || '-06-30', y, null,
        null, '{}'
      from (select agency_id, archive_id,
          min(greatest(extract(year from in_force_from), extract(year from decided_at at time zone ${w.timeZone}) - 1))::int as first
        from filing.schedule where state = 'approved' group by agency_id, archive_id) as f,
        generate_series(greatest(f.first, extract(year from ${w.today}::date)::int - ${MOST_YEARS}::int),
          extract(year from ${w.today}::date)::int - 1) as y
      where not exists (select from filing.year_filing yf where yf.agency_id = f.agency_id and yf.year = y
        and yf.state in ('prepared', 'filed'))
    union all
    select 'yearPrepared', yf.id::text, yf.archive_id, yf.agency_id, 'agency', '', (yf.year + 1) || '-06-30', ${dayOf(sql`yf.prepared_at`)},
        yf.year, null, null, array_remove(array[yf.prepared_by::text], null)
      from filing.year_filing yf where yf.state = 'prepared'
    union all
    select 'question', r.id::text, r.archive_id, r.agency_id, case r.side when 'agency' then 'archive' else 'agency' end, r.label, null,
        ${dayOf(sql`r.at`)}, null, r.about, r.about_id::text, '{}'
      from filing.remark r where r.settled_at is null and r.reply_to is null`;
}

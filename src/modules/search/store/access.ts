import { asOwner, type Sql, type Tx } from '#kernel/db';
import type { AccessStatus } from '../entry.ts';
import { run } from './runner.ts';

/** What of access changes; null: stays as it is. */
export interface NewAccess {
  status: AccessStatus | null;
  /** With a status: the day the opening takes effect; null: at once. */
  opensOn: string | null;
  embargo: 'set' | 'lifted' | null;
  embargoUntil: string | null;
}

/** Changed access takes effect with the transaction: what is withdrawn is gone from search at its commit. */
export async function updateAccess(tx: Tx, unitIds: readonly string[], access: NewAccess): Promise<void> {
  await asOwner(tx, () => setAccess(tx, unitIds, access));
}

/**
 * Sets status and days in the rows, and the status in the terms: X stands for what is open, or will be on its day. That the
 * day has come the rule asks of the row.
 */
async function setAccess(on: Sql, unitIds: readonly string[], a: NewAccess): Promise<void> {
  await run(
    on,
    `with wanted as (
       select unit_id, segment, coalesce($2, access_status) as access_status,
         case when $2::text is null then opens_on else $3::date end as opens_on,
         case when $4::text is null then embargo_until else $5::date end as embargo_until
       from search.entry where unit_id = any ($1::uuid[]))
     update search.entry e set access_status = w.access_status, opens_on = w.opens_on, embargo_until = w.embargo_until,
       terms = case when e.access_status = w.access_status then e.terms else
         ts_delete(e.terms, array['Sunreviewed', 'Sopen', 'Srestricted', 'Sdelayed', 'X'])
         || case when w.access_status = 'open' and e.classification = 'public' then array_to_tsvector(array['Sopen', 'X'])
            else array_to_tsvector(array['S' || w.access_status]) end end
     from wanted w where e.unit_id = w.unit_id and e.segment = w.segment
       and (e.access_status, e.opens_on, e.embargo_until) is distinct from (w.access_status, w.opens_on, w.embargo_until)`,
    [unitIds, a.status, a.opensOn, a.embargo, a.embargoUntil],
  );
}

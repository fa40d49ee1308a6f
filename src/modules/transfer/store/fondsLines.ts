import { type RawBuilder, sql } from '#kernel/db';
import type { FondsLinesOf } from '#kernel/fondsLines';

/** Handovers to a fonds that were accepted. */
export function handoversOfFonds(f: FondsLinesOf): RawBuilder<unknown> {
  return sql`select 'acquisition' as heading, 'handover' as kind, b.id::text as id, b.number, b.title,
      to_char(b.moved_at at time zone ${f.timeZone}, 'YYYY-MM-DD') as day, b.entries as records
    from transfer.batch b where b.archive_id = ${f.archiveId} and b.state = 'accepted'
      and (b.fonds = ${f.number} or b.fonds is null and b.agency_id = ${f.agencyId}::uuid)`;
}

/** Handovers that were countersigned and taken in, for who keeps the register of accessions; as the asker may see them. */
export const acceptedHandovers: RawBuilder<unknown> = sql`select b.id, b.archive_id as "archiveId", b.number, b.title, b.content,
    b.agency_name as "agencyName", b.fonds as "fondsNumber", b.entries, b.bytes::float8 as bytes, b.moved_at as "acceptedAt"
  from transfer.batch b where b.state = 'accepted'`;

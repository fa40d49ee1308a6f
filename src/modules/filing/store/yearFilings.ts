import { type Sql, sql, type Tx } from '#kernel/db';
import type { Missing } from '../domain/missing.ts';

/** The filing of an agency's year. */
export interface YearFiling {
  id: string;
  archiveId: string;
  agencyId: string;
  year: number;
  number: number;
  state: 'prepared' | 'filed' | 'withdrawn';
  missing: Missing;
  note: string | null;
  items: number;
  files: number;
  bytes: number;
  preparedBy: string | null;
  preparedByName: string;
  preparedAt: Date;
  confirmedByName: string | null;
  confirmedAt: Date | null;
  digest: string | null;
}

const COLUMNS = sql`id, archive_id as "archiveId", agency_id as "agencyId", year, number, state, missing, note, items,
  files, bytes::float8 as bytes, prepared_by as "preparedBy", prepared_by_name as "preparedByName",
  prepared_at as "preparedAt", confirmed_by_name as "confirmedByName", confirmed_at as "confirmedAt", digest`;

/** Prepares the next filing of a year with all its numbered items. @returns false while one is prepared already */
export async function insertYearFiling(
  tx: Tx,
  f: Omit<
    YearFiling,
    'number' | 'state' | 'confirmedByName' | 'confirmedAt' | 'digest' | 'items' | 'files' | 'bytes'
  >,
): Promise<boolean> {
  const made =
    await sql`insert into filing.year_filing (id, archive_id, agency_id, year, number, missing, note, items, files,
      bytes, prepared_by, prepared_by_name, prepared_at)
    select ${f.id}, ${f.archiveId}, ${f.agencyId}, ${f.year}, coalesce(max(number), 0) + 1, ${JSON.stringify(f.missing)}::jsonb,
      ${f.note}, 0, 0, 0, ${f.preparedBy}::uuid, ${f.preparedByName}, ${f.preparedAt}
    from filing.year_filing where agency_id = ${f.agencyId} and year = ${f.year}
    on conflict do nothing`.execute(tx);
  if (Number(made.numAffectedRows ?? 0) !== 1) return false;
  await sql`update filing.record set filing_id = ${f.id} where agency_id = ${f.agencyId} and year = ${f.year}
    and item_id is null and state = 'registered' and reference_code is not null`.execute(tx);
  await sql`update filing.year_filing set items = c.items, files = c.files, bytes = c.bytes from (
      select count(*) filter (where r.item_id is null)::int as items, coalesce(sum(r.files), 0)::int as files,
        coalesce(sum(r.bytes), 0)::bigint as bytes from filing.record r
      where r.filing_id = ${f.id} or r.item_id in (select i.id from filing.record i where i.filing_id = ${f.id})) c
    where id = ${f.id}`.execute(tx);
  return true;
}

export async function yearFilingForChange(tx: Tx, id: string): Promise<YearFiling | undefined> {
  const r =
    await sql<YearFiling>`select ${COLUMNS} from filing.year_filing where id = ${id} for update`.execute(tx);
  return r.rows[0];
}

export async function yearFilingById(on: Sql, id: string): Promise<YearFiling | undefined> {
  return (await sql<YearFiling>`select ${COLUMNS} from filing.year_filing where id = ${id}`.execute(on))
    .rows[0];
}

export async function yearFilings(
  on: Sql,
  agencyId: string,
  year: number | undefined,
): Promise<YearFiling[]> {
  const r = await sql<YearFiling>`select ${COLUMNS} from filing.year_filing where agency_id = ${agencyId}
    and (${year ?? null}::int is null or year = ${year ?? null}::int) order by year desc, number desc limit 200`.execute(
    on,
  );
  return r.rows;
}

/** Lets the records of a prepared filing go again. */
export async function withdrawYearFiling(tx: Tx, id: string): Promise<void> {
  await sql`update filing.record set filing_id = null where filing_id = ${id}`.execute(tx);
  await sql`update filing.year_filing set state = 'withdrawn' where id = ${id}`.execute(tx);
}

/** The records of a filing are filed, with the documents in them. @returns how many items */
export async function fileRecords(
  tx: Tx,
  id: string,
  o: { by: string | null; byName: string; at: Date; digest: string },
): Promise<number> {
  const items =
    await sql`update filing.record set state = 'filed', updated_at = ${o.at}, version = version + 1
    where filing_id = ${id}`.execute(tx);
  await sql`update filing.record set state = 'filed', updated_at = ${o.at}, version = version + 1
    where item_id in (select i.id from filing.record i where i.filing_id = ${id})`.execute(tx);
  await sql`update filing.year_filing set state = 'filed', confirmed_by = ${o.by}::uuid, confirmed_by_name = ${o.byName},
    confirmed_at = ${o.at}, digest = ${o.digest} where id = ${id}`.execute(tx);
  return Number(items.numAffectedRows ?? 0);
}

/** What a filing holds, a line each in the order of reference codes, for its digest. */
export async function filingLines(
  tx: Tx,
  id: string,
  after: string | null,
  limit: number,
): Promise<{ id: string; code: string; line: string }[]> {
  const r = await sql<{ id: string; code: string; line: string }>`select r.id, r.reference_code as code,
      r.reference_code || E'\t' || r.title || E'\t' || coalesce((select string_agg(f.sha512, ' ' order by d.part_no, d.id, f.position)
        from filing.record d join filing.file f on f.record_id = d.id where d.id = r.id or d.item_id = r.id), '') as line
    from filing.record r where r.filing_id = ${id} and (${after}::text is null or r.reference_code > ${after}::text)
    order by r.reference_code limit ${limit}`.execute(tx);
  return r.rows;
}

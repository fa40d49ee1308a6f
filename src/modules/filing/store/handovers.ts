import { type Sql, sql, type Tx } from '#kernel/db';
import type { RecordState } from '../domain/record.ts';

/** Records of a year that are filed and in no batch, by what one chooses them by. */
export interface FiledGroup {
  year: number;
  category: string;
  retention: string | null;
  classCode: string | null;
  className: string | null;
  items: number;
  bytes: number;
  first: string;
  last: string;
}

/** Of all years, the newest first. */
export async function filedGroups(on: Sql, agencyId: string): Promise<FiledGroup[]> {
  const r = await sql<FiledGroup>`select r.year, r.category, r.retention, r.class_code as "classCode",
      max(r.class_name) as "className", count(*)::int as items, sum(r.bytes + coalesce(d.bytes, 0))::float8 as bytes,
      (array_agg(r.reference_code order by r.sort_key))[1] as first,
      (array_agg(r.reference_code order by r.sort_key desc))[1] as last
    from filing.record r left join lateral (select sum(p.bytes) as bytes from filing.record p where p.item_id = r.id) d on true
    where r.agency_id = ${agencyId} and r.item_id is null and r.state = 'filed' and r.reference_code is not null
    group by r.year, r.category, r.retention, r.class_code
    order by r.year desc, r.category, r.retention, r.class_code limit 2000`.execute(on);
  return r.rows;
}

export interface Drawn {
  agencyId: string;
  archiveId: string;
  year: number;
  retentions: readonly string[];
  categories: readonly string[] | null;
  classCodes: readonly string[] | null;
  fromKey: string | null;
  toKey: string | null;
}

/** Puts filed items that fit, with the documents in them, into a batch. @returns how much there is of them */
export async function drawIntoHandover(
  tx: Tx,
  handoverId: string,
  c: Drawn,
): Promise<{ items: number; files: number; bytes: number }> {
  await sql`update filing.record set state = 'inBatch', handover_id = ${handoverId}, version = version + 1
    where agency_id = ${c.agencyId} and archive_id = ${c.archiveId} and year = ${c.year} and item_id is null
      and state = 'filed' and reference_code is not null and retention = any(${c.retentions}::text[])
      and (${c.categories}::text[] is null or category = any(${c.categories}::text[]))
      and (${c.classCodes}::text[] is null or class_code = any(${c.classCodes}::text[]))
      and (${c.fromKey}::text is null or sort_key >= ${c.fromKey}::text collate "C")
      and (${c.toKey}::text is null or sort_key <= ${c.toKey}::text collate "C")`.execute(tx);
  await sql`update filing.record d set state = 'inBatch', handover_id = i.handover_id, version = d.version + 1
    from filing.record i where i.id = d.item_id and i.handover_id = ${handoverId} and d.state = 'filed'`.execute(
    tx,
  );
  return handoverTotals(tx, handoverId);
}

export async function handoverTotals(
  on: Sql,
  handoverId: string,
): Promise<{ items: number; files: number; bytes: number }> {
  const r = await sql<{ items: number; files: number; bytes: number }>`select
      count(*) filter (where item_id is null)::int as items, coalesce(sum(files), 0)::int as files,
      coalesce(sum(bytes), 0)::float8 as bytes from filing.record where handover_id = ${handoverId}`.execute(
    on,
  );
  return r.rows[0] ?? { items: 0, files: 0, bytes: 0 };
}

/**
 * Moves all that is in a batch, but for items named, which stay where they are.
 *
 * @returns how many items were moved
 */
export async function moveHandover(
  tx: Tx,
  handoverId: string,
  { to, except = [] }: { to: RecordState; except?: readonly string[] | undefined },
): Promise<number> {
  const leaves = to === 'filed';
  const moved = await sql`update filing.record r set state = ${to}, version = version + 1,
      handover_id = case when ${leaves} then null else handover_id end
    where handover_id = ${handoverId} and item_id is null and state in ('inBatch', 'handingOver')
      and not (coalesce(reference_code, '') = any(${except}::text[]))`.execute(tx);
  // Documents go with the item they lie in.
  await sql`update filing.record d set state = i.state, handover_id = i.handover_id, version = d.version + 1
    from filing.record i where i.id = d.item_id and d.handover_id = ${handoverId}
      and (i.state <> d.state or i.handover_id is distinct from d.handover_id)`.execute(tx);
  return Number(moved.numAffectedRows ?? 0);
}

/** Retention periods that occur among what is filed. */
export async function filedRetentions(tx: Tx, agencyId: string, year: number): Promise<string[]> {
  const r = await sql<{ retention: string }>`select distinct retention from filing.record
    where agency_id = ${agencyId} and year = ${year} and state = 'filed' and retention is not null`.execute(
    tx,
  );
  return r.rows.map((x) => x.retention);
}

/** How the years of some records were filed: who prepared and who confirmed it. */
export async function filingsOfRecords(
  on: Sql,
  ids: readonly string[],
): Promise<
  {
    recordId: string;
    preparedBy: string;
    preparedAt: Date;
    confirmedBy: string | null;
    confirmedAt: Date | null;
  }[]
> {
  const r = await sql<{
    recordId: string;
    preparedBy: string;
    preparedAt: Date;
    confirmedBy: string | null;
    confirmedAt: Date | null;
  }>`select r.id as "recordId", f.prepared_by_name as "preparedBy", f.prepared_at as "preparedAt",
      f.confirmed_by_name as "confirmedBy", f.confirmed_at as "confirmedAt"
    from filing.record r join filing.year_filing f on f.id = r.filing_id
    where r.id = any(${ids}::uuid[]) and f.state = 'filed'`.execute(on);
  return r.rows;
}

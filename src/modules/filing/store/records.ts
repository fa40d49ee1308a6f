import { type Sql, sql, type Tx } from '#kernel/db';
import type { Part } from '../domain/arrange.ts';
import type { RecordFields, RecordState } from '../domain/record.ts';

/** A record of an agency: an item 件, or a document that lies in one. */
export interface FilingRecord extends RecordFields {
  id: string;
  archiveId: string;
  agencyId: string;
  fondsId: string;
  itemId: string | null;
  part: Part | null;
  partNo: number;
  scheduleId: string | null;
  lineKey: string | null;
  itemNo: number | null;
  referenceCode: string | null;
  boxNo: number | null;
  state: RecordState;
  filingId: string | null;
  /** The batch it goes over, or went over, to the archive in. */
  handoverId: string | null;
  source: string;
  files: number;
  bytes: number;
  registeredByName: string;
  registeredAt: Date;
  version: number;
}

const COLUMNS = sql`r.id, r.archive_id as "archiveId", r.agency_id as "agencyId", r.fonds_id as "fondsId",
  r.item_id as "itemId", r.part, r.part_no as "partNo", r.title, r.creator, r.doc_no as "docNo", r.date_text as "date",
  to_char(r.date_from, 'YYYY-MM-DD') as "dateFrom", to_char(r.date_to, 'YYYY-MM-DD') as "dateTo", r.category, r.year,
  r.retention, r.class_code as "classCode", r.class_name as "className", r.pages, r.classification, r.description,
  r.schedule_id as "scheduleId", r.line_key as "lineKey", r.item_no as "itemNo", r.reference_code as "referenceCode",
  r.box_no as "boxNo", r.state, r.filing_id as "filingId",
  r.handover_id as "handoverId", r.source, r.files, r.bytes::float8 as bytes,
  r.registered_by_name as "registeredByName", r.registered_at as "registeredAt", r.version`;

export interface NewRecord extends RecordFields {
  id: string;
  archiveId: string;
  agencyId: string;
  fondsId: string;
  scheduleId: string | null;
  lineKey: string | null;
  source: string;
  senderKey: string | null;
  /** Where it lies in an item from the beginning. */
  within: { itemId: string; part: Part; partNo: number } | null;
  /** What its files come to. */
  files: number;
  bytes: number;
  byId: string | null;
  byName: string;
  at: Date;
}

/** Inserts, all in one statement. @returns the ids of those that are new; of the others the sender's id is there already */
export async function insertRecords(tx: Tx, records: readonly NewRecord[]): Promise<ReadonlySet<string>> {
  const rows = records.map(({ within, ...r }) => {
    const { itemId = null, part = null, partNo = 0 } = within ?? {};
    return { ...r, itemId, part, partNo };
  });
  const made = await sql<{
    id: string;
  }>`insert into filing.record (id, archive_id, agency_id, fonds_id, item_id, part, part_no, title, creator, doc_no,
      date_text, date_from, date_to, category, year, retention, class_code, class_name, pages, classification, description,
      schedule_id, line_key, source, sender_key, files, bytes, registered_by, registered_by_name, registered_at, updated_at)
    select r.id, r."archiveId", r."agencyId", r."fondsId", r."itemId", r.part, r."partNo", r.title, r.creator, r."docNo",
      r.date, r."dateFrom", r."dateTo", r.category, r.year, r.retention, r."classCode", r."className", r.pages,
      r.classification, r.description, r."scheduleId", r."lineKey", r.source, r."senderKey", r.files, r.bytes, r."byId",
      r."byName", r.at, r.at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, "archiveId" uuid, "agencyId" uuid, "fondsId" uuid,
      "itemId" uuid, part text, "partNo" int, title text, creator text, "docNo" text, date text, "dateFrom" date,
      "dateTo" date, category text, year int, retention text, "classCode" text, "className" text, pages int,
      classification text, description jsonb, "scheduleId" uuid, "lineKey" uuid, source text, "senderKey" text, files int,
      bytes bigint, "byId" uuid, "byName" text, at timestamptz)
    on conflict (agency_id, source, sender_key) where sender_key is not null do nothing returning id`.execute(
    tx,
  );
  return new Set(made.rows.map((r) => r.id));
}

export async function recordById(on: Sql, id: string): Promise<FilingRecord | undefined> {
  return (await sql<FilingRecord>`select ${COLUMNS} from filing.record r where r.id = ${id}`.execute(on))
    .rows[0];
}

/** Some records, with nobody changing them until the transaction ends. */
export async function recordsForChange(tx: Tx, ids: readonly string[]): Promise<FilingRecord[]> {
  const r = await sql<FilingRecord>`select ${COLUMNS} from filing.record r where r.id = any(${ids}::uuid[])
    order by r.id for update of r`.execute(tx);
  return r.rows;
}

/** The record a sender knows by an id of his. */
export async function recordOfSender(
  on: Sql,
  o: { agencyId: string; source: string; senderKey: string },
): Promise<string | undefined> {
  const r = await sql<{ id: string }>`select id from filing.record where agency_id = ${o.agencyId}
    and source = ${o.source} and sender_key = ${o.senderKey}`.execute(on);
  return r.rows[0]?.id;
}

/** The documents within an item, in their order. */
export async function partsOf(on: Sql, itemIds: readonly string[]): Promise<FilingRecord[]> {
  const r =
    await sql<FilingRecord>`select ${COLUMNS} from filing.record r where r.item_id = any(${itemIds}::uuid[])
    order by r.item_id, r.part_no, r.id`.execute(on);
  return r.rows;
}

/** Writes fields over the version they were made from; the number goes where what it says changes. False when somebody was quicker. */
export async function updateRecord(
  tx: Tx,
  r: FilingRecord,
  o: { at: Date; keepNumber: boolean },
): Promise<boolean> {
  const done =
    await sql`update filing.record set title = ${r.title}, creator = ${r.creator}, doc_no = ${r.docNo},
      date_text = ${r.date}, date_from = ${r.dateFrom}::date, date_to = ${r.dateTo}::date, category = ${r.category},
      year = ${r.year}, retention = ${r.retention}, class_code = ${r.classCode}, class_name = ${r.className},
      pages = ${r.pages}, classification = ${r.classification}, description = ${JSON.stringify(r.description)}::jsonb,
      schedule_id = ${r.scheduleId}::uuid, line_key = ${r.lineKey}::uuid, box_no = ${r.boxNo},
      item_no = case when ${o.keepNumber} then item_no end, scope = case when ${o.keepNumber} then scope end,
      reference_code = case when ${o.keepNumber} then reference_code end,
      sort_key = case when ${o.keepNumber} then sort_key else '' end, updated_at = ${o.at}, version = version + 1
    where id = ${r.id} and version = ${r.version}`.execute(tx);
  return Number(done.numAffectedRows ?? 0) === 1;
}

export async function deleteRecord(tx: Tx, id: string): Promise<void> {
  await sql`delete from filing.record where id = ${id}`.execute(tx);
}

/** Puts documents into an item, in this order; whatever number they had goes. */
export async function putIntoItem(
  tx: Tx,
  itemId: string,
  documents: readonly { id: string; part: Part }[],
  at: Date,
): Promise<void> {
  await sql`update filing.record r set item_id = ${itemId}, part = d.part, part_no = d.n, item_no = null, scope = null,
      reference_code = null, sort_key = '', box_no = null, filing_id = null, updated_at = ${at}, version = version + 1
    from jsonb_to_recordset(${JSON.stringify(documents.map((d, n) => ({ ...d, n: n + 1 })))}::jsonb)
      as d (id uuid, part text, n int) where r.id = d.id`.execute(tx);
}

/** Takes documents out of their item. */
export async function takeOut(tx: Tx, ids: readonly string[], at: Date): Promise<void> {
  await sql`update filing.record set item_id = null, part = null, part_no = 0, updated_at = ${at}, version = version + 1
    where id = any(${ids}::uuid[])`.execute(tx);
}

export interface RecordFilter {
  archiveId?: string | undefined;
  agencyId?: string | undefined;
  year?: number | undefined;
  category?: string | undefined;
  retention?: string | undefined;
  classCode?: string | undefined;
  state?: RecordState | undefined;
  boxNo?: number | undefined;
  handoverId?: string | undefined;
  filingId?: string | undefined;
  ids?: readonly string[] | undefined;
  q?: string | undefined;
}

const within = (f: RecordFilter) => sql`r.item_id is null
  and (${f.archiveId ?? null}::uuid is null or r.archive_id = ${f.archiveId ?? null}::uuid)
  and (${f.agencyId ?? null}::uuid is null or r.agency_id = ${f.agencyId ?? null}::uuid)
  and (${f.year ?? null}::int is null or r.year = ${f.year ?? null}::int)
  and (${f.category ?? null}::text is null or r.category = ${f.category ?? null})
  and (${f.retention ?? null}::text is null or r.retention = ${f.retention ?? null})
  and (${f.classCode ?? null}::text is null or r.class_code = ${f.classCode ?? null})
  and (${f.state ?? null}::text is null or r.state = ${f.state ?? null})
  and (${f.boxNo ?? null}::int is null or r.box_no = ${f.boxNo ?? null}::int)
  ${f.handoverId ? sql`and r.handover_id = ${f.handoverId}` : sql``}
  ${f.filingId ? sql`and r.filing_id = ${f.filingId}` : sql``}
  ${f.ids ? sql`and r.id = any(${f.ids}::uuid[])` : sql``}
  and (${f.q ?? null}::text is null or strpos(lower(r.title || ' ' || coalesce(r.doc_no, '') || ' ' || coalesce(r.reference_code, '')), lower(${f.q ?? ''})) > 0)`;

/** Items in the order of their numbers; those without one first, in the order they were entered. */
export async function itemPage(
  on: Sql,
  f: RecordFilter,
  o: { after: { sortKey: string; id: string } | undefined; limit: number },
): Promise<(FilingRecord & { sortKey: string })[]> {
  const { sortKey = null, id = null } = o.after ?? {};
  const r = await sql<
    FilingRecord & { sortKey: string }
  >`select ${COLUMNS}, r.sort_key as "sortKey" from filing.record r
    where ${within(f)} and (${sortKey}::text is null or (r.sort_key, r.id) > (${sortKey}::text collate "C", ${id}::uuid))
    order by r.sort_key, r.id limit ${o.limit}`.execute(on);
  return r.rows;
}

/** Fonds and categories that numbers of these items were given in. */
export async function codesBuilt(on: Sql, f: RecordFilter): Promise<{ fondsId: string; category: string }[]> {
  const r = await sql<{
    fondsId: string;
    category: string;
  }>`select distinct r.fonds_id as "fondsId", r.category
    from filing.record r where ${within(f)} limit 1000`.execute(on);
  return r.rows;
}

export interface YearCount {
  year: number;
  registered: number;
  filed: number;
  handedOver: number;
}

/** How many items of each year stand where. */
export async function yearCounts(on: Sql, agencyId: string): Promise<YearCount[]> {
  const r = await sql<YearCount>`select year, count(*) filter (where state = 'registered')::int as registered,
      count(*) filter (where state in ('filed', 'inBatch', 'handingOver'))::int as filed,
      count(*) filter (where state = 'handedOver')::int as "handedOver"
    from filing.record where agency_id = ${agencyId} and item_id is null group by year order by year desc limit 200`.execute(
    on,
  );
  return r.rows;
}

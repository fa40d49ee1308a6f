import { sql, type Tx } from '#kernel/db';

/** Nobody else numbers this agency's year until the transaction ends. */
export async function lockYear(tx: Tx, agencyId: string, year: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`filing ${agencyId} ${year}`}, 0))`.execute(tx);
}

export interface ToNumber {
  id: string;
  title: string;
  docNo: string | null;
  dateFrom: string | null;
  category: string;
  retention: string | null;
  classCode: string | null;
  fondsId: string;
  /** Of the volume or group it lies in, by hand. */
  volumeNo: string | null;
  itemNo: number | null;
}

/** The items of a year that are not filed yet, in the order they were entered. */
export async function itemsToNumber(tx: Tx, agencyId: string, year: number): Promise<ToNumber[]> {
  const r =
    await sql<ToNumber>`select id, title, doc_no as "docNo", to_char(date_from, 'YYYY-MM-DD') as "dateFrom", category,
      retention, class_code as "classCode", fonds_id as "fondsId", description ->> 'volumeNo' as "volumeNo", item_no as "itemNo"
    from filing.record where agency_id = ${agencyId} and year = ${year} and item_id is null and state = 'registered'
      and filing_id is null order by id`.execute(tx);
  return r.rows;
}

/** Takes their numbers from items that are not filed. */
export async function clearNumbers(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`update filing.record set item_no = null, scope = null, reference_code = null, sort_key = '', version = version + 1
    where id = any(${ids}::uuid[]) and reference_code is not null`.execute(tx);
}

/** The highest number of each scope. */
export async function highest(
  tx: Tx,
  agencyId: string,
  scopes: readonly string[],
): Promise<Map<string, number>> {
  const r = await sql<{ scope: string; n: number }>`select scope, max(item_no)::int as n from filing.record
    where agency_id = ${agencyId} and scope = any(${scopes}::text[]) group by scope`.execute(tx);
  return new Map(r.rows.map((x) => [x.scope, x.n]));
}

export async function setNumbers(
  tx: Tx,
  numbers: readonly { id: string; scope: string; n: number; code: string; sortKey: string }[],
): Promise<void> {
  await sql`update filing.record r set scope = g.scope, item_no = g.n, reference_code = g.code, sort_key = g."sortKey",
      version = version + 1
    from jsonb_to_recordset(${JSON.stringify(numbers)}::jsonb) as g (id uuid, scope text, n int, code text, "sortKey" text)
    where r.id = g.id`.execute(tx);
}

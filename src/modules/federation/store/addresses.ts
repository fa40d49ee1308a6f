import { sql, type Tx } from '#kernel/db';

/** An entry that is open at this moment, and when it changed. */
export interface Address {
  id: string;
  datestamp: Date;
}

/** How many parts the list of all addresses has. */
export async function partCount(tx: Tx): Promise<number> {
  const r = await sql<{ n: number }>`select case when in_part = 0 then part - 1 else part end as n
    from federation.progress`.execute(tx);
  return r.rows[0]?.n ?? 0;
}

/** Some of a part, in the order of their ids. `last` is where to go on; what is no longer open is passed over. */
export async function addressesOf(
  tx: Tx,
  part: number,
  after: string | undefined,
  limit: number,
): Promise<{ open: Address[]; last: string | undefined }> {
  const r = await sql<Address & { seen: boolean }>`select p.unit_id as id, p.datestamp,
      exists (select 1 from holdings.unit u where u.id = p.unit_id) as seen
    from (select * from federation.published x where x.part = ${part} and not x.deleted
      ${after ? sql`and x.unit_id > ${after}::uuid` : sql``} order by x.unit_id limit ${limit}) p order by p.unit_id`.execute(
    tx,
  );
  const last = r.rows.length < limit ? undefined : r.rows.at(-1)?.id;
  return { open: r.rows.filter((row) => row.seen), last };
}

/** What was opened last, the newest first, of what is open still. */
export interface Opened extends Address {
  openedAt: Date;
  title: string;
  referenceCode: string | null;
  archiveName: string;
}

export async function openedLast(tx: Tx, limit: number): Promise<Opened[]> {
  const r = await sql<Opened>`select p.unit_id as id, p.datestamp, p.opened_at as "openedAt", u.title,
      u.reference_code as "referenceCode", a.name as "archiveName"
    from (select * from federation.published x where not x.deleted order by x.opened_at desc, x.unit_id desc limit ${limit * 3}) p
      join holdings.unit u on u.id = p.unit_id join holdings.archive a on a.id = u.archive_id
    order by p.opened_at desc, p.unit_id desc limit ${limit}`.execute(tx);
  return r.rows;
}

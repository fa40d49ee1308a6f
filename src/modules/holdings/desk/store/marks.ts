import { type Sql, sql } from '#kernel/db';

/** Document numbers of an archive that begin with a mark, with who issued them: of the mark itself first. */
export async function numbersMarked(
  tx: Sql,
  archiveId: string,
  mark: string,
  most: number,
): Promise<{ docNo: string; creator: string }[]> {
  const number = sql.raw('u.doc_no collate "C"');
  const r = await sql<{ docNo: string; creator: string | null }>`
    select u.doc_no as "docNo", u.creator from holdings.unit u
    where u.archive_id = ${archiveId} and u.doc_no is not null and ${number} >= ${mark}
      and ${number} < (${mark} || U&'\\+10FFFF') collate "C"
    order by ${number} limit ${most}`.execute(tx);
  return r.rows.flatMap(({ docNo, creator }) => (creator === null ? [] : [{ docNo, creator }]));
}

/** Names offices go by in an archive: its agencies and those whose records its fonds are. */
export async function officeNames(tx: Sql, archiveId: string, beginning: string): Promise<string[]> {
  const r = await sql<{ name: string }>`
    select name from holdings.agency where archive_id = ${archiveId} and left(name, 1) = ${beginning}
    union select name from holdings.fonds where archive_id = ${archiveId} and left(name, 1) = ${beginning} limit 5000`.execute(
    tx,
  );
  return r.rows.map((x) => x.name);
}

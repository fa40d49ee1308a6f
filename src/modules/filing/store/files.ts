import { type Sql, sql, type Tx } from '#kernel/db';

/** A file of a record. */
export interface FilingFile {
  id: string;
  recordId: string;
  position: number;
  name: string;
  mediaType: string | null;
  bytes: number;
  /** Lower-case hexadecimal. */
  sha512: string;
}

const COLUMNS = sql`f.id, f.record_id as "recordId", f.position, f.name, f.media_type as "mediaType",
  f.bytes::float8 as bytes, f.sha512`;

export type NewFile = Pick<FilingFile, 'id' | 'recordId' | 'name' | 'bytes' | 'sha512'>;

/** Adds files in their order behind those their records have, all in one statement. */
export async function insertFiles(
  tx: Tx,
  files: readonly NewFile[],
  by: { name: string; at: Date },
): Promise<void> {
  if (files.length === 0) return;
  await sql`insert into filing.file (id, record_id, position, name, media_type, bytes, sha512, added_by_name, added_at)
    select f.id, f."recordId", coalesce(b.last, 0) + row_number() over (partition by f."recordId" order by f.n), f.name, null,
      f.bytes, f.sha512, ${by.name}, ${by.at}
    from jsonb_to_recordset(${JSON.stringify(files.map((f, n) => ({ ...f, n })))}::jsonb)
        as f (id uuid, "recordId" uuid, n int, name text, bytes bigint, sha512 text)
      left join (select record_id, max(position) as last from filing.file
        where record_id = any(${[...new Set(files.map((f) => f.recordId))]}::uuid[]) group by record_id) b
      on b.record_id = f."recordId"`.execute(tx);
}

export async function deleteFile(tx: Tx, id: string): Promise<void> {
  await sql`delete from filing.file where id = ${id}`.execute(tx);
}

/** What a record's files come to, after they changed. */
export async function recountFiles(tx: Tx, recordId: string, at: Date): Promise<void> {
  await sql`update filing.record set files = c.n, bytes = c.bytes, updated_at = ${at}, version = version + 1
    from (select count(*)::int as n, coalesce(sum(bytes), 0)::bigint as bytes from filing.file where record_id = ${recordId}) c
    where id = ${recordId}`.execute(tx);
}

/** The files of some records, each record's in their order. */
export async function filesOf(on: Sql, recordIds: readonly string[]): Promise<FilingFile[]> {
  const r =
    await sql<FilingFile>`select ${COLUMNS} from filing.file f where f.record_id = any(${recordIds}::uuid[])
    order by f.record_id, f.position`.execute(on);
  return r.rows;
}

export async function fileById(on: Sql, recordId: string, id: string): Promise<FilingFile | undefined> {
  const r = await sql<FilingFile>`select ${COLUMNS} from filing.file f
    where f.id = ${id} and f.record_id = ${recordId}`.execute(on);
  return r.rows[0];
}

/** Which of these contents some record still has. For the owner: it asks beyond every reach. */
export async function contentsInUse(on: Sql, sha512: readonly string[]): Promise<Set<string>> {
  const r = await sql<{ sha512: string }>`select distinct sha512 from filing.file
    where sha512 = any(${sha512}::text[])`.execute(on);
  return new Set(r.rows.map((x) => x.sha512));
}

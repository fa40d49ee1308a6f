import { type RawBuilder, type Sql, sql, type Tx } from '#kernel/db';
import type { FondsLine } from '#kernel/fondsLines';
import type { DocumentText } from '../domain/document.ts';

export interface StoredFile {
  id: string;
  name: string;
  bytes: number;
  sha512: string;
}

export interface FondsDocument extends DocumentText {
  id: string;
  archiveId: string;
  fondsId: string;
  version: number;
  createdAt: Date;
  createdByName: string;
  updatedAt: Date;
  updatedByName: string;
  files: StoredFile[];
}

const COLUMNS = sql`d.id, d.archive_id as "archiveId", d.fonds_id as "fondsId", d.heading, d.title, d.dated, d.author, d.body, d.version,
  d.created_at as "createdAt", d.created_by_name as "createdByName", d.updated_at as "updatedAt", d.updated_by_name as "updatedByName",
  coalesce((select json_agg(json_build_object('id', f.id, 'name', f.name, 'bytes', f.bytes, 'sha512', f.sha512) order by f.position)
    from fondsfile.file f where f.document_id = d.id), '[]') as files`;

/** Documents of a fonds by their dates. */
export async function documentsOf(on: Sql, fondsId: string, limit: number): Promise<FondsDocument[]> {
  const r = await sql<FondsDocument>`select ${COLUMNS} from fondsfile.document d where d.fonds_id = ${fondsId}
    order by d.dated nulls last, d.id limit ${limit}`.execute(on);
  return r.rows;
}

export async function documentById(on: Sql, fondsId: string, id: string): Promise<FondsDocument | undefined> {
  const r =
    await sql<FondsDocument>`select ${COLUMNS} from fondsfile.document d where d.id = ${id} and d.fonds_id = ${fondsId}`.execute(
      on,
    );
  return r.rows[0];
}

export async function insertDocument(
  tx: Tx,
  d: DocumentText & { id: string; archiveId: string; fondsId: string; at: Date; byName: string },
): Promise<void> {
  await sql`insert into fondsfile.document (id, archive_id, fonds_id, heading, title, dated, author, body, created_at, created_by_name, updated_at,
      updated_by_name)
    values (${d.id}, ${d.archiveId}, ${d.fondsId}, ${d.heading}, ${d.title}, ${d.dated}, ${d.author}, ${d.body}, ${d.at}, ${d.byName}, ${d.at},
      ${d.byName})`.execute(tx);
}

/** @returns false where somebody was quicker */
export async function updateDocument(
  tx: Tx,
  d: DocumentText & { id: string; version: number; at: Date; byName: string },
): Promise<boolean> {
  const r =
    await sql`update fondsfile.document set heading = ${d.heading}, title = ${d.title}, dated = ${d.dated}, author = ${d.author},
      body = ${d.body}, version = version + 1, updated_at = ${d.at}, updated_by_name = ${d.byName}
    where id = ${d.id} and version = ${d.version}`.execute(tx);
  return Number(r.numAffectedRows) === 1;
}

export async function removeDocument(tx: Tx, id: string, version: number): Promise<boolean> {
  const r = await sql`delete from fondsfile.document where id = ${id} and version = ${version}`.execute(tx);
  return Number(r.numAffectedRows) === 1;
}

export async function insertFiles(
  tx: Tx,
  of: { documentId: string; archiveId: string; from: number },
  files: readonly StoredFile[],
): Promise<void> {
  for (const [i, f] of files.entries())
    await sql`insert into fondsfile.file (id, document_id, archive_id, position, name, bytes, sha512)
      values (${f.id}, ${of.documentId}, ${of.archiveId}, ${of.from + i}, ${f.name}, ${f.bytes}, ${f.sha512})`.execute(
      tx,
    );
}

export async function removeFile(tx: Tx, documentId: string, fileId: string): Promise<boolean> {
  const r =
    await sql`delete from fondsfile.file where id = ${fileId} and document_id = ${documentId}`.execute(tx);
  return Number(r.numAffectedRows) === 1;
}

/** Of some contents those a document still has. */
export async function contentsInUse(on: Sql, digests: readonly string[]): Promise<Set<string>> {
  const r = await sql<{
    sha512: string;
  }>`select distinct sha512 from fondsfile.file where sha512 = any(${[...digests]}::text[])`.execute(on);
  return new Set(r.rows.map((row) => row.sha512));
}

/** What modules know of a fonds, by the day. */
export async function linesOf(
  on: Sql,
  rows: readonly RawBuilder<unknown>[],
  limit: number,
): Promise<FondsLine[]> {
  const together = sql.join(
    rows.map((r) => sql`select * from (${r}) as s`),
    sql` union all `,
  );
  const r =
    await sql<FondsLine>`select * from (${together}) as l order by l.day, l.id limit ${limit}`.execute(on);
  return r.rows;
}

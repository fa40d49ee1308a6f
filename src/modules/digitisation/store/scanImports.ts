import { type Sql, sql, type Tx } from '#kernel/db';
import { LOOSE } from '../domain/scanMatch.ts';

export type ScanImportState = 'draft' | 'matching' | 'matched' | 'running' | 'done' | 'failed';
export type ScanFileState = 'matched' | 'unmatched' | 'held' | 'known' | 'rejected';

export interface ScanImport {
  id: string;
  archiveId: string;
  source: string;
  rule: string | null;
  state: ScanImportState;
  jobId: string | null;
  createdBy: string | null;
  createdByName: string;
  createdAt: Date;
  finishedAt: Date | null;
}

export interface ScanFile {
  seq: number;
  path: string;
  source: Buffer;
  name: Buffer;
  bytes: number;
  unitId: string | null;
  pageNo: number | null;
  state: ScanFileState;
  code: string | null;
  message: string | null;
}

const IMPORT = sql`id, archive_id as "archiveId", source, rule, state, job_id as "jobId", created_by as "createdBy",
  created_by_name as "createdByName", created_at as "createdAt", finished_at as "finishedAt"`;
const FILE = sql`seq, path, source, name, bytes, unit_id as "unitId", page_no as "pageNo", state, code, message`;

export async function insertScanImport(
  tx: Tx,
  s: Omit<ScanImport, 'state' | 'jobId' | 'finishedAt'>,
): Promise<void> {
  await sql`insert into digitisation.scan_import
      (id, archive_id, source, rule, created_by, created_by_name, created_at)
    values (${s.id}, ${s.archiveId}, ${s.source}, ${s.rule}, ${s.createdBy}, ${s.createdByName}, ${s.createdAt})`.execute(
    tx,
  );
}

export async function scanImportById(tx: Sql, id: string): Promise<ScanImport | undefined> {
  return (await sql<ScanImport>`select ${IMPORT} from digitisation.scan_import where id = ${id}`.execute(tx))
    .rows[0];
}

export async function scanImportPage(
  tx: Tx,
  o: { archiveId: string; before?: string; limit: number },
): Promise<ScanImport[]> {
  const r =
    await sql<ScanImport>`select ${IMPORT} from digitisation.scan_import where archive_id = ${o.archiveId}
    and (${o.before ?? null}::uuid is null or id < ${o.before ?? null}::uuid) order by id desc limit ${o.limit}`.execute(
      tx,
    );
  return r.rows;
}

export async function setScanState(
  tx: Sql,
  id: string,
  state: ScanImportState,
  o: { jobId?: string; finishedAt?: Date } = {},
): Promise<void> {
  await sql`update digitisation.scan_import set state = ${state}, job_id = coalesce(${o.jobId ?? null}::uuid, job_id),
    finished_at = ${o.finishedAt ?? null} where id = ${id}`.execute(tx);
}

export type NewScanFile = Omit<ScanFile, 'code' | 'message'> & {
  code?: string | null;
  message?: string | null;
};

/** Writes files in one statement; a second time (a resumed matching) overwrites what had not been taken in. */
export async function writeScanFiles(
  tx: Sql,
  importId: string,
  archiveId: string,
  files: readonly NewScanFile[],
): Promise<void> {
  await sql`insert into digitisation.scan_file
      (import_id, archive_id, seq, path, source, name, bytes, unit_id, page_no, state, code, message)
    select ${importId}, ${archiveId}, * from unnest(${files.map((f) => f.seq)}::int[], ${files.map((f) => f.path)}::text[],
      ${files.map((f) => f.source)}::bytea[], ${files.map((f) => f.name)}::bytea[], ${files.map((f) => f.bytes)}::bigint[], ${files.map((f) => f.unitId)}::uuid[],
      ${files.map((f) => f.pageNo)}::int[], ${files.map((f) => f.state)}::text[], ${files.map((f) => f.code ?? null)}::text[],
      ${files.map((f) => f.message ?? null)}::text[])
    on conflict (import_id, seq) do update set path = excluded.path, source = excluded.source, name = excluded.name, bytes = excluded.bytes,
      unit_id = excluded.unit_id, page_no = excluded.page_no, state = excluded.state, code = excluded.code,
      message = excluded.message
    where digitisation.scan_file.state in ('matched', 'unmatched')`.execute(tx);
}

/** The next unit of an import that has files waiting, in order. */
export async function nextUnit(tx: Sql, importId: string, after: string | null): Promise<string | undefined> {
  const r = await sql<{ id: string }>`select unit_id as id from digitisation.scan_file
    where import_id = ${importId} and state = 'matched' and (${after}::uuid is null or unit_id > ${after}::uuid)
    order by unit_id limit 1`.execute(tx);
  return r.rows[0]?.id;
}

/** Files of a unit that wait, some at a time, in the order of their pages, behind a place in it. */
export async function waitingFiles(
  tx: Sql,
  importId: string,
  unitId: string,
  after: Pick<ScanFile, 'pageNo' | 'seq'> | null,
  limit: number,
): Promise<ScanFile[]> {
  const last = 2_147_483_647;
  const behind = after
    ? sql`and (coalesce(page_no, ${last}), seq) > (${after.pageNo ?? last}::int, ${after.seq}::int)`
    : sql``;
  const r = await sql<ScanFile>`select ${FILE} from digitisation.scan_file
    where import_id = ${importId} and unit_id = ${unitId} and state = 'matched' ${behind}
    order by coalesce(page_no, ${last}), seq limit ${limit}`.execute(tx);
  return r.rows;
}

export async function markFiles(
  tx: Sql,
  importId: string,
  seqs: readonly number[],
  state: ScanFileState,
  why: { code?: string; message?: string } = {},
): Promise<void> {
  await sql`update digitisation.scan_file set state = ${state}, code = coalesce(${why.code ?? null}, code),
      message = coalesce(${why.message ?? null}, message) where import_id = ${importId} and seq = any(${seqs}::int[])`.execute(
    tx,
  );
}

/** The same for all files of a unit that wait. */
export async function markUnit(
  tx: Sql,
  importId: string,
  unitId: string,
  state: ScanFileState,
  why: { code: string; message: string },
): Promise<void> {
  await sql`update digitisation.scan_file set state = ${state}, code = ${why.code}, message = ${why.message}
    where import_id = ${importId} and unit_id = ${unitId} and state = 'matched'`.execute(tx);
}

export async function filePage(
  tx: Tx,
  o: { importId: string; state?: string; loose?: boolean; after?: number; limit: number },
): Promise<ScanFile[]> {
  const r = await sql<ScanFile>`
    select ${FILE} from digitisation.scan_file where import_id = ${o.importId}
      and (${o.state ?? null}::text is null or state = ${o.state ?? null})
      and (not ${o.loose ?? false} or code = ${LOOSE}) and seq > ${o.after ?? -1}
    order by seq limit ${o.limit}`.execute(tx);
  return r.rows;
}

export interface ScanCounts {
  files: number;
  matched: number;
  unmatched: number;
  held: number;
  known: number;
  rejected: number;
  /** Of those matched, held or known: by a name that leaves out leading zeros. */
  loose: number;
  units: number;
}

export async function countFiles(tx: Sql, importId: string): Promise<ScanCounts> {
  const r = await sql<ScanCounts>`select count(*)::int as files,
      count(*) filter (where state = 'matched')::int as matched, count(*) filter (where state = 'unmatched')::int as unmatched,
      count(*) filter (where state = 'held')::int as held, count(*) filter (where state = 'known')::int as known,
      count(*) filter (where state = 'rejected')::int as rejected, count(*) filter (where code = ${LOOSE})::int as loose,
      count(distinct unit_id)::int as units
    from digitisation.scan_file where import_id = ${importId}`.execute(tx);
  return r.rows[0]!;
}

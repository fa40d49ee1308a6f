import { type Sql, sql, type Tx } from '#kernel/db';
import type { Place } from '../reading/validate.ts';
import { NO_PREVIEW, type Preview } from '../run/preview.ts';
import type { FindingCode, ImportOptions, Sheet } from '../types.ts';

export type ImportState =
  | 'draft'
  | 'checking'
  | 'checked'
  | 'running'
  | 'done'
  | 'failed'
  | 'takingBack'
  | 'takenBack';

export interface Counts {
  /** Rows of data dealt with. */
  total: number;
  /** Entries and fonds made (or, while checking, that would be). */
  accepted: number;
  rejected: number;
  /** Rows that say what is held already. */
  unchanged: number;
  /** Entries overwritten, where that was asked for. */
  updated: number;
  /** Entries in which what was empty was filled. */
  merged: number;
  /** Rows passed over because their entry is held. */
  skipped: number;
  /** Rows of data by the sheet's index. */
  bySheet: Record<number, number>;
}

export const NO_COUNTS: Counts = {
  total: 0,
  accepted: 0,
  rejected: 0,
  unchanged: 0,
  updated: 0,
  merged: 0,
  skipped: 0,
  bySheet: {},
};

export interface ProblemCount {
  code: FindingCode;
  rejecting: boolean;
  count: number;
  examples: {
    sheet: number;
    row: number;
    column: number | null;
    value: string;
    params?: Record<string, string | number>;
  }[];
}

export interface TakenBack {
  reason: string;
  removed: number;
  kept: number;
  /** Entries that were put back as they were, and changes that were left because others followed. */
  restored?: number;
  left?: number;
  changeset?: string;
}

export interface ImportRecord {
  id: string;
  archiveId: string;
  fileName: string;
  filePath: string;
  fileSha256: string;
  format: string;
  encoding: string | null;
  state: ImportState;
  sheets: Sheet[];
  options: ImportOptions;
  profileId: string | null;
  /** What people called that profile. */
  profileName: string | null;
  counts: Counts;
  problems: ProblemCount[];
  /** What it does to entries that are held. */
  preview: Preview;
  place: Place;
  takenBack: TakenBack | null;
  jobId: string | null;
  createdAt: Date;
  createdBy: string | null;
  createdByName: string;
  finishedAt: Date | null;
}

type Row = Omit<ImportRecord, 'place' | 'counts' | 'preview'> & {
  preview: Partial<Preview>;
  placeSheet: number;
  placeRow: number;
  counts: Partial<Counts>;
};

const COLUMNS = sql`id, archive_id as "archiveId", file_name as "fileName", file_path as "filePath",
  file_sha256 as "fileSha256", format, encoding, state, sheets, options, profile_id as "profileId",
  (select p.name from holdings.import_profile p where p.id = profile_id) as "profileName", counts, problems, preview,
  place_sheet as "placeSheet", place_row as "placeRow", taken_back as "takenBack", job_id as "jobId",
  created_at as "createdAt", created_by as "createdBy", created_by_name as "createdByName", finished_at as "finishedAt"`;

function record({ placeSheet, placeRow, ...r }: Row): ImportRecord {
  return {
    ...r,
    preview: { ...structuredClone(NO_PREVIEW), ...r.preview },
    counts: { ...NO_COUNTS, ...r.counts },
    place: { sheet: placeSheet, row: placeRow },
  };
}

export async function insertImport(tx: Sql, r: ImportRecord): Promise<void> {
  await sql`insert into holdings.import (id, archive_id, file_name, file_path, file_sha256, format, encoding, state,
      sheets, options, profile_id, created_at, created_by, created_by_name)
    values (${r.id}, ${r.archiveId}, ${r.fileName}, ${r.filePath}, ${r.fileSha256}, ${r.format}, ${r.encoding}, ${r.state},
      ${JSON.stringify(r.sheets)}::jsonb, ${JSON.stringify(r.options)}::jsonb, ${r.profileId}, ${r.createdAt},
      ${r.createdBy}, ${r.createdByName})`.execute(tx);
}

export async function importById(tx: Sql, id: string): Promise<ImportRecord | undefined> {
  const r = await sql<Row>`select ${COLUMNS} from holdings.import where id = ${id}`.execute(tx);
  return r.rows[0] && record(r.rows[0]);
}

/** The newest imports of an archive. */
/** Until the transaction ends nobody else hands over what this import set apart. */
export async function holdHandOver(tx: Sql, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`import handed over ${id}`}, 0))`.execute(tx);
}

export async function importPage(
  tx: Sql,
  o: { archiveId: string; before?: string; limit: number },
): Promise<ImportRecord[]> {
  const before = o.before ? sql`and id < ${o.before}` : sql``;
  const r = await sql<Row>`select ${COLUMNS} from holdings.import where archive_id = ${o.archiveId} ${before}
    order by id desc limit ${o.limit}`.execute(tx);
  return r.rows.map(record);
}

export async function saveMapping(
  tx: Tx,
  id: string,
  o: { sheets: Sheet[]; options: ImportOptions; profileId: string | null },
): Promise<void> {
  await sql`update holdings.import set sheets = ${JSON.stringify(o.sheets)}::jsonb, options = ${JSON.stringify(o.options)}::jsonb,
    profile_id = ${o.profileId}, state = 'draft' where id = ${id}`.execute(tx);
}

/** Moves an import on if it is in one of the states given. False when it is not. */
export async function enterState(
  tx: Tx,
  id: string,
  from: readonly ImportState[],
  to: ImportState,
  o: { jobId?: string; finishedAt?: Date; takenBack?: TakenBack } = {},
): Promise<boolean> {
  const r = await sql`update holdings.import set state = ${to}, job_id = coalesce(${o.jobId ?? null}, job_id),
      finished_at = coalesce(${o.finishedAt ?? null}, finished_at),
      taken_back = coalesce(${o.takenBack ? JSON.stringify(o.takenBack) : null}::jsonb, taken_back)
    where id = ${id} and state = any(${from}::text[])`.execute(tx);
  return Number(r.numAffectedRows) === 1;
}

/** How far an import got; written with the rows themselves. */
export async function saveProgressOf(
  tx: Tx,
  id: string,
  o: { counts: Counts; problems: readonly ProblemCount[]; preview: Preview; place: Place },
): Promise<void> {
  await sql`update holdings.import set counts = ${JSON.stringify(o.counts)}::jsonb,
    problems = ${JSON.stringify(o.problems)}::jsonb, preview = ${JSON.stringify(o.preview)}::jsonb, place_sheet = ${o.place.sheet}, place_row = ${o.place.row}
    where id = ${id}`.execute(tx);
}

/** Exact numbers of rows, once all were read. */
export async function saveSheets(tx: Tx, id: string, sheets: readonly Sheet[]): Promise<void> {
  await sql`update holdings.import set sheets = ${JSON.stringify(sheets)}::jsonb where id = ${id}`.execute(
    tx,
  );
}

/** An import of the same file in an archive that was begun and not finished. */
export async function unfinishedImport(
  tx: Sql,
  archiveId: string,
  fileSha256: string,
): Promise<ImportRecord | undefined> {
  const r = await sql<Row>`select ${COLUMNS} from holdings.import where archive_id = ${archiveId}
    and file_sha256 = ${fileSha256} and state in ('running', 'failed') order by id desc limit 1`.execute(tx);
  return r.rows[0] && record(r.rows[0]);
}

/** What was chosen when the same file was taken in before: under another name it is still the same file. */
export async function optionsBefore(
  tx: Sql,
  archiveId: string,
  fileSha256: string,
): Promise<ImportOptions | undefined> {
  const r = await sql<{
    options: ImportOptions;
  }>`select options from holdings.import where archive_id = ${archiveId}
    and file_sha256 = ${fileSha256} and state = 'done' order by id desc limit 1`.execute(tx);
  return r.rows[0]?.options;
}

/** Where an import stands, its row locked until the transaction ends. */
export async function lockedPlace(
  tx: Tx,
  id: string,
): Promise<{ state: string; sheet: number; row: number } | undefined> {
  const r = await sql<{ state: string; sheet: number; row: number }>`
    select state, place_sheet as sheet, place_row as row from holdings.import where id = ${id} for update`.execute(
    tx,
  );
  return r.rows[0];
}

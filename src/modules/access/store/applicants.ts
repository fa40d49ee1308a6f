import { type Sql, sql, type Tx } from '#kernel/db';

/** An applicant as stored: closed, with what it is found by. */
export interface ClosedApplicant {
  closed: string;
  key: string;
  name: Buffer | null;
  idNumber: Buffer | null;
  telephone: Buffer | null;
}

/** A row an earlier version wrote: masked in the open, in full closed under the master key (since 0071). */
export interface UnclosedRow {
  id: string;
  archiveId: string;
  name: string;
  idNumber: string;
  sealed: string | null;
}

/** A row with its applicant as stored. */
export interface ClosedRow {
  id: string;
  archiveId: string;
  applicant: string;
}

export async function putApplicant(tx: Tx, id: string, a: ClosedApplicant): Promise<void> {
  await sql`update access.certificate set applicant = ${a.closed}, applicant_key = ${a.key},
    applicant_name_match = ${a.name}, applicant_id_match = ${a.idNumber}, applicant_telephone_match = ${a.telephone},
    applicant_name = null, applicant_id_number = null, applicant_sealed = null
    where id = ${id}`.execute(tx);
}

/** Rows an earlier version wrote, locked. */
export async function unclosedRows(tx: Tx, limit: number, after: string | null): Promise<UnclosedRow[]> {
  const r = await sql<UnclosedRow>`select id, archive_id as "archiveId", coalesce(applicant_name, '') as name,
      coalesce(applicant_id_number, '') as "idNumber", applicant_sealed as sealed
    from access.certificate where applicant is null and (${after}::uuid is null or id > ${after}::uuid) order by id limit ${limit} for update`.execute(
    tx,
  );
  return r.rows;
}

/** Rows closed under a key that was replaced, locked. */
export async function rowsUnderReplacedKeys(
  tx: Tx,
  limit: number,
  after: string | null,
): Promise<ClosedRow[]> {
  const r = await sql<ClosedRow>`
    select c.id, c.archive_id as "archiveId", c.applicant from access.certificate c
    where c.applicant_key in (select k.id from lantai.data_key k where k.retired_at is not null)
      and (${after}::uuid is null or c.id > ${after}::uuid)
    order by c.id limit ${limit} for update of c`.execute(tx);
  return r.rows;
}

/**
 * Requests that are over since before a moment and still hold the applicant in full, locked. A copy that is valid for a
 * time is over when that is.
 */
export async function applicantsDue(tx: Tx, over: Date, limit: number): Promise<DueRow[]> {
  const r = await sql<DueRow>`
    select c.id, c.archive_id as "archiveId", c.unit_id as "unitId", c.number, c.applicant from access.certificate c
    where c.applicant_ended_at is null and c.state in ('issued', 'rejected', 'revoked') and c.applicant is not null
      and greatest(c.decided_at, c.issued_at, c.revoked_at, c.valid_until::timestamptz) <= ${over}
    order by c.id limit ${limit} for update of c skip locked`.execute(tx);
  return r.rows;
}

export interface DueRow extends ClosedRow {
  unitId: string;
  number: string | null;
}

export async function endApplicant(tx: Tx, id: string, at: Date): Promise<void> {
  await sql`update access.certificate set applicant_ended_at = ${at} where id = ${id}`.execute(tx);
}

const COLUMN = {
  name: sql`applicant_name_match`,
  idNumber: sql`applicant_id_match`,
  telephone: sql`applicant_telephone_match`,
} as const;

/** Requests of an archive whose applicant has this value, newest first. */
export async function certificatesOfApplicant(
  tx: Sql,
  archiveId: string,
  field: keyof typeof COLUMN,
  matches: readonly Buffer[],
  limit: number,
): Promise<string[]> {
  const r = await sql<{ id: string }>`select id from access.certificate
    where archive_id = ${archiveId} and ${COLUMN[field]} = any(${matches}::bytea[])
    order by id desc limit ${limit}`.execute(tx);
  return r.rows.map((row) => row.id);
}

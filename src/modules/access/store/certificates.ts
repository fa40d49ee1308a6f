import { type Sql, sql, type Tx } from '#kernel/db';
import type { ClosedApplicant } from './applicants.ts';

export type CertificateState = 'requested' | 'approved' | 'issued' | 'rejected' | 'revoked';

/** A certified copy, from its request on. */
export interface Certificate {
  id: string;
  archiveId: string;
  unitId: string;
  number: string | null;
  pages: number[];
  include: 'images' | 'text' | 'both';
  matter: string;
  purpose: string;
  language: 'zh-CN' | 'zh-TW' | 'en';
  /** The applicant, closed; empty while a row of an earlier version has not been closed yet. */
  applicant: string | null;
  applicantIdType: string;
  /** When the applicant's identity was reduced to its mask, its time being over. */
  applicantEndedAt: Date | null;
  validUntil: string | null;
  state: CertificateState;
  requestedBy: string;
  requestedByName: string;
  requestedAt: Date;
  decidedBy: string | null;
  decidedByName: string | null;
  decidedAt: Date | null;
  note: string | null;
  jobId: string | null;
  issuedAt: Date | null;
  sha256: string | null;
  /** Path of the PDF below the certificates folder. */
  file: string | null;
  revokedAt: Date | null;
  revocationReason: string | null;
}

const COLUMNS = sql`id, archive_id as "archiveId", unit_id as "unitId", number, pages, include, matter, purpose, language,
  applicant, applicant_id_type as "applicantIdType", applicant_ended_at as "applicantEndedAt",
  valid_until as "validUntil", state, requested_by as "requestedBy", requested_by_name as "requestedByName",
  requested_at as "requestedAt", decided_by as "decidedBy", decided_by_name as "decidedByName", decided_at as "decidedAt",
  note, job_id as "jobId", issued_at as "issuedAt", sha256, file, revoked_at as "revokedAt",
  revocation_reason as "revocationReason"`;

export type NewCertificate = Pick<
  Certificate,
  | 'id'
  | 'archiveId'
  | 'unitId'
  | 'pages'
  | 'include'
  | 'matter'
  | 'purpose'
  | 'language'
  | 'applicantIdType'
  | 'validUntil'
  | 'requestedBy'
  | 'requestedByName'
  | 'requestedAt'
> & { applicant: ClosedApplicant };

export async function insertCertificate(tx: Tx, c: NewCertificate): Promise<void> {
  const a = c.applicant;
  await sql`insert into access.certificate (id, archive_id, unit_id, pages, include, matter, purpose, language,
      applicant_id_type, applicant, applicant_key, applicant_name_match, applicant_id_match, applicant_telephone_match,
      valid_until, requested_by, requested_by_name, requested_at)
    values (${c.id}, ${c.archiveId}, ${c.unitId}, ${c.pages}::int[], ${c.include}, ${c.matter}, ${c.purpose}, ${c.language},
      ${c.applicantIdType}, ${a.closed}, ${a.key}, ${a.name}, ${a.idNumber}, ${a.telephone}, ${c.validUntil},
      ${c.requestedBy}, ${c.requestedByName}, ${c.requestedAt})`.execute(tx);
}

export async function certificateById(tx: Sql, id: string, lock = false): Promise<Certificate | undefined> {
  const r = await sql<Certificate>`select ${COLUMNS} from access.certificate where id = ${id}
    ${lock ? sql`for update` : sql``}`.execute(tx);
  return r.rows[0];
}

/** Those of some units of which a certified copy is asked for or approved, and not made yet. */
export async function unitsBeingCertified(tx: Sql, unitIds: readonly string[]): Promise<Set<string>> {
  const r = await sql<{ id: string }>`select distinct unit_id as id from access.certificate
    where unit_id = any(${unitIds}::uuid[]) and state in ('requested', 'approved')`.execute(tx);
  return new Set(r.rows.map((x) => x.id));
}

/** Numbers of the certified copies that were made of some units, those taken back included. */
export async function numbersOf(tx: Sql, unitIds: readonly string[]): Promise<string[]> {
  const r = await sql<{ number: string }>`select number from access.certificate
    where unit_id = any(${unitIds}::uuid[]) and state in ('issued', 'revoked') and number is not null order by number`.execute(
    tx,
  );
  return r.rows.map((x) => x.number);
}

export async function certificateByNumber(tx: Sql, number: string): Promise<Certificate | undefined> {
  const r =
    await sql<Certificate>`select ${COLUMNS} from access.certificate where number = ${number}`.execute(tx);
  return r.rows[0];
}

export async function certificatePage(
  tx: Tx,
  o: { archiveId?: string; state?: string; unitId?: string; before?: string; limit: number },
): Promise<Certificate[]> {
  const r = await sql<Certificate>`select ${COLUMNS} from access.certificate
    where (${o.archiveId ?? null}::uuid is null or archive_id = ${o.archiveId ?? null}::uuid)
      and (${o.state ?? null}::text is null or state = ${o.state ?? null})
      and (${o.unitId ?? null}::uuid is null or unit_id = ${o.unitId ?? null}::uuid)
      and (${o.before ?? null}::uuid is null or id < ${o.before ?? null}::uuid)
    order by id desc limit ${o.limit}`.execute(tx);
  return r.rows;
}

/** The next running number of an archive and year; gives the row's lock until the transaction ends. */
export async function nextCertificateNumber(tx: Tx, archiveId: string, year: number): Promise<number> {
  const r = await sql<{ last: number }>`insert into access.certificate_counter (archive_id, year, last)
    values (${archiveId}, ${year}, 1) on conflict (archive_id, year)
    do update set last = access.certificate_counter.last + 1 returning last`.execute(tx);
  return r.rows[0]!.last;
}

export async function decideCertificateRow(
  tx: Tx,
  c: {
    id: string;
    state: 'approved' | 'rejected';
    number: string | null;
    by: string;
    byName: string;
    at: Date;
    note: string | null;
    jobId: string | null;
  },
): Promise<void> {
  await sql`update access.certificate set state = ${c.state}, number = ${c.number}, decided_by = ${c.by},
    decided_by_name = ${c.byName}, decided_at = ${c.at}, note = ${c.note}, job_id = ${c.jobId} where id = ${c.id}`.execute(
    tx,
  );
}

export async function issueCertificateRow(
  tx: Tx,
  c: { id: string; at: Date; sha256: string; file: string },
): Promise<boolean> {
  const r =
    await sql`update access.certificate set state = 'issued', issued_at = ${c.at}, sha256 = ${c.sha256},
    file = ${c.file} where id = ${c.id} and state = 'approved'`.execute(tx);
  return Number(r.numAffectedRows) === 1;
}

export async function revokeCertificateRow(tx: Tx, id: string, at: Date, reason: string): Promise<boolean> {
  const r =
    await sql`update access.certificate set state = 'revoked', revoked_at = ${at}, revocation_reason = ${reason}
    where id = ${id} and state = 'issued'`.execute(tx);
  return Number(r.numAffectedRows) === 1;
}

export async function revokedOf(
  tx: Sql,
  archiveId: string,
): Promise<{ number: string; at: Date; reason: string }[]> {
  const r = await sql<{ number: string; at: Date; reason: string }>`
    select number, revoked_at as at, revocation_reason as reason from access.certificate
    where archive_id = ${archiveId} and state = 'revoked' order by revoked_at`.execute(tx);
  return r.rows;
}

import { type Sql, sql, type Tx } from '#kernel/db';
import type { CertificateFacts } from '../domain/trustedCertificate.ts';

export interface TrustedCertificate extends Omit<CertificateFacts, 'der'> {
  id: string;
  archiveId: string;
  usedFor: string;
  state: 'proposed' | 'inForce' | 'declined' | 'ended';
  proposedBy: string | null;
  proposedByName: string;
  proposedAt: Date;
  decidedByName: string | null;
  decidedAt: Date | null;
  endedByName: string | null;
  endedAt: Date | null;
  endReason: string | null;
}

const COLUMNS = sql`id, archive_id as "archiveId", fingerprint, subject, issuer, serial, algorithm, may_issue as "mayIssue",
  not_before as "notBefore", not_after as "notAfter", used_for as "usedFor", state, proposed_by as "proposedBy",
  proposed_by_name as "proposedByName", proposed_at as "proposedAt", decided_by_name as "decidedByName",
  decided_at as "decidedAt", ended_by_name as "endedByName", ended_at as "endedAt", end_reason as "endReason"`;
const MOST = 1_000;

/** Those of an archive, the newest first: what awaits a decision, what is in force, and what was. */
export async function trustedCertificatesOf(db: Sql, archiveId: string): Promise<TrustedCertificate[]> {
  const r = await sql<TrustedCertificate>`select ${COLUMNS} from checks.trusted_certificate
    where archive_id = ${archiveId} order by id desc limit ${MOST}`.execute(db);
  return r.rows;
}

export async function trustedCertificateById(db: Sql, id: string): Promise<TrustedCertificate | undefined> {
  const r =
    await sql<TrustedCertificate>`select ${COLUMNS} from checks.trusted_certificate where id = ${id}`.execute(
      db,
    );
  return r.rows[0];
}

/** The certificates in force of some archives, DER. */
export async function certificatesInForce(db: Sql, archiveIds: readonly string[]): Promise<Buffer[]> {
  const r = await sql<{ der: Buffer }>`select distinct on (fingerprint) der from checks.trusted_certificate
    where archive_id = any (${archiveIds}::uuid[]) and state = 'inForce' order by fingerprint limit ${MOST}`.execute(
    db,
  );
  return r.rows.map(({ der }) => der);
}

/** @returns false where the archive trusts it already, or somebody proposed it */
export async function insertTrustedCertificate(
  tx: Tx,
  c: CertificateFacts &
    Pick<TrustedCertificate, 'id' | 'archiveId' | 'usedFor' | 'proposedBy' | 'proposedByName' | 'proposedAt'>,
): Promise<boolean> {
  const r =
    await sql`insert into checks.trusted_certificate (id, archive_id, fingerprint, der, subject, issuer, serial,
      algorithm, may_issue, not_before, not_after, used_for, proposed_by, proposed_by_name, proposed_at)
    values (${c.id}, ${c.archiveId}, ${c.fingerprint}, ${c.der}, ${c.subject}, ${c.issuer}, ${c.serial}, ${c.algorithm},
      ${c.mayIssue}, ${c.notBefore}, ${c.notAfter}, ${c.usedFor}, ${c.proposedBy}, ${c.proposedByName}, ${c.proposedAt})
    on conflict (archive_id, fingerprint) where state in ('proposed', 'inForce') do nothing`.execute(tx);
  return Number(r.numAffectedRows ?? 0) === 1;
}

interface By {
  byId: string | null;
  byName: string;
  at: Date;
}

/** @returns false where it was decided already */
export async function decideTrustedCertificate(
  tx: Tx,
  id: string,
  o: By & { state: 'inForce' | 'declined' },
): Promise<boolean> {
  const r = await sql`update checks.trusted_certificate set state = ${o.state}, decided_by = ${o.byId},
    decided_by_name = ${o.byName}, decided_at = ${o.at} where id = ${id} and state = 'proposed'`.execute(tx);
  return Number(r.numAffectedRows ?? 0) === 1;
}

/** @returns false where it is not in force */
export async function endTrustedCertificate(
  tx: Tx,
  id: string,
  o: By & { reason: string },
): Promise<boolean> {
  const r = await sql`update checks.trusted_certificate set state = 'ended', ended_by = ${o.byId},
    ended_by_name = ${o.byName}, ended_at = ${o.at}, end_reason = ${o.reason}
    where id = ${id} and state = 'inForce'`.execute(tx);
  return Number(r.numAffectedRows ?? 0) === 1;
}

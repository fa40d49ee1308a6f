import { join } from 'node:path';
import { type FileVerdict, signRevocationList, verifyFile } from '#formats/certificate';
import { type Actor, scopeOf } from '#kernel/actor';
import { dayIn } from '#kernel/calendar';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import { Refusal } from '#kernel/errors';
import { ValueBroken } from '#kernel/personal-data';
import { openApplicant } from './applicants.ts';
import { demandFor, mayFor, noCertificate } from './demandFor.ts';
import type { AccessDeps } from './deps.ts';
import { type Applicant, maskedApplicant } from './domain/applicant.ts';
import {
  type Certificate,
  certificateById,
  certificateByNumber,
  certificatePage,
  revokedOf,
} from './store/certificates.ts';

const LIST_IS_CURRENT_MS = 7 * 86_400_000;

/** @throws Refusal certificate.notFound, also when it belongs to another archive */
export function readCertificate(deps: AccessDeps, actor: Actor, id: string): Promise<Certificate> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const c = await certificateById(tx, id);
    if (!c) throw noCertificate();
    return c;
  });
}

export function listCertificates(
  deps: AccessDeps,
  actor: Actor,
  o: { archiveId?: string; state?: string; unitId?: string; cursor?: string; limit: number },
): Promise<{ items: Certificate[]; next: string | null }> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const before = o.cursor ? String(decodeCursor(o.cursor, ['string'])[0]) : undefined;
    const rows = await certificatePage(tx, { ...o, before, limit: o.limit + 1 });
    const items = rows.slice(0, o.limit);
    return { items, next: rows.length > o.limit ? encodeCursor([items.at(-1)!.id]) : null };
  });
}

/** Requests that wait in the archives one works in, the newest first, and whether the actor's posts let him decide each. */
export function certificatesWaiting(
  deps: AccessDeps,
  actor: Actor,
  limit: number,
): Promise<(Certificate & { mayDecide: boolean })[]> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const rows = await certificatePage(tx, { state: 'requested', limit });
    const may = await mayFor(deps, tx, actor, 'certificate.approve', rows);
    return rows.map((c) => ({ ...c, mayDecide: may.has(c.id) }));
  });
}

/** Applicants masked, by certificate. The rows were read under the asker's scope. */
export function maskedApplicants(
  deps: AccessDeps,
  certificates: readonly Certificate[],
): Promise<Map<string, Omit<Applicant, 'idType'>>> {
  return deps.db.system(async (tx) => {
    const masked = new Map<string, Omit<Applicant, 'idType'>>();
    for (const c of certificates) {
      try {
        masked.set(c.id, maskedApplicant(await openApplicant(deps.vault, tx, c)));
      } catch (e) {
        // One that does not open must not take the whole list away; its own page says what is wrong.
        if (!(e instanceof ValueBroken)) throw e;
        masked.set(c.id, { name: '〇', idNumber: '***', telephone: null, address: null, agent: null });
      }
    }
    return masked;
  });
}

/** Path of an issued PDF. @throws Refusal certificate.notFound, certificate.wrongState */
export async function certificateFile(
  deps: AccessDeps,
  actor: Actor,
  id: string,
): Promise<{ path: string; name: string }> {
  const c = await deps.db.as(scopeOf(actor), async (tx) => {
    const found = await certificateById(tx, id);
    if (!found) throw noCertificate();
    // Who approves or takes back a paper sees it as well as who hands it over.
    await demandFor(deps, tx, actor, ['certificate.request', 'certificate.approve'], found);
    return found;
  });
  await deps.demandPrint(actor, c.unitId);
  if (!c.file || !c.number)
    throw new Refusal('certificate.wrongState', 'This certified copy has not been made yet.');
  return { path: join(deps.folder, c.file), name: `${c.number}.pdf` };
}

/** What the public check page tells of a number: nothing of the record, since numbers can be guessed. */
export interface PublicCertificate {
  number: string;
  archiveName: string;
  state: 'issued' | 'revoked';
  issuedAt: Date;
  validUntil: string | null;
  expired: boolean;
  revokedAt: Date | null;
  revocationReason: string | null;
  sha256: string;
}

/** A certificate by its printed number, for anybody; undefined when no such copy was ever issued. */
export async function publicCertificate(
  deps: AccessDeps,
  number: string,
): Promise<PublicCertificate | undefined> {
  const c = await certificateByNumber(deps.db.owner, number.trim());
  if (!c?.issuedAt || !c.number || !c.sha256 || (c.state !== 'issued' && c.state !== 'revoked'))
    return undefined;
  const archive = (await deps.archives()).find((a) => a.id === c.archiveId);
  return {
    number: c.number,
    archiveName: archive?.name ?? '',
    state: c.state,
    issuedAt: c.issuedAt,
    validUntil: c.validUntil,
    expired: c.validUntil !== null && c.validUntil < dayIn(deps.clock.now(), deps.timeZone),
    revokedAt: c.revokedAt,
    revocationReason: c.revocationReason,
    sha256: c.sha256,
  };
}

/** All public certificates of an archive, as PEM text: for `verify --trust`. */
export async function trustOf(deps: AccessDeps, archiveCode: string): Promise<string> {
  const archive = (await deps.archives()).find((a) => a.code === archiveCode);
  if (!archive) throw new Refusal('archive.notFound', 'There is no such archive.');
  await deps.db.system((tx) => deps.keyring.signing(tx, archive));
  return deps.keyring.trustBundle(deps.db.owner, archive.id);
}

/** The archive's signed list of certified copies it took back. */
export async function revocationsOf(deps: AccessDeps, archiveCode: string): Promise<Buffer> {
  const archive = (await deps.archives()).find((a) => a.code === archiveCode);
  if (!archive) throw new Refusal('archive.notFound', 'There is no such archive.');
  const now = deps.clock.now();
  return deps.db.system(async (tx) => {
    const revoked = await revokedOf(tx, archive.id);
    const keys = await deps.keyring.signing(tx, archive);
    return signRevocationList(keys, {
      revoked: revoked.map((r) => ({ number: r.number, date: r.at.toISOString(), reason: r.reason })),
      now,
      nextUpdate: new Date(now.getTime() + LIST_IS_CURRENT_MS),
    });
  });
}

/** Verifies an uploaded file under the keys of all archives of this install, revocations included. */
export async function verifyUpload(deps: AccessDeps, bytes: Uint8Array): Promise<FileVerdict> {
  const archives = await deps.archives();
  const trust: string[] = [];
  for (const a of archives) {
    const pem = await deps.keyring.trustBundle(deps.db.owner, a.id);
    if (pem !== '') trust.push(pem);
  }
  const now = deps.clock.now();
  if (trust.length === 0) return { verdict: 'unknown', signer: null, revocation: 'not-checked', reasons: [] };
  const first = await verifyFile(bytes, { trust, now });
  const code = first.signer?.archiveCode;
  if (!code) return first;
  return verifyFile(bytes, { trust, now, revocations: await revocationsOf(deps, code) });
}

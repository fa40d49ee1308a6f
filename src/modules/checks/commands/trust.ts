import { type Actor, auditActor, can, demand, scopeOf } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import { demandOther } from '#kernel/four-eyes';
import { certificatePem } from '#kernel/signing/pem';
import type { ChecksDeps } from '../deps.ts';
import { readOneCertificate } from '../domain/trustedCertificate.ts';
import {
  certificatesInForce,
  decideTrustedCertificate,
  endTrustedCertificate,
  insertTrustedCertificate,
  type TrustedCertificate,
  trustedCertificateById,
  trustedCertificatesOf,
} from '../store/trustedCertificates.ts';
import { demandCheck, noArchive } from './reach.ts';

const noCertificate = () =>
  new Refusal('trustedCertificate.notFound', 'There is no such certificate, or it is beyond your rights.');
const isOver = (state: string | undefined) =>
  new Refusal('trustedCertificate.wrongState', 'This certificate is in another state by now.', {
    state: state ?? null,
  });

/** Whoever sees how the archive checks sees whom it trusts: who sees its keeping, or all that its agencies file. */
function sees(actor: Actor, archiveId: string): boolean {
  return (
    can(actor, 'preservation.read', archiveId) ||
    (scopeOf(actor).filing?.archives.includes(archiveId) ?? false)
  );
}

/** What an archive trusts, trusted, and is asked to trust. @throws Refusal archive.notFound */
export async function trustOf(
  deps: Pick<ChecksDeps, 'db'>,
  actor: Actor,
  archiveId: string,
): Promise<TrustedCertificate[]> {
  if (!sees(actor, archiveId)) throw noArchive();
  return deps.db.as(scopeOf(actor), (tx) => trustedCertificatesOf(tx, archiveId));
}

/** The certificates in force of some archives, as PEM texts: for whoever judges signatures there. For the system. */
export async function trustInForce(
  { db }: Pick<ChecksDeps, 'db'>,
  archiveIds: readonly string[],
): Promise<string[]> {
  return (await certificatesInForce(db.owner, archiveIds)).map((der) => certificatePem(der));
}

/**
 * Proposes to trust a certificate; another person decides.
 *
 * @param o.file PEM or DER @param o.usedFor what it is trusted for
 * @throws Refusal `trustedCertificate.unreadable`, `.several`, `.privateKey`, `.known`, `check.noReason`
 */
export async function proposeTrust(
  deps: ChecksDeps,
  actor: Actor,
  o: { archiveId: string; file: Buffer; usedFor: string },
): Promise<string> {
  const { archiveId } = o;
  demand(actor, 'preservation.manage', archiveId, noArchive());
  const usedFor = o.usedFor.trim();
  if (usedFor === '') throw new Refusal('check.noReason', 'Say what the certificate is trusted for.');
  const facts = readOneCertificate(o.file);
  const id = deps.newId();
  await deps.db.system(async (tx) => {
    const isNew = await insertTrustedCertificate(tx, {
      id,
      archiveId,
      usedFor,
      proposedBy: actor.id,
      proposedByName: actor.name,
      proposedAt: deps.clock.now(),
      ...facts,
    });
    if (!isNew)
      throw new Refusal('trustedCertificate.known', 'This certificate is trusted already, or proposed.', {
        fingerprint: facts.fingerprint,
      });
    await tell(deps, tx, actor, 'proposed', { id, archiveId, ...facts }, { usedFor });
  });
  return id;
}

/** Puts a certificate into force, or declines it. @throws Refusal `trustedCertificate.samePerson`, `.wrongState`, `.notFound` */
export async function decideOnTrust(
  deps: ChecksDeps,
  actor: Actor,
  id: string,
  approve: boolean,
): Promise<void> {
  const found = await managed(deps, actor, id);
  demandOther(actor, found.proposedBy, 'trustedCertificate', found.archiveId);
  const by = { byId: actor.id, byName: actor.name, at: deps.clock.now() };
  await deps.db.system(async (tx) => {
    const state = approve ? 'inForce' : 'declined';
    if (!(await decideTrustedCertificate(tx, id, { state, ...by }))) throw isOver(found.state);
    await tell(deps, tx, actor, approve ? 'approved' : 'declined', found);
  });
}

/** Trust is taken away by one person, at once. What was judged before stays as it was told. @throws Refusal as above */
export async function endTrust(deps: ChecksDeps, actor: Actor, id: string, why: string): Promise<void> {
  const found = await managed(deps, actor, id);
  const reason = why.trim();
  if (reason === '') throw new Refusal('check.noReason', 'Say why it is trusted no more.');
  const by = { byId: actor.id, byName: actor.name, at: deps.clock.now() };
  await deps.db.system(async (tx) => {
    if (!(await endTrustedCertificate(tx, id, { reason, ...by }))) throw isOver(found.state);
    await tell(deps, tx, actor, 'ended', found, { reason });
  });
}

async function managed(deps: ChecksDeps, actor: Actor, id: string): Promise<TrustedCertificate> {
  const found = await trustedCertificateById(deps.db.owner, id);
  if (!found || !sees(actor, found.archiveId)) throw noCertificate();
  demandCheck(can(actor, 'preservation.manage', found.archiveId));
  return found;
}

async function tell(
  deps: ChecksDeps,
  tx: Tx,
  actor: Actor,
  act: 'proposed' | 'approved' | 'declined' | 'ended',
  {
    id,
    archiveId,
    fingerprint,
    subject,
  }: Pick<TrustedCertificate, 'id' | 'archiveId' | 'fingerprint' | 'subject'>,
  detail: Record<string, string> = {},
): Promise<void> {
  await deps.audit.append(tx, {
    actor: auditActor(actor),
    archiveId,
    act: `trustedCertificate.${act}`,
    target: { type: 'trustedCertificate', id },
    detail: { subject: subject.slice(0, 200), fingerprint, ...detail },
  });
}

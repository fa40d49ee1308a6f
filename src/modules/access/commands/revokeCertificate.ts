import { type Actor, auditActor, demandFresh, scopeOf } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import { demandFor, noCertificate } from '../demandFor.ts';
import type { AccessDeps } from '../deps.ts';
import { certificateById, revokeCertificateRow } from '../store/certificates.ts';

/** Takes an issued certified copy back. The entry in the revocation list stays for ever. @throws Refusal certificate.*, session.stale */
export function revokeCertificate(deps: AccessDeps, actor: Actor, id: string, reason: string): Promise<void> {
  const why = reason.trim();
  if (why === '') throw new Refusal('certificate.reason', 'Say why the certified copy is taken back.');
  return deps.db.as(scopeOf(actor), async (tx) => {
    const c = await certificateById(tx, id, true);
    if (!c) throw noCertificate();
    await demandFor(deps, tx, actor, ['certificate.approve'], c);
    demandFresh(actor, deps.clock);
    if (!(await revokeCertificateRow(tx, id, deps.clock.now(), why))) {
      throw new Refusal('certificate.wrongState', 'Only an issued certified copy can be taken back.');
    }
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: c.archiveId,
      act: 'certificate.revoked',
      target: { type: 'certificate', id },
      detail: { number: c.number, reason: why },
    });
  });
}

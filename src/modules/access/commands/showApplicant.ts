import { type Actor, auditActor, demand, scopeOf } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { AccessDeps } from '../deps.ts';
import { type Applicant, openApplicant } from '../domain/applicant.ts';
import { applicantOf, certificateById } from '../store/certificates.ts';
import { noCertificate } from './decideCertificate.ts';

/**
 * The applicant in full, for who approves: nobody can answer for a paper without knowing whom it is for. The entry in
 * the trail, with the request as the reason, stands before anything is shown.
 *
 * @throws Refusal certificate.notFound, certificate.applicantNotKept (requests made by an earlier version)
 */
export function showApplicant(deps: AccessDeps, actor: Actor, id: string): Promise<Applicant> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const c = await certificateById(tx, id);
    if (!c) throw noCertificate();
    demand(actor, 'certificate.approve', c.archiveId, noCertificate());
    const sealed = await applicantOf(tx, id);
    if (!sealed)
      throw new Refusal(
        'certificate.applicantNotKept',
        'Of this request only the masked name was kept. Ask the person who handled it.',
      );
    const applicant = { ...openApplicant(deps.sealer, id, sealed), idType: c.applicantIdType };
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: c.archiveId,
      act: 'certificate.applicantShown',
      target: { type: 'certificate', id },
      detail: {
        reason: 'certificate request',
        request: id,
        unit: c.unitId,
        state: c.state,
        number: c.number,
      },
    });
    return applicant;
  });
}

import { type Actor, auditActor, demandFresh, scopeOf } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import { ValueBroken } from '#kernel/personal-data';
import { openApplicant } from '../applicants.ts';
import { demandFor, noCertificate } from '../demandFor.ts';
import type { AccessDeps } from '../deps.ts';
import type { Applicant } from '../domain/applicant.ts';
import { certificateById } from '../store/certificates.ts';

/** Why somebody may need to know who stands behind a mask. `other` is told in words. */
export const UNMASK_REASONS = [
  'toDecide',
  'atTheWindow',
  'inquiry',
  'correction',
  'inspection',
  'other',
] as const;
export type UnmaskReason = (typeof UNMASK_REASONS)[number];

/**
 * The applicant in full, for a reason: nobody can answer for a paper without knowing whom it is for. The entry in the
 * trail, with who, why and of which request, stands before anything is shown; it never holds what was shown.
 *
 * @param words needed where the reason is `other`
 * @throws Refusal certificate.notFound, session.stale, personal.reason, personal.broken, certificate.applicantNotKept (requests made by an early version),
 *   certificate.applicantEnded
 */
export function showApplicant(
  deps: AccessDeps,
  actor: Actor,
  id: string,
  reason: UnmaskReason,
  words: string | null = null,
): Promise<Applicant> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const c = await certificateById(tx, id);
    if (!c) throw noCertificate();
    await demandFor(deps, tx, actor, ['personal.unmask'], c);
    demandFresh(actor, deps.clock);
    const said = words?.trim() || null;
    if (reason === 'other' && !said)
      throw new Refusal('personal.reason', 'Say why you need to see this person’s data.');
    if (c.applicantEndedAt)
      throw new Refusal(
        'certificate.applicantEnded',
        'The time this applicant’s data is kept is over; only the mask is left.',
      );
    const { maskedAlone, ...kept } = await openApplicant(deps.vault, tx, c).catch(explained);
    if (maskedAlone)
      throw new Refusal(
        'certificate.applicantNotKept',
        'Of this request only the masked name was kept. Ask the person who handled it.',
      );
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: c.archiveId,
      act: 'personal.unmasked',
      target: { type: 'certificate', id },
      purpose: said ? `${reason}: ${said}` : reason,
      detail: { reason, words: said, unit: c.unitId, state: c.state, number: c.number },
    });
    return { ...kept, idType: c.applicantIdType };
  });
}

function explained(cause: unknown): never {
  if (!(cause instanceof ValueBroken)) throw cause;
  throw new Refusal(
    'personal.broken',
    'This person’s data can not be opened: it was altered, or the master key is another. Tell your administrator.',
    {},
    { cause },
  );
}

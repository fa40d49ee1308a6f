import { type Actor, auditActor, scopeOf } from '#kernel/actor';
import { dayIn } from '#kernel/calendar';
import { Refusal } from '#kernel/errors';
import { demandOther } from '#kernel/four-eyes';
import { demandFor, noCertificate } from '../demandFor.ts';
import type { AccessDeps } from '../deps.ts';
import { certificateById, decideCertificateRow, nextCertificateNumber } from '../store/certificates.ts';

export const ISSUE_JOB = 'issue-certificate';

/**
 * Decides a request, by somebody else than who asked (the counsel of four eyes). An approved one gets its number and is
 * made by a job.
 *
 * @throws Refusal certificate.notFound, certificate.samePerson, certificate.wrongState
 */
export function decideCertificate(
  deps: AccessDeps,
  actor: Actor,
  id: string,
  decision: 'approved' | 'rejected',
  note: string | null,
): Promise<void> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const c = await certificateById(tx, id, true);
    if (!c) throw noCertificate();
    await demandFor(deps, tx, actor, ['certificate.approve'], c);
    if (c.state !== 'requested')
      throw new Refusal('certificate.wrongState', 'This request was decided already.');
    demandOther(actor, c.requestedBy, 'certificate', c.archiveId);
    const at = deps.clock.now();
    const approved = decision === 'approved';
    let number: string | null = null;
    let jobId: string | null = null;
    if (approved) {
      const archive = (await deps.archives()).find((a) => a.id === c.archiveId)!;
      const year = Number(dayIn(at, deps.timeZone).slice(0, 4));
      const n = await nextCertificateNumber(tx, c.archiveId, year);
      number = `${archive.code}-${year}-${String(n).padStart(5, '0')}`;
      jobId = await deps.jobs.enqueue(
        tx,
        ISSUE_JOB,
        { id },
        { archiveId: c.archiveId, title: number, createdBy: actor.id },
      );
    }
    await decideCertificateRow(tx, {
      id,
      state: decision,
      number,
      by: actor.id,
      byName: actor.name,
      at,
      note,
      jobId,
    });
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: c.archiveId,
      act: approved ? 'certificate.approved' : 'certificate.rejected',
      target: { type: 'certificate', id },
      detail: { number, note },
    });
  });
}

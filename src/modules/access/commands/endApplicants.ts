import { monthsBefore } from '#kernel/audit';
import { ValueBroken } from '#kernel/personal-data';
import { closeApplicant, openApplicant } from '../applicants.ts';
import type { AccessDeps } from '../deps.ts';
import { type KeptApplicant, maskedApplicant } from '../domain/applicant.ts';
import { applicantsDue, endApplicant, putApplicant } from '../store/applicants.ts';

const BATCH = 100;

/**
 * Takes the identity of applicants away whose requests are over long enough: what stays is the masked name and number the
 * paper itself bears. Nobody is found by it any more, and nobody can unmask it. Each is an entry in the trail.
 *
 * @param keepMonths counted from the decision, the issue, the taking back or the last day of validity, whichever is last
 * @returns how many
 */
export async function endApplicants(deps: AccessDeps, keepMonths: number): Promise<number> {
  const over = monthsBefore(deps.clock.now(), keepMonths);
  let ended = 0;
  for (;;) {
    const done = await deps.db.system(async (tx) => {
      const due = await applicantsDue(tx, over, BATCH);
      for (const c of due) {
        const kept = await openApplicant(deps.vault, tx, c).catch(brokenAsNothing);
        await putApplicant(tx, c.id, await closeApplicant(deps.vault, tx, c, leftOf(kept)));
        await endApplicant(tx, c.id, deps.clock.now());
        await deps.audit.append(tx, {
          actor: { id: null, name: 'lantai' },
          archiveId: c.archiveId,
          act: 'personal.ended',
          target: { type: 'certificate', id: c.id },
          detail: { keepMonths, unit: c.unitId, number: c.number },
        });
      }
      return due.length;
    });
    ended += done;
    if (done < BATCH) return ended;
  }
}

/** What does not open any more is over all the same. */
function brokenAsNothing(cause: unknown): KeptApplicant {
  if (!(cause instanceof ValueBroken)) throw cause;
  return { name: '', idNumber: '', telephone: null, address: null, agent: null, maskedAlone: true };
}

/** The masks the paper bears, and nothing else. */
function leftOf(kept: KeptApplicant): KeptApplicant {
  const { name, idNumber } = maskedApplicant(kept);
  return { name, idNumber, telephone: null, address: null, agent: null, maskedAlone: true };
}

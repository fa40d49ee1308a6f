import { type Actor, auditActor, demand, scopeOf } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import { type MatchField, normalised } from '#kernel/personal-data';
import { mayFor } from '../demandFor.ts';
import type { AccessDeps } from '../deps.ts';
import { PURPOSE } from '../domain/applicant.ts';
import { certificatesOfApplicant } from '../store/applicants.ts';
import { type Certificate, certificateById } from '../store/certificates.ts';

const MOST = 50;

/**
 * Requests of an archive made for one person, for records the actor may ask for copies of, found by exactly this name, number or telephone. What was looked for is
 * compared as a keyed hash and kept nowhere; that somebody looked is kept.
 *
 * @returns newest first, at most 50
 * @throws Refusal archive.notFound, applicant.empty
 */
export async function findApplicant(
  deps: AccessDeps,
  actor: Actor,
  o: { archiveId: string; field: MatchField; value: string },
): Promise<Certificate[]> {
  demand(
    actor,
    'certificate.request',
    o.archiveId,
    new Refusal('archive.notFound', 'There is no such archive.'),
  );
  if (normalised(o.field, o.value) === '')
    throw new Refusal('applicant.empty', 'Give the name, number or telephone to look for.');
  return deps.db.as(scopeOf(actor), async (tx) => {
    const matches = await deps.vault.matches(tx, o.archiveId, PURPOSE, o.field, o.value);
    const ids = await certificatesOfApplicant(tx, o.archiveId, o.field, matches, MOST);
    const known: Certificate[] = [];
    for (const id of ids) {
      const c = await certificateById(tx, id);
      if (c) known.push(c);
    }
    const may = await mayFor(deps, tx, actor, 'certificate.request', known);
    const found = known.filter((c) => may.has(c.id));
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: o.archiveId,
      act: 'personal.looked',
      target: { type: 'archive', id: o.archiveId },
      detail: { field: o.field, found: found.length },
    });
    return found;
  });
}

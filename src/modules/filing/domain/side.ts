import { type Actor, type AgencyOf, type Capability, canFor, demandFor, viewerOf } from '#kernel/actor';
import { Refusal } from '#kernel/errors';

/** For whom somebody speaks: an agency, or the archive that looks after it. */
export const SIDES = ['agency', 'archive'] as const;
export type Side = (typeof SIDES)[number];

/** The side an actor stands on towards an agency; somebody with a post in it speaks for it. The system is the archive's. */
export function sideOf(actor: Actor, { agencyId }: AgencyOf): Side {
  return viewerOf(actor).posts.some((p) => p.agencies?.includes(agencyId)) ? 'agency' : 'archive';
}

/** Whether the actor decides about an agency in the archive's name: never by a post in an agency. */
export function mayDecideFor(actor: Actor, agency: AgencyOf): boolean {
  return (
    actor.kind === 'system' ||
    (sideOf(actor, agency) === 'archive' && canFor(actor, 'schedule.approve', agency))
  );
}

/** Whether the actor may do this in the agency's own name: by a post there, not by one of the archive's. */
export function mayInAgency(
  actor: Actor,
  capability: Capability,
  { archiveId, agencyId }: AgencyOf,
): boolean {
  return (
    actor.kind === 'system' ||
    viewerOf(actor).posts.some(
      (p) =>
        p.archiveId === archiveId &&
        p.agencies?.includes(agencyId) &&
        p.capabilities.has('filing.read') &&
        p.capabilities.has(capability),
    )
  );
}

/**
 * Demands it: an archive drafts and files for no agency.
 *
 * @param hidden refusal for those who may not see what the agency files
 */
export function demandInAgency(actor: Actor, capability: Capability, of: AgencyOf, hidden: Refusal): void {
  demandFor(actor, capability, of, hidden);
  if (!mayInAgency(actor, capability, of))
    throw new Refusal('actor.forbidden', 'Only the agency itself does this.', { capability });
}

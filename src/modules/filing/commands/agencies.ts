import { type Actor, type AgencyOf, canFor } from '#kernel/actor';
import type { FilingDeps } from '../deps.ts';
import { mayInAgency, type Side, sideOf } from '../domain/side.ts';
import { noAgency } from './refusals.ts';

/** An agency whose filing somebody sees, and on which side of it they stand. */
export interface AgencyInReach extends AgencyOf {
  code: string;
  name: string;
  side: Side;
  /** What they may do for it, for screens; every command decides again. */
  mayWrite: boolean;
  mayConfirm: boolean;
  mayApprove: boolean;
}

/** The agencies whose filing an actor sees, by archive and code. */
export async function agenciesInReach(
  { holdings }: Pick<FilingDeps, 'holdings'>,
  actor: Actor,
): Promise<AgencyInReach[]> {
  const found: AgencyInReach[] = [];
  for (const archive of await holdings.archives()) {
    if (actor.kind !== 'system' && !actor.rights.get(archive.id)?.has('filing.read')) continue;
    for (const { id, code, name } of await holdings.agenciesIn(archive.id)) {
      const of = { archiveId: archive.id, agencyId: id };
      if (!canFor(actor, 'filing.read', of)) continue;
      const side = sideOf(actor, of);
      found.push({
        archiveId: of.archiveId,
        agencyId: of.agencyId,
        code,
        name,
        side,
        mayWrite: mayInAgency(actor, 'filing.write', of),
        mayConfirm: mayInAgency(actor, 'filing.approve', of),
        mayApprove: side === 'archive' && canFor(actor, 'schedule.approve', of),
      });
    }
  }
  return found;
}

/** An agency of an archive. @throws Refusal agency.notFound, also for who may not see what it files */
export async function agencyOf(
  deps: Pick<FilingDeps, 'holdings'>,
  actor: Actor,
  { archiveId, agencyId }: AgencyOf,
): Promise<{ id: string; code: string; name: string }> {
  const found = (await deps.holdings.agenciesIn(archiveId)).find((a) => a.id === agencyId);
  if (!found || !canFor(actor, 'filing.read', { archiveId, agencyId })) throw noAgency();
  return found;
}

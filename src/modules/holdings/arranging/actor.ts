import type { AuditActor } from '#kernel/audit';
import type { Rearrangement } from './store/rearrangements.ts';

/** Whose act a rearrangement is: who asked for it. */
export const actorOf = (r: Pick<Rearrangement, 'proposedBy' | 'proposedByName'>): AuditActor => ({
  id: r.proposedBy,
  name: r.proposedByName,
});

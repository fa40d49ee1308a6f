import type { Actor } from '#kernel/actor';
import type { Sight } from '#kernel/visibility';
import { decideLeave, endLeave, type GrantInput, proposeLeave } from '../commands/grants.ts';
import type { HoldingsDeps } from '../deps.ts';
import { everyLeave, type LeaveFilter, leaveById, leaveGiven, leaveWaiting } from '../queries/leave.ts';
import { demandSight, leaveOf, sees, whoSees, whySeen } from '../queries/visibility.ts';

/** Who may see a unit and why, and leave given in single cases. */
export const sightPart = (deps: HoldingsDeps) => ({
  /** What of a unit a person may see and do, and why. */
  whySeen: (actor: Actor, unitId: string, of: Actor, today: string) =>
    whySeen(deps, actor, unitId, of, today),
  /** Who sees a unit. */
  whoSees: (actor: Actor, unitId: string, people: Parameters<typeof whoSees>[3], today: string) =>
    whoSees(deps, actor, unitId, people, today),
  /** Whether the actor may do this to a unit. */
  sees: (actor: Actor, unitId: string, sight: Sight) => sees(deps, actor, unitId, sight),
  /** @throws Refusal unit.notFound, visibility.*.forbidden */
  demandSight: (actor: Actor, unitId: string, sight: Sight) => demandSight(deps, actor, unitId, sight),
  proposeLeave: (actor: Actor, input: GrantInput) => proposeLeave(deps, actor, input),
  decideLeave: (actor: Actor, id: string, decision: 'approved' | 'rejected', note: string | null) =>
    decideLeave(deps, actor, id, decision, note),
  endLeave: (actor: Actor, id: string, reason: string) => endLeave(deps, actor, id, reason),
  leaveGiven: (actor: Actor, o: Parameters<typeof leaveGiven>[2]) => leaveGiven(deps, actor, o),
  everyLeave: (actor: Actor, o: LeaveFilter) => everyLeave(deps, actor, o),
  leaveById: (actor: Actor, id: string) => leaveById(deps, actor, id),
  leaveWaiting: (actor: Actor, limit: number) => leaveWaiting(deps, actor, limit),
  /** Leave a person has in single cases, run out not later than the day. */
  leaveOf: (personId: string, today: string) => leaveOf(deps, personId, today),
});

import { type Actor, auditActor, demandFor, scopeOf } from '#kernel/actor';
import { bearsSecretMark } from '#kernel/classification';
import { Refusal } from '#kernel/errors';
import type { TransferDeps } from '../deps.ts';
import { cancelPlanRow, insertPlan, type Plan, planById } from '../store/plans.ts';

export type PlanOrder = Pick<
  Plan,
  'archiveId' | 'agencyId' | 'year' | 'content' | 'dueOn' | 'items' | 'note'
>;

const noPlan = () => new Refusal('plan.notFound', 'There is no such plan.');

/**
 * What an agency is to hand over in a year, set by the archive that receives it.
 *
 * @returns its id
 * @throws Refusal agency.notFound, plan.content, plan.dueOn, transfer.marked, actor.forbidden
 */
export async function makePlan(deps: TransferDeps, actor: Actor, o: PlanOrder): Promise<string> {
  const none = new Refusal('agency.notFound', 'There is no such agency.');
  if (!(await deps.agencies(o.archiveId)).some((a) => a.id === o.agencyId)) throw none;
  demandFor(actor, 'transfer.receive', o, none);
  const content = o.content.trim();
  if (content === '')
    throw new Refusal('plan.content', 'Say what is to be handed over.', { field: 'content' });
  if (bearsSecretMark(content))
    throw new Refusal('transfer.marked', 'This bears a classification.', { field: 'content' });
  const id = deps.newId();
  await deps.db.as(scopeOf(actor), async (tx) => {
    await insertPlan(tx, {
      ...o,
      id,
      content,
      note: o.note?.trim() || null,
      createdBy: actor.id ?? '',
      createdByName: actor.name,
      createdAt: deps.clock.now(),
    });
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: o.archiveId,
      act: 'transfer.planned',
      target: { type: 'transferPlan', id },
      detail: { agency: o.agencyId, year: o.year, dueOn: o.dueOn },
    });
  });
  return id;
}

/** @throws Refusal plan.notFound, plan.wrongState (cancelled, or batches stand on it), transfer.reason, actor.forbidden */
export async function cancelPlan(
  deps: TransferDeps,
  actor: Actor,
  id: string,
  reason: string,
): Promise<void> {
  const why = reason.trim();
  if (why === '') throw new Refusal('transfer.reason', 'Say why.', { field: 'reason' });
  await deps.db.as(scopeOf(actor), async (tx) => {
    const plan = await planById(tx, id, true);
    if (!plan) throw noPlan();
    demandFor(actor, 'transfer.receive', plan, noPlan());
    if (plan.state !== 'planned' || plan.batches > 0)
      throw new Refusal('plan.wrongState', 'Batches stand on this plan, or it was cancelled already.');
    await cancelPlanRow(tx, id, why);
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: plan.archiveId,
      act: 'transfer.planCancelled',
      target: { type: 'transferPlan', id },
      detail: { agency: plan.agencyId, year: plan.year, reason: why },
    });
  });
}

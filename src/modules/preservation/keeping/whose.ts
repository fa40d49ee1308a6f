import { type Actor, type Capability, can } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { Whose } from '../store/figures.ts';
import type { KeepingDeps } from './deps.ts';

/** Whether the actor may do this in every archive at the top: then also for what is the house's own. */
export async function mayForHouse(
  deps: Pick<KeepingDeps, 'archives'>,
  actor: Actor,
  capability: Capability,
): Promise<boolean> {
  if (actor.kind === 'system') return true;
  const tops = (await deps.archives()).filter((a) => a.parentId === null);
  return tops.length > 0 && tops.every((a) => can(actor, capability, a.id, 'whole'));
}

/** @throws Refusal actor.forbidden */
export async function demandForHouse(
  deps: Pick<KeepingDeps, 'archives'>,
  actor: Actor,
  capability: Capability,
): Promise<void> {
  if (await mayForHouse(deps, actor, capability)) return;
  throw new Refusal('actor.forbidden', 'Your roles in the archives at the top do not include this.', {
    capability,
  });
}

/**
 * Whose copies the actor may see or look after: one archive's, or all of theirs; for who may do it at the top everything.
 *
 * @throws Refusal archive.notFound for one that is not among them
 */
export async function whoseFor(
  deps: Pick<KeepingDeps, 'archives'>,
  actor: Actor,
  capability: Capability,
  archiveId?: string,
): Promise<Whose & { house: boolean }> {
  const all = await deps.archives();
  const mine = all.filter((a) => can(actor, capability, a.id, 'whole')).map((a) => a.id);
  if (archiveId !== undefined) {
    if (!mine.includes(archiveId))
      throw new Refusal(
        'archive.notFound',
        'There is no such archive, or its holdings are not yours to see.',
      );
    return { archives: [archiveId], house: false };
  }
  const house = await mayForHouse(deps, actor, capability);
  return { archives: house ? null : mine, house };
}

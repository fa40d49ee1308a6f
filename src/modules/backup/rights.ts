import { type Actor, type Capability, can } from '#kernel/actor';
import { Refusal } from '#kernel/errors';

/**
 * Backups are the whole installation's, so the capability has to be held at the top of every tree.
 *
 * @throws Refusal actor.forbidden
 */
export async function demandAtTop(
  tops: () => Promise<readonly string[]>,
  actor: Actor,
  ...oneOf: Capability[]
): Promise<void> {
  if (actor.kind === 'system') return;
  const archives = await tops();
  const may = (c: Capability) => archives.length > 0 && archives.every((id) => can(actor, c, id));
  if (oneOf.some(may)) return;
  throw new Refusal('actor.forbidden', `The roles of ${actor.name} do not include this.`, {
    capability: oneOf[0],
  });
}

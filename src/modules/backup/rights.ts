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
  if (await atTop(tops, actor, ...oneOf)) return;
  throw new Refusal('actor.forbidden', `The roles of ${actor.name} do not include this.`, {
    capability: oneOf[0],
  });
}

/** Whether one of these is held at the top of every tree. */
export async function atTop(
  tops: () => Promise<readonly string[]>,
  actor: Actor,
  ...oneOf: Capability[]
): Promise<boolean> {
  if (actor.kind === 'system') return true;
  const archives = await tops();
  return archives.length > 0 && oneOf.some((c) => archives.every((id) => can(actor, c, id)));
}

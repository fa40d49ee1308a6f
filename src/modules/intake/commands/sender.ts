import type { Actor, Capability } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { IntakeDeps } from '../deps.ts';
import type { Sends } from '../domain/settings.ts';
import { type SenderSystem, systemById } from '../store/systems.ts';

/** A system that sends now, and what it is while it does: somebody of its agency who registers records, and no more. */
export interface Sender {
  system: SenderSystem;
  actor: Actor;
}

const CAPABILITIES: ReadonlySet<Capability> = new Set<Capability>(['filing.read', 'filing.write']);
/** As the trail of filing knows where a record came from. */
export const sourceOf = ({ id }: Pick<SenderSystem, 'id'>): string => `system:${id}`;

const notAdmitted = () =>
  new Refusal(
    'intake.notAdmitted.forbidden',
    'This system may not send now: it waits for agreement, is past its last day or was ended.',
  );

/** The system may send today. @throws Refusal intake.notAdmitted.forbidden */
export function demandAdmitted(
  system: SenderSystem | undefined,
  day: string,
): asserts system is SenderSystem {
  if (system?.state !== 'admitted') throw notAdmitted();
  const { validUntil } = system.settings;
  if (validUntil !== null && validUntil < day) throw notAdmitted();
}

/** A system acting in its agency: what its token alone does not let it do. */
export function inItsName(system: SenderSystem, language: Actor['language'] = 'zh-CN'): Actor {
  const { archiveId, agencyId } = system;
  return {
    kind: 'person',
    id: system.id,
    name: system.settings.name,
    language,
    rights: new Map([[archiveId, CAPABILITIES]]),
    posts: [
      {
        archiveId,
        role: 'sender-system',
        capabilities: CAPABILITIES,
        categories: null,
        fonds: [],
        agencies: [agencyId],
      },
    ],
    grants: [],
  };
}

/**
 * The system that asks.
 *
 * @param sends what it is about to send; absent: it only asks
 * @throws Refusal intake.notAdmitted.forbidden, intake.notSent.forbidden
 */
export async function senderOf(deps: IntakeDeps, actor: Actor, sends?: Sends): Promise<Sender> {
  const day = deps.today();
  const system = actor.id === null ? undefined : await systemById(deps.db.owner, actor.id, { day });
  demandAdmitted(system, day);
  if (sends !== undefined && !system.settings.sends.includes(sends))
    throw new Refusal('intake.notSent.forbidden', 'This system may not send this kind of thing.', { sends });
  return { system, actor: inItsName(system, actor.language) };
}

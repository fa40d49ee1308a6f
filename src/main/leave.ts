import type { Actor } from '#kernel/actor';
import { dayIn } from '#kernel/calendar';
import type { Clock } from '#kernel/clock';
import type { Holdings } from '#modules/holdings';
import type { Identity } from '#modules/identity';

/** Identity as the house uses it: whoever is known by it comes with the leave given in single cases, as of today. */
export function withLeave(
  identity: Identity,
  holdings: Pick<Holdings, 'leaveOf'>,
  clock: Clock,
  timeZone: string,
) {
  const today = () => dayIn(clock.now(), timeZone);
  async function complete<A extends Actor | undefined>(actor: A): Promise<A> {
    if (!actor?.id) return actor;
    const day = today();
    // Leave in a single case was given to a person, not to the programs that act for them.
    if (actor.via?.kind === 'token') return { ...actor, today: day };
    return { ...actor, today: day, grants: await holdings.leaveOf(actor.id, day) };
  }
  const house: Identity = {
    ...identity,
    actorOf: async (...asked) => complete(await identity.actorOf(...asked)),
    actorNamed: async (...asked) => complete(await identity.actorNamed(...asked)),
    actorById: async (...asked) => complete(await identity.actorById(...asked)),
  };
  return {
    identity: house,
    today,
    /** Those whose posts reach into an archive, and the persons named by id; whether there are more than can be told. */
    async people(
      archiveId: string,
      ids: readonly string[],
    ): Promise<{ people: { username: string; actor: Actor }[]; more: boolean }> {
      const { usernames, more } = await identity.holders(archiveId, ids);
      const people: { username: string; actor: Actor }[] = [];
      for (const username of usernames) people.push({ username, actor: await house.actorNamed(username) });
      return { people, more };
    },
  };
}

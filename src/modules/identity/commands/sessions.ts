import { type Actor, auditActor } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { IdentityDeps } from '../deps.ts';
import { endSession, endSessions, type SessionRow, sessionsOf } from '../store/sessions.ts';
import { noteAtAccount } from './account-entry.ts';
import type { Arrival } from './attempts.ts';
import { ownSession } from './open-session.ts';

export function sessionCommands(deps: IdentityDeps) {
  const { db, clock, signIn } = deps;
  return {
    /** Where the person is signed in, the latest first. */
    async mySessions(actor: Actor): Promise<(SessionRow & { current: boolean })[]> {
      const { personId, sessionId } = ownSession(actor);
      const now = clock.now();
      const idleSince = new Date(now.getTime() - signIn.idleMinutes * 60_000);
      const rows = await sessionsOf(db.owner, personId, now, idleSince);
      return rows.map((r) => ({ ...r, current: r.id === sessionId }));
    },

    /** Ends one of the person's sessions. @throws Refusal session.notFound */
    async endMySession(actor: Actor, id: string, from: Arrival): Promise<void> {
      const { personId } = ownSession(actor);
      await db.system(async (tx) => {
        if (!(await endSession(tx, personId, id)))
          throw new Refusal('session.notFound', 'This session has ended already.');
        await noteAtAccount(deps, tx, {
          actor: auditActor(actor),
          personId,
          act: 'session.ended',
          from,
          detail: { session: id },
        });
      });
    },

    /** Ends all of the person's sessions but this one. Returns how many there were. */
    async endMyOtherSessions(actor: Actor, from: Arrival): Promise<number> {
      const { personId, sessionId } = ownSession(actor);
      return db.system(async (tx) => {
        const number = await endSessions(tx, personId, sessionId);
        await noteAtAccount(deps, tx, {
          actor: auditActor(actor),
          personId,
          act: 'session.othersEnded',
          from,
          detail: { number },
        });
        return number;
      });
    },
  };
}

import { systemActor } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { IdentityDeps } from '../deps.ts';
import type { Role } from '../domain/roles.ts';
import { digestOf, newToken } from '../domain/token.ts';
import { anybody } from '../store/people.ts';
import { insertSetupLink, takeSetupLink } from '../store/sessions.ts';
import { addPersonIn, type NewPerson } from './people.ts';

const SETUP_MS = 24 * 60 * 60_000;

export function setUpCommands(deps: IdentityDeps) {
  const { db, clock } = deps;
  return {
    /** Whether the install has no account yet. */
    setupNeeded: async () => !(await anybody(db.owner)),

    /** A one-time link's secret for an empty install; an older link stops working. */
    async newSetupToken(): Promise<string> {
      const { token, digest } = newToken();
      await db.system((tx) => insertSetupLink(tx, digest, new Date(clock.now().getTime() + SETUP_MS)));
      return token;
    },

    /** The first account and archive. @throws Refusal setup.done, setup.link */
    async setUp(
      token: string,
      person: Omit<NewPerson, 'memberships'>,
      archive: { code: string; name: string; level: string },
    ): Promise<void> {
      await db.system(async (tx) => {
        if (await anybody(tx)) throw new Refusal('setup.done', 'This install has accounts already; sign in.');
        if (!(await takeSetupLink(tx, digestOf(token), clock.now()))) {
          throw new Refusal(
            'setup.link',
            'This set-up link is not valid any more. Restart the server for a new one.',
          );
        }
        const system = systemActor('set-up');
        const archiveId = await deps.foundArchive(tx, system, archive);
        const roles: Role[] = ['archivist', 'administrator', 'auditor'];
        await addPersonIn(deps, tx, system, {
          ...person,
          memberships: roles.map((role) => ({ archiveId, role, subtree: true })),
        });
      });
    },
  };
}

import { systemActor } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { IdentityDeps } from '../deps.ts';
import { THREE_ADMINISTRATORS } from '../domain/shipped-roles.ts';
import { digestOf, newToken } from '../domain/token.ts';
import { anybody } from '../store/people.ts';
import { insertSetupLink, takeSetupLink } from '../store/sessions.ts';
import { addPersonIn } from './people.ts';

const SETUP_MS = 24 * 60 * 60_000;

export type AdministratorRole = (typeof THREE_ADMINISTRATORS)[number];

/** The three administrators of a new install, by name. */
export type NewAdministrators = Readonly<
  Record<AdministratorRole, { username: string; displayName: string }>
>;

/** An administrator's one-time link, shown once to who installs Lantai, for handing on. */
export interface AdministratorLink {
  role: AdministratorRole;
  username: string;
  displayName: string;
  link: string;
}

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

    /**
     * Founds the first archive with its head, who works with records, and the three administrators, who do not; none of
     * the four can do what another does, and no account can do everything [S:9.3].
     *
     * @returns the administrators' one-time links: each sets their own password
     * @throws Refusal setup.done, setup.link, person.*, password.*
     */
    setUp: (
      token: string,
      head: { username: string; displayName: string; password: string },
      archive: { code: string; name: string; level: string },
      administrators: NewAdministrators,
    ): Promise<AdministratorLink[]> =>
      db.system(async (tx) => {
        if (await anybody(tx)) throw new Refusal('setup.done', 'This install has accounts already; sign in.');
        if (!(await takeSetupLink(tx, digestOf(token), clock.now()))) {
          throw new Refusal(
            'setup.link',
            'This set-up link is not valid any more. Restart the server for a new one.',
          );
        }
        const system = systemActor('set-up');
        const archiveId = await deps.foundArchive(tx, system, archive);
        const held = (role: string) => ({ archiveId, role, subtree: true });
        await addPersonIn(deps, tx, system, { ...head, memberships: [held('director'), held('archivist')] });
        const links: AdministratorLink[] = [];
        for (const role of THREE_ADMINISTRATORS) {
          const { username, displayName } = administrators[role];
          const { link } = await addPersonIn(deps, tx, system, {
            username,
            displayName,
            memberships: [held(role)],
          });
          links.push({ role, username, displayName, link: link ?? '' });
        }
        return links;
      }),
  };
}

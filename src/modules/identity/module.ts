import { passwordCommands } from './commands/passwords.ts';
import { peopleCommands } from './commands/people.ts';
import { setUpCommands } from './commands/set-up.ts';
import { signInCommands } from './commands/sign-in.ts';
import type { IdentityDeps } from './deps.ts';
import { holderQueries } from './queries/holders.ts';

export type Identity = ReturnType<typeof createIdentity>;

/** Who somebody is and what they may do: accounts, sessions, roles. */
export function createIdentity(deps: IdentityDeps) {
  return {
    ...setUpCommands(deps),
    ...signInCommands(deps),
    ...passwordCommands(deps),
    ...peopleCommands(deps),
    ...holderQueries(deps),
  };
}

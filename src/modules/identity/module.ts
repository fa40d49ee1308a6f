import { accountCommands } from './commands/accounts.ts';
import { delegationCommands } from './commands/delegations.ts';
import { factorDemandCommands } from './commands/factor-demands.ts';
import { factorCommands } from './commands/factors.ts';
import { keyCommands } from './commands/keys.ts';
import { outsideCommands } from './commands/outside.ts';
import { passwordCommands } from './commands/passwords.ts';
import { peopleCommands } from './commands/people.ts';
import { proveCommands } from './commands/prove.ts';
import { rightsCommands } from './commands/rights.ts';
import { roleCommands } from './commands/roles.ts';
import { senderCommands } from './commands/senders.ts';
import { sessionCommands } from './commands/sessions.ts';
import { setUpCommands } from './commands/set-up.ts';
import { signInCommands } from './commands/sign-in.ts';
import { tokenCommands } from './commands/tokens.ts';
import type { IdentityDeps } from './deps.ts';
import { accountQueries } from './queries/account.ts';
import { holderQueries } from './queries/holders.ts';

export type Identity = ReturnType<typeof createIdentity>;

/** Who somebody is and what they may do: accounts, sessions, roles. */
export function createIdentity(deps: IdentityDeps) {
  return {
    ...setUpCommands(deps),
    ...signInCommands(deps),
    ...outsideCommands(deps),
    ...proveCommands(deps),
    ...sessionCommands(deps),
    ...factorCommands(deps),
    ...keyCommands(deps),
    ...factorDemandCommands(deps),
    ...tokenCommands(deps),
    ...senderCommands(deps),
    ...accountQueries(deps),
    ...passwordCommands(deps),
    ...peopleCommands(deps),
    ...accountCommands(deps),
    ...roleCommands(deps),
    ...rightsCommands(deps),
    ...delegationCommands(deps),
    ...holderQueries(deps),
  };
}

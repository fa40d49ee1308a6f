export type { AccountView } from './commands/accounts.ts';
export type { Arrival } from './commands/attempts.ts';
export type { Delegable } from './commands/delegations.ts';
export type { FactorAnswer } from './commands/judge.ts';
export type { Opened } from './commands/open-session.ts';
export type { CameBack } from './commands/outside.ts';
export type { AddedPerson, NewPerson } from './commands/people.ts';
export type { Proof } from './commands/prove.ts';
export type { RoleView } from './commands/roles.ts';
export type { AdministratorLink, NewAdministrators } from './commands/set-up.ts';
export type { SecondDue, SignedIn } from './commands/sign-in.ts';
export type { IdentityDeps } from './deps.ts';
export { LONGEST_TOKEN_DAYS } from './domain/api-token.ts';
export { type ArchiveNode, rightsOf } from './domain/rights.ts';
export { Wanted } from './domain/rights-change.ts';
export { SIDES, type Side } from './domain/separation.ts';
export {
  isRole,
  ROLES,
  type Role,
  SENDER_ROLE,
  sideOf,
  THREE_ADMINISTRATORS,
} from './domain/shipped-roles.ts';
export { createIdentity, type Identity } from './module.ts';
export { breachFile } from './outside/breach-file.ts';
export { ldapHouse } from './outside/ldap.ts';
export { oidcHouse } from './outside/oidc.ts';
export { type KeyAnswer, relyingPartyOf } from './outside/webauthn.ts';
export type { Delegation } from './store/delegations.ts';
export type { NewMembership } from './store/memberships.ts';
export type { Organisation, Post } from './store/organisations.ts';
export type { RightsChange } from './store/rightsChanges.ts';
export { secretVault } from './vault.ts';

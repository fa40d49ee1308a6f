export type { NewPerson } from './commands/people.ts';
export type { SignedIn } from './commands/sign-in.ts';
export type { IdentityDeps } from './deps.ts';
export { type ArchiveNode, rightsOf } from './domain/rights.ts';
export { isRole, ROLES, type Role } from './domain/roles.ts';
export { createIdentity, type Identity } from './module.ts';
export type { MembershipRow } from './store/people.ts';

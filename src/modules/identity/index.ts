export { isRole, ROLES, type Role } from './domain/roles.ts';
export { type ArchiveNode, createIdentity, type Identity, type NewPerson, type SignedIn } from './module.ts';
export type { MembershipRow } from './store/people.ts';

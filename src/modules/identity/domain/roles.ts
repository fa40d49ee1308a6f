import type { Capability } from '#kernel/actor';

/** Roles as shipped. Administrators keep people and the trail and read no records (三员, standards 9.3). */
export const ROLES = {
  director: [
    'holdings.read',
    'content.read',
    'grants.manage',
    'access.decide',
    'certificate.approve',
    'personal.unmask',
    'audit.read',
  ],
  archivist: [
    'holdings.read',
    'content.read',
    'master.read',
    'content.export',
    'holdings.write',
    'import.run',
    'access.propose',
    'access.decide',
    'certificate.request',
  ],
  clerk: ['holdings.read', 'content.read', 'certificate.request'],
  approver: ['holdings.read', 'content.read', 'grants.manage', 'access.decide', 'certificate.approve', 'personal.unmask'],
  reader: ['holdings.read', 'content.read'],
  administrator: ['people.manage'],
  auditor: ['audit.read'],
} as const satisfies Record<string, readonly Capability[]>;

export type Role = keyof typeof ROLES;

export function isRole(s: string): s is Role {
  return Object.hasOwn(ROLES, s);
}

/** The capabilities a set of roles adds up to. Unknown roles (from a newer version) add nothing. */
export function capabilitiesOf(roles: readonly string[]): Set<Capability> {
  const all = new Set<Capability>();
  for (const r of roles) if (isRole(r)) for (const c of ROLES[r]) all.add(c);
  return all;
}

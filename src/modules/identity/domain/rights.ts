import type { Capability } from '#kernel/actor';
import { capabilitiesOf } from './roles.ts';

/** An archive as identity needs it: to write out who may work below which. */
export interface ArchiveNode {
  id: string;
  /** The archive and all above it, nearest last. */
  path: readonly string[];
}

/** A role somebody has in an archive; with `subtree`, in the archives under it too. */
export interface Membership {
  archiveId: string;
  role: string;
  subtree: boolean;
}

/** Writes memberships out to capabilities per archive. */
export function rightsOf(
  memberships: readonly Membership[],
  archives: readonly ArchiveNode[],
): Map<string, Set<Capability>> {
  const rights = new Map<string, Set<Capability>>();
  for (const a of archives) {
    const roles = memberships
      .filter((m) => m.archiveId === a.id || (m.subtree && a.path.includes(m.archiveId)))
      .map((m) => m.role);
    if (roles.length > 0) rights.set(a.id, capabilitiesOf(roles));
  }
  return rights;
}

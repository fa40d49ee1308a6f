import type { ArchiveNode, Membership } from './rights.ts';

/** A role that counts only in a session with a second factor. */
export interface FactorDemand {
  /** With the archives under it. Null: everywhere. */
  archiveId: string | null;
  /** Null: every role. */
  role: string | null;
}

/**
 * Whether a demand meets a membership: for the role, in the archive, in one above it, or, where the membership extends to
 * archives below, in one of those.
 */
export function meets(
  demand: FactorDemand,
  m: Pick<Membership, 'archiveId' | 'role' | 'subtree'>,
  archives: readonly ArchiveNode[],
): boolean {
  if (demand.role !== null && demand.role !== m.role) return false;
  const { archiveId } = demand;
  if (archiveId === null || archiveId === m.archiveId) return true;
  const isUnder = (id: string, above: string) => archives.some((a) => a.id === id && a.path.includes(above));
  return isUnder(m.archiveId, archiveId) || (m.subtree && isUnder(archiveId, m.archiveId));
}

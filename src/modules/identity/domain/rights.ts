import { CAPABILITIES, type Capability } from '#kernel/actor';
import type { Post } from '#kernel/visibility';
import { isWithinAgency } from './shipped-roles.ts';

/** An archive as identity needs it: to write out who may work below which. */
export interface ArchiveNode {
  id: string;
  /** The archive and all above it, nearest last. */
  path: readonly string[];
}

/** A role somebody has in an archive at a moment; with `subtree`, in the archives under it too. */
export interface Membership {
  archiveId: string;
  role: string;
  subtree: boolean;
  capabilities: readonly string[];
  /** Categories of records it is limited to; null: all. */
  categories: readonly string[] | null;
  /** Agencies whose records it is limited to, by the place of its post in the organisation; null: all. */
  agencies: readonly string[] | null;
  /** Whose role it is, where it was delegated. */
  delegatedBy: { id: string; name: string } | null;
}

/** A fonds and the agency whose records it holds. */
export interface AgencyFonds {
  id: string;
  archiveId: string;
  number: string;
  agencyId: string | null;
}

export interface Rights {
  rights: Map<string, Set<Capability>>;
  /** Memberships written out: what the rule of visibility takes. */
  posts: Post[];
  /** Archives where the person also stands in for somebody, and for whom. */
  delegatedBy: Map<string, { id: string; name: string }[]>;
}

/** The agencies a membership is limited to. An agency's role that no post places in an agency reaches no records. */
export function agenciesOf(m: Pick<Membership, 'agencies' | 'role'>): readonly string[] | null {
  return m.agencies ?? (isWithinAgency(m.role) ? [] : null);
}

/**
 * Writes memberships out archive by archive. What a newer version calls a capability adds nothing here.
 *
 * @param agencyFonds the fonds of all agencies that memberships are limited to
 */
export function rightsOf(
  memberships: readonly Membership[],
  archives: readonly ArchiveNode[],
  agencyFonds: readonly AgencyFonds[] = [],
): Rights {
  const all: Rights = { rights: new Map(), posts: [], delegatedBy: new Map() };
  for (const { id, path } of archives) {
    const here = memberships.filter((m) => m.archiveId === id || (m.subtree && path.includes(m.archiveId)));
    if (here.length === 0) continue;
    const sum = new Set<Capability>();
    for (const m of here) {
      const capabilities = new Set(m.capabilities.filter(isCapability));
      for (const c of capabilities) sum.add(c);
      const categories = m.categories && new Set(m.categories);
      const agencies = agenciesOf(m);
      const fonds =
        agencies &&
        agencyFonds
          .filter((f) => f.archiveId === id && f.agencyId !== null && agencies.includes(f.agencyId))
          .map(({ id, number }) => ({ id, number }));
      all.posts.push({ archiveId: id, role: m.role, capabilities, categories, fonds, agencies });
    }
    all.rights.set(id, sum);
    const others = new Map(here.flatMap((m) => (m.delegatedBy ? [[m.delegatedBy.id, m.delegatedBy]] : [])));
    if (others.size > 0) all.delegatedBy.set(id, [...others.values()]);
  }
  return all;
}

const KNOWN: ReadonlySet<string> = new Set(CAPABILITIES);

export function isCapability(s: string): s is Capability {
  return KNOWN.has(s);
}

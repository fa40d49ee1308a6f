import { CAPABILITIES, type Capability } from '#kernel/actor';

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
  /** Whose role it is, where it was delegated. */
  delegatedBy: { id: string; name: string } | null;
}

/** A membership written out for one archive: what the rule of visibility takes. */
export interface Held {
  archiveId: string;
  role: string;
  capabilities: ReadonlySet<Capability>;
  categories: ReadonlySet<string> | null;
  fonds: null;
}

export interface Rights {
  rights: Map<string, Set<Capability>>;
  posts: Held[];
  /** Archives where the person also stands in for somebody, and for whom. */
  delegatedBy: Map<string, { id: string; name: string }[]>;
}

/** Writes memberships out archive by archive. What a newer version calls a capability adds nothing here. */
export function rightsOf(memberships: readonly Membership[], archives: readonly ArchiveNode[]): Rights {
  const all: Rights = { rights: new Map(), posts: [], delegatedBy: new Map() };
  for (const { id, path } of archives) {
    const here = memberships.filter((m) => m.archiveId === id || (m.subtree && path.includes(m.archiveId)));
    if (here.length === 0) continue;
    const sum = new Set<Capability>();
    for (const m of here) {
      const capabilities = new Set(m.capabilities.filter(isCapability));
      for (const c of capabilities) sum.add(c);
      const categories = m.categories && new Set(m.categories);
      all.posts.push({ archiveId: id, role: m.role, capabilities, categories, fonds: null });
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

import type { Actor } from './actor.ts';
import { viewerOf } from './actor.ts';
import type { Capability } from './capabilities.ts';
import type { Grant, Post } from './visibility.ts';
import type { Language } from './wording.ts';

type CarriedPost = Omit<Post, 'capabilities' | 'categories'> & {
  capabilities: Capability[];
  categories: string[] | null;
};

/** Who began long work, with the rights it was begun with, as the data of a job carries them. */
export interface CarriedActor {
  kind: 'person' | 'system';
  id: string | null;
  name: string;
  language: Language;
  posts: CarriedPost[];
  grants: Grant[];
  today: string | null;
}

/** For the data of a job. The public begins no jobs. @param archiveId posts elsewhere are left out */
export function carried(actor: Actor, archiveId: string): CarriedActor {
  const viewer = viewerOf(actor);
  return {
    kind: actor.kind === 'system' ? 'system' : 'person',
    id: actor.id,
    name: actor.name,
    language: actor.language,
    posts: viewer.posts
      .filter((p) => p.archiveId === archiveId)
      .map((p) => ({
        archiveId: p.archiveId,
        role: p.role,
        capabilities: [...p.capabilities],
        categories: p.categories && [...p.categories],
        fonds: p.fonds,
        ...(p.agencies === undefined ? {} : { agencies: p.agencies }),
      })),
    grants: viewer.grants.filter((g) => g.archiveId === archiveId),
    today: actor.today ?? null,
  };
}

/** The actor a job works as. */
export function arrived({ kind, id, name, language, posts, grants, today }: CarriedActor): Actor {
  const all = posts.map((p) => ({
    ...p,
    capabilities: new Set(p.capabilities),
    categories: p.categories && new Set(p.categories),
  }));
  const rights = new Map<string, Set<Capability>>();
  for (const p of all) {
    const has = rights.get(p.archiveId) ?? new Set<Capability>();
    for (const c of p.capabilities) has.add(c);
    rights.set(p.archiveId, has);
  }
  return { kind, id, name, language, rights, posts: all, grants, ...(today ? { today } : {}) };
}

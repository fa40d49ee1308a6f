import { type Actor, viewerOf } from '#kernel/actor';

/**
 * Whether all entries of a fonds (null: of an archive) exist for somebody. Where they do not, going along an index for what exists may
 * take as long as the index is, so that such walks are left out.
 */
export function hasAllOf(actor: Actor, archiveId: string, fondsId: string | null): boolean {
  if (actor.kind === 'system') return true;
  return viewerOf(actor).posts.some(
    (p) =>
      p.archiveId === archiveId &&
      p.capabilities.has('holdings.read') &&
      p.categories === null &&
      (p.fonds === null || (fondsId !== null && p.fonds.some((f) => f.id === fondsId))),
  );
}

/** Where titles of a part may be looked for. */
export interface Part {
  /** null: in the whole archive. */
  fondsId: string | null;
  /** null: entries of any category. */
  categories: readonly string[] | null;
}

/** Most fonds of somebody's posts that are looked through, besides the one that is written in. */
const MOST_FONDS = 6;

/** The parts of an archive somebody reads by posts for some categories or some fonds, the fonds that is written in first. */
export function partsOf(actor: Actor, archiveId: string, fondsId: string | null): Part[] {
  if (actor.kind === 'system') return [];
  const parts: Part[] = [];
  for (const post of viewerOf(actor).posts) {
    if (post.archiveId !== archiveId || !post.capabilities.has('holdings.read')) continue;
    const categories = post.categories === null ? null : [...post.categories];
    if (post.fonds === null) {
      if (fondsId !== null) parts.push({ fondsId, categories });
      parts.push({ fondsId: null, categories });
    } else {
      const own = post.fonds.filter((f) => f.id === fondsId);
      const others = post.fonds.filter((f) => f.id !== fondsId).slice(0, MOST_FONDS);
      for (const f of [...own, ...others]) parts.push({ fondsId: f.id, categories });
    }
  }
  return parts;
}

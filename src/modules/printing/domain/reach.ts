import { type Actor, viewerOf } from '#kernel/actor';
import type { Capability } from '#kernel/capabilities';
import type { Grant, Post, Viewer } from '#kernel/visibility';

/** A person's posts in an archive as they were when something was asked for, to be kept with it. */
export interface KeptPost {
  role: string;
  capabilities: readonly Capability[];
  categories: readonly string[] | null;
  fonds: readonly { id: string; number: string }[] | null;
}

/** The posts a request came with: a token or a session without a second factor may have had fewer than the person. */
export function keptPosts(actor: Actor, archiveId: string): KeptPost[] {
  return viewerOf(actor)
    .posts.filter((p) => p.archiveId === archiveId)
    .map(({ role, capabilities, categories, fonds }) => ({
      role,
      capabilities: [...capabilities],
      categories: categories && [...categories],
      fonds: fonds && [...fonds],
    }));
}

/** The leave in single cases a request came with. */
export const keptGrants = (actor: Actor, archiveId: string): Grant[] =>
  viewerOf(actor).grants.filter((g) => g.archiveId === archiveId);

/** Those posts and that leave as who looks. What is printed has to be allowed to them, and to the person as of now. */
export function viewerThen({
  archiveId,
  posts,
  grants,
}: {
  archiveId: string;
  posts: readonly KeptPost[];
  grants: readonly Grant[];
}): Viewer {
  return {
    kind: 'person',
    posts: posts.map(
      ({ role, capabilities, categories, fonds }): Post => ({
        archiveId,
        role,
        capabilities: new Set(capabilities),
        categories: categories && new Set(categories),
        fonds,
      }),
    ),
    grants,
  };
}

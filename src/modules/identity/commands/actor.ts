import type { Actor, Language } from '#kernel/actor';
import type { IdentityDeps } from '../deps.ts';
import { rightsOf } from '../domain/rights.ts';
import { membershipsOf } from '../store/people.ts';

/** A person of whom it is known who they are, with what they may do in which archive. */
export async function actorFrom(
  { db, archives }: IdentityDeps,
  p: { id: string; displayName: string; language: Language },
): Promise<Actor> {
  const memberships = await membershipsOf(db.owner, p.id);
  return {
    kind: 'person',
    id: p.id,
    name: p.displayName,
    language: p.language,
    rights: rightsOf(memberships, await archives()),
  };
}

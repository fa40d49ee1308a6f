import type { Actor, Language } from '#kernel/actor';
import type { IdentityDeps } from '../deps.ts';
import { agenciesOf, type Membership, rightsOf } from '../domain/rights.ts';
import { heldNow } from '../store/memberships.ts';

/**
 * A person of whom it is known who they are, with what they may do in which archive at this moment.
 *
 * @param counts leaves out roles that do not count in this session
 */
export async function actorFrom(
  { db, clock, archives, fondsOfAgencies }: IdentityDeps,
  p: { id: string; displayName: string; language: Language },
  counts: (held: Membership) => boolean = () => true,
): Promise<Actor> {
  const held = (await heldNow(db.owner, p.id, clock.now())).filter(counts);
  const agencies = [...new Set(held.flatMap((m) => agenciesOf(m) ?? []))];
  const fonds = agencies.length > 0 ? await fondsOfAgencies(agencies) : [];
  const { rights, posts, delegatedBy } = rightsOf(held, await archives(), fonds);
  return {
    kind: 'person',
    id: p.id,
    name: p.displayName,
    language: p.language,
    rights,
    posts,
    ...(delegatedBy.size > 0 ? { delegatedBy } : {}),
  };
}

import { type Actor, auditActor } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { IdentityDeps } from '../deps.ts';
import { endMembership, membershipById } from '../store/memberships.ts';
import { lockOrganisations, postById } from '../store/organisations.ts';
import { accountById } from '../store/people.ts';
import type { RightsChange } from '../store/rightsChanges.ts';
import { giveRoles } from './give.ts';
import { keepAdministrators } from './last-administrator.ts';
import { doReach } from './reach.ts';
import { retire, saveRole } from './role-changes.ts';

/** Never before the approval: rights do not begin in the past. */
function later(wanted: string | null | undefined, now: Date): Date {
  const at = wanted ? new Date(wanted) : now;
  const begun = at <= now;
  return begun ? now : at;
}

/**
 * Does what was approved, judged again as things stand now.
 *
 * @returns what the trail should tell besides
 * @throws Refusal
 */
export async function applyChange(
  deps: IdentityDeps,
  tx: Tx,
  actor: Actor,
  { id, archiveId, content, proposedBy, proposedByName }: RightsChange,
): Promise<Record<string, unknown>> {
  const now = deps.clock.now();
  if ('personId' in content) {
    const person = await accountById(tx, content.personId, true);
    if (!person || person.disabledAt)
      throw new Refusal('person.notFound', 'There is no such account here, or it was closed meanwhile.');
  }
  switch (content.kind) {
    case 'give': {
      const { role, subtree, categories } = content;
      const until = content.until ? new Date(content.until) : null;
      const from = later(content.from, now);
      await giveRoles(deps, tx, content.personId, [
        { archiveId, role, subtree, from, until, categories: categories ?? null },
      ]);
      return {};
    }
    case 'post': {
      await lockOrganisations(tx);
      const post = await postById(tx, content.postId);
      if (!post || post.archiveId !== archiveId || post.retiredAt)
        throw new Refusal('post.notFound', 'There is no such post here.');
      const from = later(content.from, now);
      const until = content.until ? new Date(content.until) : null;
      await giveRoles(
        deps,
        tx,
        content.personId,
        post.roles.map((role) => ({ archiveId, role, subtree: false, from, until, postId: post.id })),
      );
      return { roles: post.roles };
    }
    case 'end': {
      const m = await membershipById(tx, content.membershipId);
      if (!m || m.personId !== content.personId || m.archiveId !== archiveId)
        throw new Refusal('membership.notFound', 'This person does not hold this role here.');
      await keepAdministrators(deps, tx, content.personId, [m]);
      await endMembership(tx, m.id, now);
      return { role: m.role };
    }
    case 'role':
      return { role: await saveRole(deps, tx, archiveId, content) };
    case 'retire':
      await retire(deps, tx, archiveId, content);
      return { role: content.code };
    case 'organisation':
    case 'fonds': {
      const { before, after, target, people } = await doReach(deps, tx, actor, archiveId, content);
      const moved = target.type === 'fonds' ? 'corrected' : before ? 'changed' : 'added';
      // In the history of the unit or fonds too, where whoever looks there finds it.
      await deps.audit.append(tx, {
        actor: auditActor(actor),
        archiveId,
        act: `${target.type}.${moved}`,
        target,
        detail: { before, after, change: id, askedBy: { id: proposedBy, name: proposedByName } },
      });
      return { before, after, people };
    }
  }
}

import { type Actor, auditActor, demand } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { IdentityDeps } from '../deps.ts';
import {
  deleteOrganisation,
  insertPost,
  type Organisation,
  organisationById,
  organisationsOf,
  type Post,
  postById,
  postsOf,
  retirePost,
} from '../store/organisations.ts';
import { holdersOf, type RoleRow, rolesByCodes, rolesFor } from '../store/roles.ts';
import { archivesWith } from './accounts.ts';
import { demandAgencyPlace } from './give.ts';
import {
  noOrganisation,
  peopleOfFonds,
  takesTwo,
  type UnitInput,
  watchingReach,
  writeUnit,
} from './reach.ts';

export interface RoleView extends RoleRow {
  /** People who hold it now, in the archives the asker looks after. */
  holders: number;
}

/** Roles, organisations and posts: what rights are given by. */
export function roleCommands(deps: IdentityDeps) {
  const { db, newId, audit, clock } = deps;
  const { owner } = db;

  return {
    /** The roles there are for the archives one looks after. */
    async roles(actor: Actor): Promise<RoleView[]> {
      const archives = archivesWith(actor, 'people.read');
      const holders = await holdersOf(owner, archives);
      return (await rolesFor(owner, archives)).map((r) => ({ ...r, holders: holders.get(r.code) ?? 0 }));
    },

    async organisations(actor: Actor, archiveId: string): Promise<{ units: Organisation[]; posts: Post[] }> {
      demand(actor, 'people.read', archiveId, noOrganisation());
      const [units, posts] = await Promise.all([
        organisationsOf(owner, archiveId),
        postsOf(owner, archiveId),
      ]);
      return { units, posts };
    },

    /**
     * Makes a unit of the organisation, or renames and moves it, where nobody's post reaches other records by it; else it
     * takes two persons (`proposeRights`), but for who runs this machine.
     *
     * @param o.version of the unit as it was looked at; absent for a new one
     * @throws Refusal organisation.notFound, organisation.changed, organisation.circle, organisation.tooDeep, organisation.parent,
     * organisation.reach with the number of people
     */
    saveOrganisation: (actor: Actor, o: UnitInput): Promise<Organisation> =>
      db.system(async (tx) => {
        demand(actor, 'rights.manage', o.archiveId, noOrganisation());
        const { before, after, people } = await writeUnit(deps, tx, o);
        if (people.length > 0 && actor.kind !== 'system') throw takesTwo(people);
        await audit.append(tx, {
          actor: auditActor(actor),
          archiveId: o.archiveId,
          act: before ? 'organisation.changed' : 'organisation.added',
          target: { type: 'organisation', id: after.id },
          detail: { before, after },
        });
        return after;
      }),

    /** How many people with posts reach the records of only one of two agencies. For holdings, before a fonds changes hands. */
    reachBetween: async (archiveId: string, one: string | null, other: string | null): Promise<number> =>
      (await peopleOfFonds(deps, owner, archiveId, one, other)).length,

    /** Takes an empty unit away. @throws Refusal organisation.notFound, organisation.inUse, organisation.linked */
    removeOrganisation: (actor: Actor, id: string): Promise<void> =>
      db.system(async (tx) => {
        const before = await organisationById(tx, id, true);
        if (!before) throw noOrganisation();
        demand(actor, 'rights.manage', before.archiveId, noOrganisation());
        const { people } = await watchingReach(deps, tx, before.archiveId, () => deleteOrganisation(tx, id));
        if (people.length > 0 && actor.kind !== 'system') {
          throw new Refusal(
            'organisation.linked',
            'People’s posts reach records by its agency. Ask for it to be taken off first; another person decides.',
            { people: people.length },
          );
        }
        await audit.append(tx, {
          actor: auditActor(actor),
          archiveId: before.archiveId,
          act: 'organisation.removed',
          target: { type: 'organisation', id },
          detail: { before },
        });
      }),

    /** Makes a post. Nobody holds it before a request for it is approved. @throws Refusal person.role, role.agency, rights.twoSides */
    addPost: (
      actor: Actor,
      p: { archiveId: string; organisationId: string | null; name: string; roles: readonly string[] },
    ): Promise<Post> =>
      db.system(async (tx) => {
        demand(actor, 'rights.manage', p.archiveId, noOrganisation());
        if (p.organisationId && (await organisationById(tx, p.organisationId))?.archiveId !== p.archiveId)
          throw noOrganisation();
        const roles = await rolesByCodes(tx, p.roles);
        const fitting = roles.filter((r) => !r.retiredAt && (r.archiveId ?? p.archiveId) === p.archiveId);
        if (fitting.length !== p.roles.length)
          throw new Refusal('person.role', 'One of these roles does not exist here.');
        if (new Set(fitting.map((r) => r.side)).size > 1) {
          throw new Refusal(
            'rights.twoSides',
            'A post can not join an administrator’s duty with another one.',
          );
        }
        await demandAgencyPlace(tx, p.roles, p.organisationId);
        const id = newId();
        await insertPost(tx, { ...p, id, name: p.name.trim(), roles: [...p.roles] });
        await audit.append(tx, {
          actor: auditActor(actor),
          archiveId: p.archiveId,
          act: 'post.added',
          target: { type: 'post', id },
          detail: { name: p.name, roles: p.roles },
        });
        return (await postById(tx, id))!;
      }),

    /** Gives a post up: it is given to nobody any more. @throws Refusal post.notFound */
    retirePost: (actor: Actor, id: string): Promise<void> =>
      db.system(async (tx) => {
        const post = await postById(tx, id);
        const missing = new Refusal('post.notFound', 'There is no such post here.');
        if (!post || post.retiredAt) throw missing;
        demand(actor, 'rights.manage', post.archiveId, missing);
        await retirePost(tx, id, clock.now());
        await audit.append(tx, {
          actor: auditActor(actor),
          archiveId: post.archiveId,
          act: 'post.retired',
          target: { type: 'post', id },
        });
      }),
  };
}

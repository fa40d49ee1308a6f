import { type Actor, auditActor, demand } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { IdentityDeps } from '../deps.ts';
import {
  deleteOrganisation,
  insertPost,
  lockOrganisations,
  type Organisation,
  organisationById,
  organisationsOf,
  type Post,
  postById,
  postsOf,
  retirePost,
  writeOrganisation,
} from '../store/organisations.ts';
import { holdersOf, type RoleRow, rolesByCodes, rolesFor } from '../store/roles.ts';
import { archivesWith } from './accounts.ts';
import { demandAgencyPlace } from './give.ts';

export interface RoleView extends RoleRow {
  /** People who hold it now, in the archives the asker looks after. */
  holders: number;
}

const noOrganisation = () => new Refusal('organisation.notFound', 'There is no such unit here.');

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
     * Makes a unit of the organisation, or renames and moves it.
     *
     * @param o.version of the unit as it was looked at; absent for a new one
     * @throws Refusal organisation.notFound, organisation.changed, organisation.circle, organisation.tooDeep, organisation.parent
     */
    saveOrganisation: (
      actor: Actor,
      o: Omit<Organisation, 'id' | 'version'> & { id?: string; version?: number },
    ): Promise<Organisation> =>
      db.system(async (tx) => {
        demand(actor, 'rights.manage', o.archiveId, noOrganisation());
        await lockOrganisations(tx);
        const before = o.id ? await organisationById(tx, o.id, true) : undefined;
        if (o.id && before?.archiveId !== o.archiveId) throw noOrganisation();
        if (before && before.version !== o.version) {
          throw new Refusal('organisation.changed', 'Somebody else changed this unit meanwhile.', {
            current: { name: before.name, parentId: before.parentId, version: before.version },
          });
        }
        if (o.parentId && (await organisationById(tx, o.parentId))?.archiveId !== o.archiveId)
          throw new Refusal('organisation.parent', 'There is no such unit above it.');
        const id = before?.id ?? newId();
        const { archiveId, parentId, name, agencyId } = o;
        const kind = before?.kind ?? o.kind;
        await writeOrganisation(tx, { id, archiveId, parentId, kind, name: name.trim(), agencyId });
        const after = (await organisationById(tx, id))!;
        await audit.append(tx, {
          actor: auditActor(actor),
          archiveId,
          act: before ? 'organisation.changed' : 'organisation.added',
          target: { type: 'organisation', id },
          detail: { before: before ?? null, after },
        });
        return after;
      }),

    /** Takes an empty unit away. @throws Refusal organisation.notFound, organisation.inUse */
    removeOrganisation: (actor: Actor, id: string): Promise<void> =>
      db.system(async (tx) => {
        const before = await organisationById(tx, id, true);
        if (!before) throw noOrganisation();
        demand(actor, 'rights.manage', before.archiveId, noOrganisation());
        await deleteOrganisation(tx, id);
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

import { type Actor, auditActor, type Capability, demand, demandFresh } from '#kernel/actor';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import { demandOther } from '#kernel/four-eyes';
import type { IdentityDeps } from '../deps.ts';
import type { Wanted } from '../domain/rights-change.ts';
import { heldNow, membershipById, type NewMembership } from '../store/memberships.ts';
import { lockOrganisations, postById } from '../store/organisations.ts';
import { accountById } from '../store/people.ts';
import {
  closeRightsChange,
  insertRightsChange,
  type RightsChange,
  rightsChangeById,
  rightsChangePage,
  waitingForRole,
} from '../store/rightsChanges.ts';
import { rolesFor } from '../store/roles.ts';
import { archivesWith } from './accounts.ts';
import { applyChange } from './apply-rights.ts';
import { demandAgencyPost } from './give.ts';
import { tryReach } from './reach.ts';
import { checkCapabilities, roleToChange } from './role-changes.ts';

const noChange = () => new Refusal('rights.notFound', 'There is no such request here.');
const self = () => new Refusal('rights.self', 'Nobody asks for, or approves, rights of their own.');

const isReach = (w: Wanted) => w.kind === 'organisation' || w.kind === 'fonds';

/** Roles a change would give, for asking whether the asker may. */
async function givenBy(tx: Tx, archiveId: string, wanted: Wanted): Promise<NewMembership[]> {
  if (wanted.kind === 'give') return [{ archiveId, role: wanted.role, subtree: wanted.subtree }];
  if (wanted.kind !== 'post') return [];
  // Who gets a post while its unit moves is among those the move is asked about.
  await lockOrganisations(tx);
  const post = await postById(tx, wanted.postId);
  if (!post || post.archiveId !== archiveId || post.retiredAt)
    throw new Refusal('post.notFound', 'There is no such post here.');
  return post.roles.map((role) => ({ archiveId, role, subtree: false, postId: post.id }));
}

/** Changes of rights: one person asks, another decides [S:9.3]. */
export function rightsCommands(deps: IdentityDeps) {
  const { db, clock, newId, audit } = deps;

  /** The duty in the archive, and below it where rights are to reach there. */
  async function demandThere(actor: Actor, capability: Capability, archiveId: string, wanted: Wanted) {
    demand(actor, capability, archiveId, noChange());
    if (wanted.kind !== 'give' || !wanted.subtree) return;
    for (const a of await deps.archives()) if (a.path.includes(archiveId)) demand(actor, capability, a.id);
  }

  /** Nobody touches what they hold themselves, whether by name or by a role they bear. */
  async function refuseOwn(tx: Tx, actor: Actor, wanted: Wanted): Promise<void> {
    if (!actor.id) throw self();
    if ('personId' in wanted) {
      if (wanted.personId === actor.id) throw self();
      return;
    }
    if (isReach(wanted)) return;
    const held = await heldNow(tx, actor.id, clock.now());
    if (held.some((m) => m.role === wanted.code)) throw self();
  }

  /** What could not be approved as things stand is not asked for. */
  async function checkWanted(tx: Tx, archiveId: string, wanted: Wanted): Promise<void> {
    if (wanted.kind === 'role') {
      if (!wanted.code) {
        checkCapabilities(wanted.capabilities);
        return;
      }
      const role = await roleToChange(tx, archiveId, wanted.code, wanted.version);
      checkCapabilities(wanted.capabilities, role.side);
    }
    if (wanted.kind === 'retire') await roleToChange(tx, archiveId, wanted.code, wanted.version);
    if (wanted.kind === 'role' || wanted.kind === 'retire') {
      const waiting = await waitingForRole(tx, wanted.code ?? '');
      if (waiting) throw changedBy(waiting);
      return;
    }
    if (!('personId' in wanted)) return;
    const person = await accountById(tx, wanted.personId);
    if (!person || person.disabledAt) throw new Refusal('person.notFound', 'There is no such account here.');
    if (wanted.kind === 'end') {
      const m = await membershipById(tx, wanted.membershipId);
      if (!m || m.personId !== wanted.personId || m.archiveId !== archiveId)
        throw new Refusal('membership.notFound', 'This person does not hold this role here.');
      return;
    }
    const given = await givenBy(tx, archiveId, wanted);
    const known = new Set((await rolesFor(tx, [archiveId])).filter((r) => !r.retiredAt).map((r) => r.code));
    const wrong = given.find((m) => !known.has(m.role));
    if (wrong) throw new Refusal('person.role', `There is no role "${wrong.role}".`, { role: wrong.role });
    for (const m of given) await demandAgencyPost(tx, m);
  }

  return {
    /**
     * Asks for a change of rights.
     *
     * @returns the request's id
     * @throws Refusal rights.self, person.notFound, person.role, role.*, post.notFound, membership.notFound,
     * organisation.*, fonds.*; role.changed carries the role as it is, or as somebody else wants it, in `current`
     */
    proposeRights: (actor: Actor, archiveId: string, wanted: Wanted, reason: string): Promise<string> =>
      db.system(async (tx) => {
        await demandThere(actor, 'rights.manage', archiveId, wanted);
        demandFresh(actor, clock);
        await refuseOwn(tx, actor, wanted);
        await checkWanted(tx, archiveId, wanted);
        const reached = isReach(wanted) ? await tryReach(deps, tx, actor, archiveId, wanted) : undefined;
        const before = reached ? { was: reached.before, people: reached.people.length } : null;
        const id = newId();
        await insertRightsChange(tx, {
          id,
          before,
          archiveId,
          kind: wanted.kind,
          personId: 'personId' in wanted ? wanted.personId : null,
          content: wanted,
          reason,
          proposedBy: actor.id!,
          proposedByName: actor.name,
          proposedAt: clock.now(),
        });
        await audit.append(tx, {
          actor: auditActor(actor),
          archiveId,
          act: 'rights.proposed',
          target: { type: 'rightsChange', id },
          detail: { wanted, ...(before && { before: before.was, people: before.people }) },
          purpose: reason,
        });
        return id;
      }),

    /**
     * Decides a request, by somebody else than who asked and than who it is about.
     *
     * @throws Refusal rights.notFound, rights.samePerson, rights.self, rights.wrongState, rights.twoSides, role.changed,
     * person.lastAdministrator, organisation.*, fonds.*
     */
    decideRights: (
      actor: Actor,
      id: string,
      decision: 'approved' | 'rejected',
      note: string | null,
    ): Promise<void> =>
      db.system(async (tx) => {
        const change = await rightsChangeById(tx, id, true);
        if (!change) throw noChange();
        const { archiveId, content } = change;
        await demandThere(actor, 'rights.approve', archiveId, content);
        demandFresh(actor, clock);
        if (change.state !== 'proposed')
          throw new Refusal('rights.wrongState', 'This request was decided already.');
        demandOther(actor, change.proposedBy, 'rights', archiveId);
        if (decision === 'approved') await refuseOwn(tx, actor, content);
        const done = decision === 'approved' ? await applyChange(deps, tx, actor, change) : {};
        const at = clock.now();
        await closeRightsChange(tx, { id, state: decision, by: actor.id, byName: actor.name, at, note });
        await audit.append(tx, {
          actor: auditActor(actor),
          archiveId,
          act: `rights.${decision}`,
          target: { type: 'rightsChange', id },
          detail: {
            proposedBy: change.proposedBy,
            personId: change.personId,
            wanted: content,
            note,
            ...done,
          },
        });
      }),

    /** Requests of the archives whose rights one keeps or approves, the newest first. */
    async rightsChanges(
      actor: Actor,
      o: { state?: string | undefined; cursor?: string | undefined; limit: number },
    ): Promise<{ items: RightsChange[]; next: string | null }> {
      const cursor = o.cursor ? decodeCursor(o.cursor, ['string', 'string']) : undefined;
      const after = cursor && ([String(cursor[0]), String(cursor[1])] as const);
      const archives = [
        ...new Set([...archivesWith(actor, 'rights.manage'), ...archivesWith(actor, 'rights.approve')]),
      ];
      const rows = await rightsChangePage(db.owner, { archives, state: o.state, after, limit: o.limit + 1 });
      const items = rows.slice(0, o.limit);
      const last = items.at(-1);
      const next =
        rows.length > o.limit && last ? encodeCursor([last.proposedAt.toISOString(), last.id]) : null;
      return { items, next };
    },

    /** @throws Refusal rights.notFound */
    async rightsChange(actor: Actor, id: string): Promise<RightsChange> {
      const change = await rightsChangeById(db.owner, id);
      if (!change || !actor.rights.get(change.archiveId)?.has('people.read')) throw noChange();
      return change;
    },
  };
}

function changedBy(waiting: RightsChange): Refusal {
  const { content } = waiting;
  return new Refusal(
    'role.changed',
    'Somebody else has asked for a change of this role; it waits for a decision.',
    {
      by: waiting.proposedByName,
      ...(content.kind === 'role'
        ? { current: { version: content.version, names: content.names, capabilities: content.capabilities } }
        : {}),
    },
  );
}

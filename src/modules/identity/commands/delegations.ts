import { type Actor, auditActor, can, demandFresh } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { IdentityDeps } from '../deps.ts';
import { checkDelegation } from '../domain/delegation.ts';
import { standsOnTwoSides } from '../domain/separation.ts';
import {
  type Delegation,
  delegationById,
  delegationsIn,
  delegationsOf,
  endDelegation,
  insertDelegation,
} from '../store/delegations.ts';
import { membershipsOfPeople, sidesHeld } from '../store/memberships.ts';
import { accountById, colleaguesOf } from '../store/people.ts';
import { rolesByCodes } from '../store/roles.ts';
import { archivesWith } from './accounts.ts';

/** What one may leave to whom: own roles now, archive by archive, and the colleagues there. */
export interface Delegable {
  archiveId: string;
  roles: { code: string; names: { 'zh-CN': string; 'zh-TW': string; en: string } }[];
  colleagues: { id: string; displayName: string }[];
}

const noDelegation = () => new Refusal('delegation.notFound', 'There is no such delegation here.');

/** Standing in for somebody during absence: never more than they have themselves, never handed on, and it ends. */
export function delegationCommands(deps: IdentityDeps) {
  const { db, clock, newId, audit } = deps;

  return {
    /**
     * Leaves roles of one's own to a colleague for a time.
     *
     * @throws Refusal delegation.self, delegation.span, delegation.notYours, delegation.colleague, rights.twoSides
     */
    delegate: (
      actor: Actor,
      wanted: {
        archiveId: string;
        toPerson: string;
        roles: readonly string[];
        from: Date;
        until: Date;
        reason: string;
      },
    ): Promise<string> =>
      db.system(async (tx) => {
        const fromPerson = actor.id;
        if (actor.kind !== 'person' || !fromPerson)
          throw new Refusal('session.none', 'You are not signed in.');
        demandFresh(actor, clock);
        const now = clock.now();
        // A first day has begun at midnight, and the role perhaps this morning: nothing is delegated for the past.
        const begun = wanted.from <= now;
        const d = { ...wanted, from: begun ? now : wanted.from };
        const own = (await membershipsOfPeople(tx, [fromPerson])).filter((m) => m.archiveId === d.archiveId);
        checkDelegation({ ...d, fromPerson }, own, now);
        const colleague = (await colleaguesOf(tx, d.archiveId)).some((c) => c.id === d.toPerson);
        if (!colleague || !(await accountById(tx, d.toPerson, true)))
          throw new Refusal('delegation.colleague', 'Choose somebody of this archive whose account is open.');
        const roles = await rolesByCodes(tx, d.roles);
        const held = await sidesHeld(tx, d.toPerson, now);
        for (const { side } of roles) held.push({ side, from: d.from, until: d.until });
        if (standsOnTwoSides(held, now)) {
          throw new Refusal(
            'rights.twoSides',
            'This colleague works on another side: administrators and those who work with records do not stand in for one another.',
          );
        }
        const id = newId();
        const { archiveId, toPerson, from, until, reason } = d;
        await insertDelegation(tx, {
          id,
          archiveId,
          fromPerson,
          toPerson,
          roles: [...d.roles],
          reason,
          from,
          until,
          createdAt: now,
        });
        await audit.append(tx, {
          actor: auditActor(actor),
          archiveId,
          act: 'delegation.made',
          target: { type: 'delegation', id },
          detail: { to: toPerson, roles: d.roles, from: from.toISOString(), until: until.toISOString() },
          purpose: reason,
        });
        return id;
      }),

    /** Ends a delegation: by who made it, who was given it, or who keeps the rights there. */
    endDelegation: (actor: Actor, id: string): Promise<void> =>
      db.system(async (tx) => {
        const d = await delegationById(tx, id, true);
        if (!d) throw noDelegation();
        const concerned = actor.id !== null && (actor.id === d.fromPerson || actor.id === d.toPerson);
        if (!concerned && !can(actor, 'rights.manage', d.archiveId)) throw noDelegation();
        if (d.endedAt) return;
        await endDelegation(tx, id, clock.now());
        await audit.append(tx, {
          actor: auditActor(actor),
          archiveId: d.archiveId,
          act: 'delegation.ended',
          target: { type: 'delegation', id },
          detail: { from: d.fromPerson, to: d.toPerson },
        });
      }),

    myDelegations: (actor: Actor): Promise<Delegation[]> =>
      actor.id ? delegationsOf(db.owner, actor.id) : Promise.resolve([]),

    /** Those in force and to come, for who looks after the archives. */
    delegations: (actor: Actor): Promise<Delegation[]> =>
      delegationsIn(db.owner, archivesWith(actor, 'people.read'), clock.now()),

    async delegable(actor: Actor): Promise<Delegable[]> {
      if (!actor.id) return [];
      const now = clock.now();
      const own = (await membershipsOfPeople(db.owner, [actor.id])).filter(
        (m) => m.from <= now && (m.until === null || m.until > now),
      );
      const roles = await rolesByCodes(db.owner, [...new Set(own.map((m) => m.role))]);
      const archives = [...new Set(own.map((m) => m.archiveId))];
      return Promise.all(
        archives.map(async (archiveId) => {
          const here = new Set(own.filter((m) => m.archiveId === archiveId).map((m) => m.role));
          const colleagues = await colleaguesOf(db.owner, archiveId);
          return {
            archiveId,
            roles: roles.filter((r) => here.has(r.code)).map(({ code, names }) => ({ code, names })),
            colleagues: colleagues.filter((c) => c.id !== actor.id),
          };
        }),
      );
    },
  };
}

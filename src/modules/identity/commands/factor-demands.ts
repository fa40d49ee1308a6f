import { type Actor, auditActor, can, demand, demandFresh } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { IdentityDeps } from '../deps.ts';
import { type DemandRow, deleteDemand, demandById, factorDemands, insertDemand } from '../store/demands.ts';
import type { Arrival } from './attempts.ts';

/** Which roles count only with a second factor: set by the security administrator of the archive. */
export function factorDemandCommands({ db, clock, newId, audit }: IdentityDeps) {
  const none = () => new Refusal('demand.notFound', 'There is no such demand.');
  return {
    /** The demands in the archives whose rights the actor looks after, and those for everywhere. */
    async factorDemands(actor: Actor): Promise<DemandRow[]> {
      const all = await factorDemands(db.owner);
      return all.filter((d) => d.archiveId === null || can(actor, 'rights.manage', d.archiveId));
    },

    /** @throws Refusal demand.duplicate, actor.forbidden, archive.notFound, session.stale */
    async demandFactor(
      actor: Actor,
      o: { archiveId: string; role: string | null },
      from: Arrival,
    ): Promise<string> {
      demandFresh(actor, clock);
      demand(
        actor,
        'rights.manage',
        o.archiveId,
        new Refusal('archive.notFound', 'There is no such archive.'),
      );
      const id = newId();
      await db.system(async (tx) => {
        const d = { ...o, id, madeAt: clock.now(), madeBy: actor.id };
        if (!(await insertDemand(tx, d))) throw new Refusal('demand.duplicate', 'This is demanded already.');
        await audit.append(tx, {
          actor: auditActor(actor),
          archiveId: o.archiveId,
          act: 'factor.demanded',
          target: { type: 'archive', id: o.archiveId },
          address: from.address,
          detail: { role: o.role },
        });
      });
      return id;
    },

    /** @throws Refusal demand.notFound, actor.forbidden, session.stale */
    async endFactorDemand(actor: Actor, id: string, from: Arrival): Promise<void> {
      demandFresh(actor, clock);
      const known = await demandById(db.owner, id);
      if (!known?.archiveId) throw none();
      demand(actor, 'rights.manage', known.archiveId, none());
      await db.system(async (tx) => {
        const gone = await deleteDemand(tx, id);
        if (!gone) throw none();
        await audit.append(tx, {
          actor: auditActor(actor),
          archiveId: gone.archiveId,
          act: 'factor.demandEnded',
          target: { type: 'archive', id: known.archiveId ?? '' },
          address: from.address,
          detail: { role: gone.role },
        });
      });
    },
  };
}

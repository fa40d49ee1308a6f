import { type Actor, auditActor, can, demand, demandFresh } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { IdentityDeps } from '../deps.ts';
import { type DemandRow, deleteDemand, demandById, factorDemands, insertDemand } from '../store/demands.ts';
import type { Arrival } from './attempts.ts';

/** Which roles count only with a second factor: set by the security administrator of the archive. */
export function factorDemandCommands({ db, clock, newId, audit, archives }: IdentityDeps) {
  const none = () => new Refusal('demand.notFound', 'There is no such demand.');

  /** Looks after the rights of every archive at the top, and so of all. */
  async function looksAfterAll(actor: Actor): Promise<boolean> {
    const tops = (await archives()).filter((a) => a.path.length === 1);
    return tops.length > 0 && tops.every((a) => can(actor, 'rights.manage', a.id));
  }

  /** @throws Refusal actor.forbidden, or `hidden` for who may not know of the place */
  async function demandPlace(actor: Actor, archiveId: string | null, hidden: Refusal): Promise<void> {
    if (archiveId !== null) return demand(actor, 'rights.manage', archiveId, hidden);
    if (await looksAfterAll(actor)) return;
    throw new Refusal(
      'actor.forbidden',
      'Only who looks after the rights of every archive demands this of all.',
    );
  }

  const target = (archiveId: string | null) =>
    archiveId === null ? { type: 'installation', id: 'lantai' } : { type: 'archive', id: archiveId };

  return {
    /** The demands in the archives whose rights the actor looks after, and those for everywhere. */
    async factorDemands(actor: Actor): Promise<{ items: DemandRow[]; everywhere: boolean }> {
      const all = await factorDemands(db.owner);
      return {
        items: all.filter((d) => d.archiveId === null || can(actor, 'rights.manage', d.archiveId)),
        everywhere: await looksAfterAll(actor),
      };
    },

    /**
     * @param o.archiveId with the archives under it; null: everywhere
     * @throws Refusal demand.duplicate, actor.forbidden, archive.notFound, session.stale
     */
    async demandFactor(
      actor: Actor,
      o: { archiveId: string | null; role: string | null },
      from: Arrival,
    ): Promise<string> {
      demandFresh(actor, clock);
      await demandPlace(actor, o.archiveId, new Refusal('archive.notFound', 'There is no such archive.'));
      const id = newId();
      await db.system(async (tx) => {
        const d = { ...o, id, madeAt: clock.now(), madeBy: actor.id };
        if (!(await insertDemand(tx, d))) throw new Refusal('demand.duplicate', 'This is demanded already.');
        await audit.append(tx, {
          actor: auditActor(actor),
          archiveId: o.archiveId,
          act: 'factor.demanded',
          target: target(o.archiveId),
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
      if (!known) throw none();
      await demandPlace(actor, known.archiveId, none());
      await db.system(async (tx) => {
        const gone = await deleteDemand(tx, id);
        if (!gone) throw none();
        await audit.append(tx, {
          actor: auditActor(actor),
          archiveId: gone.archiveId,
          act: 'factor.demandEnded',
          target: target(gone.archiveId),
          address: from.address,
          detail: { role: gone.role },
        });
      });
    },
  };
}

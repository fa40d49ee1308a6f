import { type Actor, auditActor, demand, demandFresh, scopeOf } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import {
  DISPOSAL_JOB,
  decideDisposal,
  enqueueDisposal,
  noDisposal,
  withdrawDisposal,
} from './commands/decide.ts';
import { endLegalHold, type LegalHoldInput, setLegalHold } from './commands/legalHolds.ts';
import {
  type DisposalChoice,
  type DisposalProposal,
  previewDisposal,
  proposeDisposal,
} from './commands/propose.ts';
import type { DisposalDeps } from './deps.ts';
import { disposalJob } from './destroy.ts';
import {
  destructionCertificate,
  disposalsWaiting,
  everyListed,
  listDisposals,
  listedPlaces,
  listedUnits,
  listLegalHolds,
  readDisposal,
  unitDisposal,
} from './queries.ts';
import { disposalById, setDisposalState, unfinishedDisposals } from './store/disposals.ts';
import { signOffMedium } from './store/removals.ts';

export type Disposals = ReturnType<typeof createDisposal>;

/** Destroying what is held: the one way content leaves the house. */
export function createDisposal(deps: DisposalDeps) {
  return {
    jobs: [disposalJob(deps)],
    preview: (actor: Actor, choice: DisposalChoice) => previewDisposal(deps, actor, choice),
    propose: (actor: Actor, p: DisposalProposal) => proposeDisposal(deps, actor, p),
    decide: (actor: Actor, id: string, decision: 'agreed' | 'refused', note: string | null) =>
      decideDisposal(deps, actor, id, decision, note),
    withdraw: (actor: Actor, id: string, reason: string) => withdrawDisposal(deps, actor, id, reason),
    /** Tries again what waits. @throws Refusal disposal.notFound, disposal.wrongState */
    run: (actor: Actor, id: string): Promise<string> =>
      deps.db.as(scopeOf(actor), async (tx) => {
        const d = await disposalById(tx, id, true);
        if (!d) throw noDisposal();
        demand(actor, 'disposal.propose', d.archiveId, noDisposal(), 'whole');
        if (!['agreed', 'condemned', 'destroying'].includes(d.state))
          throw new Refusal('disposal.wrongState', 'Nothing of this list waits to be carried out.');
        const jobId = await enqueueDisposal(deps, tx, d, actor.id);
        await setDisposalState(tx, id, d.state, { jobId });
        return jobId;
      }),
    /** A medium was taken out of its place and destroyed by hand. @throws Refusal disposal.*, session.stale */
    signOff: (actor: Actor, id: string, mediumId: string, note: string): Promise<void> =>
      deps.db.as(scopeOf(actor), async (tx) => {
        const d = await disposalById(tx, id, true);
        if (!d) throw noDisposal();
        demand(actor, 'preservation.manage', d.archiveId, noDisposal(), 'whole');
        demandFresh(actor, deps.clock);
        const why = note.trim();
        if (!why) throw new Refusal('disposal.reason', 'Say how and where the medium was destroyed.');
        const { id: by, name } = actor;
        const objects = await signOffMedium(tx, {
          disposalId: id,
          mediumId,
          at: deps.clock.now(),
          by: { id: by, name },
          note: why,
        });
        if (objects.length === 0)
          throw new Refusal('disposal.wrongState', 'Nothing of this list waits on this medium.');
        await deps.mediumDestroyed(tx, mediumId, `${d.number}: ${why}`);
        const jobId = await enqueueDisposal(deps, tx, d, by);
        await setDisposalState(tx, id, d.state, { jobId });
        await deps.audit.append(tx, {
          actor: auditActor(actor),
          archiveId: d.archiveId,
          act: 'disposal.mediumSignedOff',
          target: { type: 'disposal', id },
          detail: { number: d.number, medium: mediumId, objects: objects.length, note: why },
        });
      }),
    /** Lists that are not at their end get their job again: for a start after a kill, and every hour. */
    async resume(): Promise<number> {
      if ((await deps.jobs.pending([DISPOSAL_JOB])) > 0) return 0;
      const open = await unfinishedDisposals(deps.db.owner);
      for (const d of open) await deps.db.system((tx) => enqueueDisposal(deps, tx, d, null));
      return open.length;
    },
    disposal: (actor: Actor, id: string) => readDisposal(deps, actor, id),
    disposals: (actor: Actor, o: Parameters<typeof listDisposals>[2]) => listDisposals(deps, actor, o),
    waiting: (actor: Actor, limit: number) => disposalsWaiting(deps, actor, limit),
    units: (actor: Actor, id: string, o: Parameters<typeof listedUnits>[3]) =>
      listedUnits(deps, actor, id, o),
    everyUnit: (actor: Actor, id: string) => everyListed(deps, actor, id),
    places: (actor: Actor, id: string, o: Parameters<typeof listedPlaces>[3]) =>
      listedPlaces(deps, actor, id, o),
    certificate: (actor: Actor, id: string) => destructionCertificate(deps, actor, id),
    ofUnit: (actor: Actor, unitId: string) => unitDisposal(deps, actor, unitId),
    setLegalHold: (actor: Actor, input: LegalHoldInput) => setLegalHold(deps, actor, input),
    endLegalHold: (actor: Actor, id: string, reason: string) => endLegalHold(deps, actor, id, reason),
    legalHolds: (actor: Actor, o: Parameters<typeof listLegalHolds>[2]) => listLegalHolds(deps, actor, o),
    /** What the list is called where the register is printed. */
    names: deps.holdings.names,
    archives: deps.holdings.archives,
    timeZone: deps.timeZone,
  };
}

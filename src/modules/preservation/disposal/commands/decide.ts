import { type Actor, auditActor, demand, demandFresh, scopeOf } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import { demandOther } from '#kernel/four-eyes';
import type { DisposalDeps } from '../deps.ts';
import { type Disposal, disposalById, insertVoice, setDisposalState, voicesOf } from '../store/disposals.ts';

export const DISPOSAL_JOB = 'destroy-content';
/** Other persons who have to agree (监销人, standards 7.6 [S:DES]). */
export const VOICES_NEEDED = 2;

export const noDisposal = () => new Refusal('disposal.notFound', 'There is no such list.');

/**
 * A voice on a list: two other persons than who proposed it have to agree, and the second of them starts the job. One who
 * refuses ends it.
 *
 * @throws Refusal disposal.notFound, disposal.wrongState, disposal.samePerson, session.stale
 */
export function decideDisposal(
  deps: DisposalDeps,
  actor: Actor,
  id: string,
  decision: 'agreed' | 'refused',
  note: string | null,
): Promise<void> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const d = await disposalById(tx, id, true);
    if (!d) throw noDisposal();
    demand(actor, 'disposal.decide', d.archiveId, noDisposal(), 'whole');
    if (d.state !== 'proposed') throw new Refusal('disposal.wrongState', 'This list was decided already.');
    const given = (await voicesOf(tx, [id])).get(id) ?? [];
    const before: { id: string; for: string[] }[] = [
      { id: d.proposedBy, for: d.proposedFor },
      ...given.map((v) => ({ id: v.personId, for: v.stoodFor })),
    ];
    demandOther(actor, d.proposedBy, 'disposal', d.archiveId);
    for (const one of before) {
      demandOther(actor, one.id, 'disposal', d.archiveId);
      // Whoever was stood in for has had that say.
      if (one.for.includes(actor.id))
        throw new Refusal(
          'disposal.samePerson',
          'Somebody who stands in for you had a say in this list already.',
        );
    }
    demandFresh(actor, deps.clock);
    const stoodFor = (actor.delegatedBy?.get(d.archiveId) ?? []).map((x) => x.id);
    const at = deps.clock.now();
    await insertVoice(tx, d, { personId: actor.id, personName: actor.name, stoodFor, decision, note, at });
    const agreed = given.filter((v) => v.decision === 'agreed').length + (decision === 'agreed' ? 1 : 0);
    if (decision === 'refused')
      await setDisposalState(tx, id, 'rejected', note ? { closedReason: note } : {});
    else if (agreed >= VOICES_NEEDED) {
      const jobId = await enqueueDisposal(deps, tx, d, actor.id);
      await setDisposalState(tx, id, 'agreed', { jobId });
    }
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: d.archiveId,
      act: decision === 'agreed' ? 'disposal.agreed' : 'disposal.refused',
      target: { type: 'disposal', id },
      detail: { number: d.number, units: d.unitCount, note, voice: given.length + 1 },
    });
  });
}

export function enqueueDisposal(
  deps: Pick<DisposalDeps, 'jobs'>,
  tx: Parameters<DisposalDeps['jobs']['enqueue']>[0],
  d: Pick<Disposal, 'id' | 'archiveId' | 'number'>,
  createdBy: string | null,
): Promise<string> {
  return deps.jobs.enqueue(
    tx,
    DISPOSAL_JOB,
    { id: d.id },
    { archiveId: d.archiveId, title: d.number, createdBy },
  );
}

/** Takes a list back that was not agreed to yet. @throws Refusal disposal.* */
export function withdrawDisposal(
  deps: DisposalDeps,
  actor: Actor,
  id: string,
  reason: string,
): Promise<void> {
  const why = reason.trim();
  if (!why) throw new Refusal('disposal.reason', 'Say why the list is taken back.');
  return deps.db.as(scopeOf(actor), async (tx) => {
    const d = await disposalById(tx, id, true);
    if (!d) throw noDisposal();
    demand(actor, 'disposal.propose', d.archiveId, noDisposal(), 'whole');
    if (d.state !== 'proposed')
      throw new Refusal('disposal.wrongState', 'Only a list that waits for its decision can be taken back.');
    await setDisposalState(tx, id, 'withdrawn', { closedReason: why });
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: d.archiveId,
      act: 'disposal.withdrawn',
      target: { type: 'disposal', id },
      detail: { number: d.number, reason: why },
    });
  });
}

import { type Actor, auditActor, demand, scopeOf } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { DisposalDeps } from '../deps.ts';
import { endLegalHoldRow, insertLegalHold, type LegalHold, legalHoldById } from '../store/legalHolds.ts';

export interface LegalHoldInput {
  archiveId: string;
  unitId?: string | null | undefined;
  fondsId?: string | null | undefined;
  reason: string;
  basis: string;
  /** The last day, `YYYY-MM-DD`; absent: until it is ended. */
  until?: string | null | undefined;
}

/**
 * Keeps a unit with all below it, or a fonds, from being destroyed: a lawsuit, an audit, an inquiry (standards 7.6 [D]).
 *
 * @throws Refusal archive.notFound, legalHold.on, legalHold.reason, unit.notFound, fonds.notFound
 */
export async function setLegalHold(
  deps: DisposalDeps,
  actor: Actor,
  input: LegalHoldInput,
): Promise<LegalHold> {
  const [reason, basis] = [input.reason.trim(), input.basis.trim()];
  const [unitId, fondsId] = [input.unitId ?? null, input.fondsId ?? null];
  demand(
    actor,
    'disposal.propose',
    input.archiveId,
    new Refusal('archive.notFound', 'There is no such archive.'),
    'whole',
  );
  if (!reason || !basis) throw new Refusal('legalHold.reason', 'Say why, and what it stands on.');
  if ((unitId === null) === (fondsId === null))
    throw new Refusal('legalHold.on', 'It is on one entry or on one fonds.');
  if (fondsId !== null && (await deps.holdings.fonds(actor, fondsId)).archiveId !== input.archiveId)
    throw new Refusal('fonds.notFound', 'There is no such fonds.');
  return deps.db.as(scopeOf(actor), async (tx) => {
    if (unitId !== null && (await deps.holdings.unitIn(tx, unitId))?.archiveId !== input.archiveId)
      throw new Refusal('unit.notFound', 'There is no such entry.');
    const hold = {
      id: deps.newId(),
      archiveId: input.archiveId,
      unitId,
      fondsId,
      reason,
      basis,
      until: input.until ?? null,
      setBy: actor.id,
      setByName: actor.name,
      setAt: deps.clock.now(),
    };
    await insertLegalHold(tx, hold);
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: input.archiveId,
      act: 'legalHold.set',
      target: unitId ? { type: 'unit', id: unitId } : { type: 'fonds', id: fondsId ?? '' },
      detail: { hold: hold.id, reason, basis, until: hold.until },
    });
    return { ...hold, endedAt: null, endedByName: null, endReason: null };
  });
}

/** Ends such a mark. @throws Refusal legalHold.notFound, legalHold.wrongState, legalHold.reason */
export function endLegalHold(
  deps: DisposalDeps,
  actor: Actor,
  id: string,
  reason: string,
): Promise<LegalHold> {
  const why = reason.trim();
  if (!why) throw new Refusal('legalHold.reason', 'Say why it ends.');
  const missing = () => new Refusal('legalHold.notFound', 'There is no such mark.');
  return deps.db.as(scopeOf(actor), async (tx) => {
    const h = await legalHoldById(tx, id);
    if (!h) throw missing();
    demand(actor, 'disposal.decide', h.archiveId, missing(), 'whole');
    if (h.endedAt) throw new Refusal('legalHold.wrongState', 'It was ended already.');
    const at = deps.clock.now();
    await endLegalHoldRow(tx, { id, at, byName: actor.name, reason: why });
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: h.archiveId,
      act: 'legalHold.ended',
      target: h.unitId ? { type: 'unit', id: h.unitId } : { type: 'fonds', id: h.fondsId ?? '' },
      detail: { hold: id, reason: why },
    });
    return { ...h, endedAt: at, endedByName: actor.name, endReason: why };
  });
}

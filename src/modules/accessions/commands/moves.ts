import type { Verdict } from '#kernel/accessionWords';
import { type Actor, can, demand, scopeOf } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import { demandOther } from '#kernel/four-eyes';
import type { AccessionDeps } from '../deps.ts';
import { holds, isNothing, nothing, outstanding, without } from '../domain/extent.ts';
import { ACCESSION_ACTS, type AccessionAct, moveOf, type Standing, targetOf } from '../domain/states.ts';
import { optional } from '../domain/text.ts';
import { type Accession, type Decision, setState } from '../store/accessions.ts';
import { arrangedOf, insertMovement } from '../store/movements.ts';
import { noAccession, readableAccession, tell, todayOf } from './reach.ts';
import { type ArrivalInput, readArrival } from './register.ts';

/** Where an accession stands, as the table of moves looks at it. */
export function standingOf(a: Accession, isPlaced: boolean, verdict?: Verdict): Standing {
  return {
    state: a.state,
    way: a.way,
    hasPrice: a.price !== null,
    verdict: verdict ?? a.decision?.verdict ?? null,
    isPlaced,
    isOutstanding: !isNothing(leftOf(a)),
  };
}

/** What was promised and has not come. */
export const leftOf = (a: Pick<Accession, 'promised' | 'came'>) =>
  outstanding(Object.assign(nothing(), a.promised), a.came);

/** Who had a part in it and may not decide. */
const partsOf = (a: Accession): (string | null)[] => [
  a.registeredBy,
  ...(a.decision ? [a.decision.proposedBy] : []),
];

/** What this person could do now: the buttons of a screen. */
export function actsFor(actor: Actor, a: Accession, isPlaced: boolean): AccessionAct[] {
  const standing = standingOf(a, isPlaced);
  const had = partsOf(a).filter((id) => id !== null);
  const hands = [actor.id, ...(actor.delegatedBy?.get(a.archiveId)?.map((d) => d.id) ?? [])];
  return ACCESSION_ACTS.filter((act) =>
    [moveOf(standing, act), moveOf(standing, act, true)].some((move) => {
      if (!move || !can(actor, move.who, a.archiveId, 'whole')) return false;
      if (move.byAnother && hands.some((id) => id !== null && had.includes(id))) return false;
      const why = move.barred?.(standing) ?? null;
      // What a proposal lacks is said when it is made; the rest is not offered.
      return why === null || why === 'accession.needsPrice' || why === 'accession.notPlaced';
    }),
  );
}

export interface ActOrder {
  act: AccessionAct;
  reason?: string | null | undefined;
  /** Of a proposal: taken wholly, in part or not at all. */
  verdict?: Verdict | undefined;
  /** What came, or is given back. */
  part?: ArrivalInput | undefined;
  /** Of a deposit: all of it goes back to its owner. */
  whole?: boolean | undefined;
}

/**
 * Moves an accession on.
 *
 * @throws Refusal accession.notFound, accession.wrongState, accession.reason, accession.samePerson, accession.needsDecision,
 *   accession.needsPrice, accession.notPlaced, accession.nothingRefused, accession.tooMuch, accession.extent, accession.byTransfer,
 *   actor.forbidden
 */
export function actOn(deps: AccessionDeps, actor: Actor, id: string, order: ActOrder): Promise<void> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const a = await readableAccession(deps, tx, actor, id, true);
    const isPlaced = (await arrangedOf(tx, id)).length > 0;
    const standing = standingOf(
      a,
      isPlaced,
      order.act === 'propose' ? (order.verdict ?? 'whole') : undefined,
    );
    const move = moveOf(standing, order.act, order.whole ?? false);
    if (!move)
      throw new Refusal('accession.wrongState', 'It does not stand where this can be done.', {
        state: a.state,
        act: order.act,
      });
    demand(actor, move.who, a.archiveId, noAccession(), 'whole');
    if (move.byAnother) for (const person of partsOf(a)) demandOther(actor, person, 'accession', a.archiveId);
    const why = move.barred?.(standing);
    if (why) throw new Refusal(why, BARRED[why] ?? 'This can not be done now.', { act: order.act });
    const reason = optional(order.reason, 'reason', 2_000);
    if (move.reason?.(standing) && reason === null)
      throw new Refusal('accession.reason', 'Say why.', { field: 'reason' });
    await applied(deps, tx, actor, a, {
      order,
      to: targetOf(move, standing),
      reason,
      verdict: standing.verdict,
    });
  });
}

const BARRED: Readonly<Record<string, string>> = {
  'accession.needsDecision': 'What is paid for is taken on the decision of a second person: propose it.',
  'accession.needsPrice': 'Of what is bought, say the price before it is proposed.',
  'accession.notPlaced': 'Name the import, the fonds or the entries it was arranged into.',
  'accession.nothingRefused': 'Nothing of it was refused.',
  'accession.byTransfer': 'This is done in the handover itself.',
};

interface Applied {
  order: ActOrder;
  to: Accession['state'];
  reason: string | null;
  verdict: Verdict | null;
}

async function applied(deps: AccessionDeps, tx: Tx, actor: Actor, a: Accession, o: Applied): Promise<void> {
  const { act } = o.order;
  const at = deps.clock.now();
  if (act === 'arrive' || act === 'giveBack') await moved(deps, tx, actor, a, o);
  await setState(tx, { id: a.id, at, byName: actor.name }, o.to, decisionAfter(a, actor, at, o));
  await tell(deps, tx, actor, {
    archiveId: a.archiveId,
    type: 'accession',
    id: a.id,
    act: `accession.${act}`,
    detail: {
      number: a.number,
      from: a.state,
      to: o.to,
      ...(o.reason && { reason: o.reason }),
      ...(act === 'propose' || act === 'approve' ? { verdict: o.verdict } : {}),
    },
  });
}

/** The decision as it stands after an act; undefined: as before. */
function decisionAfter(a: Accession, actor: Actor, at: Date, o: Applied): Decision | null | undefined {
  switch (o.order.act) {
    case 'propose':
      return {
        verdict: o.verdict ?? 'whole',
        reason: o.reason,
        proposedBy: actor.id,
        proposedByName: actor.name,
        proposedAt: at.toISOString(),
      };
    case 'approve':
    case 'decline':
      return (
        a.decision &&
        Object.assign({}, a.decision, {
          decidedByName: actor.name,
          decidedAt: at.toISOString(),
          note: o.reason,
        })
      );
    case 'accept':
    // What comes later is appraised by itself.
    case 'arrive':
      return null;
    default:
      return undefined;
  }
}

/** A part comes, or goes back: never more than is there. */
async function moved(deps: AccessionDeps, tx: Tx, actor: Actor, a: Accession, o: Applied): Promise<void> {
  const there = without(a.came, a.back);
  const goesWhole = o.order.act === 'giveBack' && o.to === 'returned';
  const part = readArrival(
    goesWhole
      ? { day: o.order.part?.day, note: o.order.part?.note ?? o.reason, extent: there }
      : (o.order.part ?? { extent: {} }),
    todayOf(deps),
  );
  const kind = o.order.act === 'arrive' ? ('in' as const) : ('back' as const);
  if (kind === 'back' && !holds(there, part.extent))
    throw new Refusal('accession.tooMuch', 'More can not go back than has come.', { field: 'extent' });
  const by = { id: actor.id, name: actor.name };
  const { id: accessionId, archiveId } = a;
  await insertMovement(tx, {
    id: deps.newId(),
    accessionId,
    archiveId,
    kind,
    at: deps.clock.now(),
    by,
    ...part,
  });
}

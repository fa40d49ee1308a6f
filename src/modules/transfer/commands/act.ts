import { type Actor, scopeOf } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { TransferDeps } from '../deps.ts';
import { type Decision, readDecision } from '../domain/decision.ts';
import type { BatchAct } from '../domain/states.ts';
import { signAgencyRegister } from '../papers.ts';
import { type Batch, batchById, setKnown } from '../store/batches.ts';
import { removeContent } from '../working/folders.ts';
import { moveByHand, noBatch } from './moving.ts';

/** Acts of people, as a screen or another program asks for them. */
export const HAND_ACTS = [
  'precheck',
  'send',
  'revise',
  'withdraw',
  'register',
  'propose',
  'reconsider',
  'accept',
  'return',
] as const satisfies readonly BatchAct[];
export type HandAct = (typeof HAND_ACTS)[number];

export interface ActOrder {
  act: HandAct;
  reason?: string | undefined;
  /** For `propose` alone: what the archive means to do. */
  decision?: Decision | undefined;
  /** The version the person saw. */
  version: number;
}

/**
 * Does one of the acts of the table of states.
 *
 * @throws Refusal `transfer.notFound`, `transfer.wrongState`, `transfer.samePerson`, `transfer.changed`, `transfer.reason`,
 *   `transfer.leftOut`, `transfer.notQualified`, `actor.forbidden`
 */
export async function actOn(deps: TransferDeps, actor: Actor, id: string, order: ActOrder): Promise<void> {
  // Whether it is there for this person is the database's word; the move itself, with counters and keys, is the system's work.
  const seen = await deps.db.as(scopeOf(actor), (tx) => batchById(tx, id));
  if (!seen) throw noBatch();
  await deps.db.system(async (tx) => {
    const batch = await batchById(tx, id, true);
    if (!batch) throw noBatch();
    if (batch.version !== order.version)
      throw new Refusal('transfer.changed', 'Somebody else has changed the batch meanwhile.', {
        version: batch.version,
      });
    await BEFORE[order.act]?.(deps, tx, actor, batch, order);
    const { act, reason = order.decision?.reason || undefined } = order;
    await moveByHand(deps, tx, actor, { batch, act, ...(reason ? { reason } : {}) });
    await AFTER[act]?.(deps, tx, actor, batch, order);
  });
  if (order.act === 'withdraw') await removeContent(deps.folder, { id });
}

type Part = (deps: TransferDeps, tx: Tx, actor: Actor, batch: Batch, order: ActOrder) => Promise<void>;

/** What has to hold before a move. */
const BEFORE: Partial<Record<HandAct, Part>> = {
  async propose(_deps, _tx, _actor, batch, order) {
    if (!order.decision) throw new Refusal('transfer.decision', 'Say what is to become of the batch.');
    if (readDecision(order.decision).accepts !== 'none') demandQualified(batch);
  },
  async accept(_deps, _tx, _actor, batch) {
    demandQualified(batch);
    if (batch.decision?.accepts === 'none')
      throw new Refusal('transfer.wrongState', 'A return was proposed. Return it, or have it weighed again.');
  },
};

/** What goes with a move, in the same transaction. */
const AFTER: Partial<Record<HandAct, Part>> = {
  async send(deps, tx, actor, batch) {
    const archive = (await deps.archives()).find((a) => a.id === batch.archiveId);
    if (!archive) throw noBatch();
    await setKnown(tx, batch.id, {
      agencyRegister: await signAgencyRegister(deps, tx, batch, archive, { id: actor.id, name: actor.name }),
    });
  },
  async propose(_deps, tx, _actor, batch, order) {
    if (order.decision) await setKnown(tx, batch.id, { decision: readDecision(order.decision) });
  },
};

function demandQualified(batch: Batch): void {
  if (!batch.arrivalCheck?.qualified)
    throw new Refusal(
      'transfer.notQualified',
      'The checks found errors: the batch can not be accepted as it is. Return it with the reasons.',
    );
}

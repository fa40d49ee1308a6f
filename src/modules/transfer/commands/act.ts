import { type Actor, scopeOf } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { TransferDeps } from '../deps.ts';
import { type Decision, readDecision } from '../domain/decision.ts';
import { packMedia } from '../domain/media.ts';
import type { BatchAct } from '../domain/states.ts';
import { signAgencyRegister } from '../papers.ts';
import { type Batch, batchById, setKnown } from '../store/batches.ts';
import { listedLines } from '../store/listed.ts';
import { removeContent } from '../working/folders.ts';
import { moveByHand, noBatch } from './moving.ts';

/** Acts of people, as a screen or another program asks for them. */
export const HAND_ACTS = [
  'precheck',
  'send',
  'dispatch',
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
  /** For `dispatch` alone: bytes of one medium. */
  mediumBytes?: number | undefined;
  /** The version the person saw. */
  version: number;
}

/**
 * Does one of the acts of the table of states.
 *
 * @throws Refusal `transfer.notFound`, `transfer.wrongState`, `transfer.samePerson`, `transfer.changed`, `transfer.reason`,
 *   `transfer.leftOut`, `transfer.notQualified`, `transfer.unanswered` (items of the check wait for a person), `actor.forbidden`
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
  send: demandNotDenied,
  async dispatch(deps, tx, actor, batch, order) {
    if (order.mediumBytes === undefined)
      throw new Refusal('transfer.mediumBytes', 'Say how much fits on one medium.', { field: 'mediumBytes' });
    await demandNotDenied(deps, tx, actor, batch, order);
  },
  async propose(deps, tx, _actor, batch, order) {
    if (!order.decision) throw new Refusal('transfer.decision', 'Say what is to become of the batch.');
    if (readDecision(order.decision).accepts !== 'none') await demandQualified(deps, tx, batch);
  },
  async accept(deps, tx, _actor, batch) {
    await demandQualified(deps, tx, batch);
    if (batch.decision?.accepts === 'none')
      throw new Refusal('transfer.wrongState', 'A return was proposed. Return it, or have it weighed again.');
  },
};

/** What goes with a move, in the same transaction. */
const AFTER: Partial<Record<HandAct, Part>> = {
  async send(deps, tx, actor, batch) {
    await setKnown(tx, batch.id, { carrier: 'online' });
    await signed(deps, tx, actor, { ...batch, carrier: 'online' });
  },
  async dispatch(deps, tx, actor, batch, { mediumBytes = 0 }) {
    const media = await packMedia(batch.number, mediumBytes, listedLines(tx, batch.id));
    await setKnown(tx, batch.id, { carrier: 'offline', media });
    await signed(deps, tx, actor, { ...batch, carrier: 'offline', media });
  },
  async propose(_deps, tx, _actor, batch, order) {
    if (order.decision) await setKnown(tx, batch.id, { decision: readDecision(order.decision) });
  },
  async accept(deps, tx, _actor, batch) {
    await answered(deps, tx, batch, 'arrivalCheck');
  },
  async return(deps, tx, _actor, batch) {
    await answered(deps, tx, batch, 'arrivalCheck');
  },
};

/** Somebody of the agency may have said no to what a machine could not see. */
async function demandNotDenied(...[{ checks }, tx, , batch]: Parameters<Part>): Promise<void> {
  const outcome = batch.precheck?.runId ? await checks.outcome(tx, batch.precheck.runId) : undefined;
  if (outcome?.verdict === 'unqualified') throw notQualified();
}

/** The agency's half of the register. */
async function signed(deps: TransferDeps, tx: Tx, actor: Actor, given: Batch): Promise<void> {
  const batch = await answered(deps, tx, given, 'precheck');
  const archive = (await deps.archives()).find((a) => a.id === batch.archiveId);
  if (!archive) throw noBatch();
  await setKnown(tx, batch.id, {
    agencyRegister: await signAgencyRegister(deps, tx, batch, archive, { id: actor.id, name: actor.name }),
  });
}

const notQualified = () =>
  new Refusal(
    'transfer.notQualified',
    'The checks found errors: the batch can not be accepted as it is. Return it with the reasons.',
  );

/** Sound by machine, and everything answered that waits for a person. */
async function demandQualified({ checks }: TransferDeps, tx: Tx, { arrivalCheck }: Batch): Promise<void> {
  if (!arrivalCheck?.qualified) throw notQualified();
  const outcome = arrivalCheck.runId ? await checks.outcome(tx, arrivalCheck.runId) : undefined;
  if (!outcome || outcome.verdict === 'unqualified') throw notQualified();
  if (outcome.awaited.length > 0)
    throw new Refusal(
      'transfer.unanswered',
      'Items of the check wait for a person’s answer: they are answered in its report before a batch can be accepted.',
      { items: outcome.awaited },
    );
}

/** What one side's check came to is acted on: it stands at the batch with its answers, and nothing is answered any more. */
async function answered(
  { checks }: TransferDeps,
  tx: Tx,
  batch: Batch,
  side: 'precheck' | 'arrivalCheck',
): Promise<Batch> {
  const summary = batch[side];
  const outcome = summary?.runId ? await checks.outcome(tx, summary.runId) : undefined;
  if (!summary || !outcome) return batch;
  await checks.close(tx, outcome.id);
  const now = { ...summary, verdict: outcome.verdict };
  await setKnown(tx, batch.id, { [side]: now });
  return { ...batch, [side]: now };
}

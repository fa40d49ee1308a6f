import { type Actor, auditActor, canFor, demand, demandFor } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import { demandOther } from '#kernel/four-eyes';
import type { TransferDeps } from '../deps.ts';
import {
  type BatchAct,
  type BatchState,
  MOVES,
  type Move,
  moveOf,
  type Part,
  UNDER_WAY,
} from '../domain/states.ts';
import { type Batch, setState } from '../store/batches.ts';
import { insertMove, type Moved, movesOf } from '../store/moves.ts';
import { follow } from './following.ts';

/** Carries a batch on where the next move is the system's. */
export const TRANSFER_JOB = 'transfer';
/** Tries of a job, in some minutes; after that it is taken up every hour. */
export const TRIES = 8;

export const noBatch = () => new Refusal('transfer.notFound', 'There is no such batch.');

/** Which deed makes somebody take part in a batch, so that another has to go on. */
const PART_BY: Readonly<Record<string, Part>> = {
  begin: 'prepared',
  content: 'prepared',
  precheck: 'prepared',
  register: 'registered',
  propose: 'proposed',
};

/** Everybody who did one of these, in any round, with whom they stood in for. */
function thoseWho(moves: readonly Moved[], parts: readonly Part[]): Set<string> {
  const done = moves.filter((m) => {
    const part = PART_BY[m.act];
    return part !== undefined && parts.includes(part);
  });
  return new Set(done.flatMap((m) => [...(m.personId ? [m.personId] : []), ...m.stoodFor]));
}

/** Whom a person stands in for in the archive of a batch. */
const standsFor = (actor: Actor, { archiveId }: Pick<Batch, 'archiveId'>): string[] =>
  actor.delegatedBy?.get(archiveId)?.map((d) => d.id) ?? [];

/** @throws Refusal transfer.notFound, transfer.wrongState, transfer.samePerson, actor.forbidden */
async function demandMove(tx: Tx, actor: Actor, batch: Batch, act: BatchAct): Promise<Move> {
  const move = moveOf(batch.state, act);
  if (!move || move.who === 'system')
    throw new Refusal('transfer.wrongState', 'The batch does not stand where this can be done.', {
      state: batch.state,
      act,
    });
  demandFor(actor, move.who, batch, noBatch());
  if (move.notBy)
    for (const person of thoseWho(await movesOf(tx, batch.id), move.notBy))
      demandOther(actor, person, 'transfer', batch.archiveId);
  return move;
}

/** The acts this person could do now: the buttons of a screen. */
export function actsFor(actor: Actor, batch: Batch, moves: readonly Moved[]): BatchAct[] {
  const hands = [...(actor.id === null ? [] : [actor.id]), ...standsFor(actor, batch)];
  return MOVES.filter((m) => {
    if (!m.from.includes(batch.state) || m.who === 'system' || !canFor(actor, m.who, batch)) return false;
    const others = thoseWho(moves, m.notBy ?? []);
    return !hands.some((id) => others.has(id));
  }).map((m) => m.act);
}

/**
 * Moves a batch by a person's hand: demands who, writes the move, tells the trail, and has the system go on where that is
 * next. In the caller's transaction, on a locked row.
 *
 * @throws Refusal transfer.notFound, transfer.wrongState, transfer.samePerson, transfer.reason, actor.forbidden
 */
export async function moveByHand(
  deps: TransferDeps,
  tx: Tx,
  actor: Actor,
  { batch, act, reason = '' }: { batch: Batch; act: BatchAct; reason?: string },
): Promise<void> {
  const move = await demandMove(tx, actor, batch, act);
  const why = reason.trim();
  if (move.reason && why === '') throw new Refusal('transfer.reason', 'Say why.', { field: 'reason' });
  await write(deps, tx, batch, { move, by: actor, reason: why || null });
}

/** Ends a blocked batch by the hand of who deals with secrets, who has no other part in handovers. @throws Refusal transfer.wrongState */
export async function moveBlocked(
  deps: TransferDeps,
  tx: Tx,
  actor: Actor,
  batch: Batch,
  reason: string,
): Promise<void> {
  const move = moveOf(batch.state, 'remove');
  if (!move) throw new Refusal('transfer.wrongState', 'The batch is not blocked.', { state: batch.state });
  demand(actor, 'secrets.handle', batch.archiveId, noBatch());
  await write(deps, tx, batch, { move, by: actor, reason });
}

/** Moves a batch by the system itself. @param detail for the trail */
export async function moveBySystem(
  deps: TransferDeps,
  tx: Tx,
  batch: Batch,
  act: BatchAct,
  detail: Record<string, unknown> = {},
): Promise<void> {
  const move = moveOf(batch.state, act);
  if (move?.who !== 'system') throw new Error(`${act} is no move of the system from ${batch.state}`);
  await write(deps, tx, batch, { move, by: null, reason: null, detail });
}

interface Written {
  move: Move;
  by: Actor | null;
  reason: string | null;
  detail?: Record<string, unknown>;
}

async function write(deps: TransferDeps, tx: Tx, batch: Batch, w: Written): Promise<void> {
  const { move, by, reason, detail = {} } = w;
  const at = deps.clock.now();
  const anew = batch.state === 'returned' && move.act === 'precheck';
  const jobId = UNDER_WAY.has(move.to) ? await carryOn(deps, tx, batch, by?.id ?? null) : null;
  await setState(tx, batch.id, { to: move.to, at, anew, jobId });
  await follow(deps, tx, batch, move.act);
  await insertMove(tx, batch, {
    round: batch.round + (anew ? 1 : 0),
    act: move.act,
    from: batch.state,
    to: move.to,
    personId: by?.id ?? null,
    personName: by?.name ?? 'lantai',
    stoodFor: by ? standsFor(by, batch) : [],
    reason,
    at,
  });
  if (move.act === 'receive') await deps.arrived(tx, batch);
  if (move.act === 'takeIn') await deps.takenIn(tx, batch.id);
  await deps.audit.append(tx, {
    actor: by ? auditActor(by) : { id: null, name: 'lantai' },
    archiveId: batch.archiveId,
    act: `transfer.${move.act}`,
    target: { type: 'transfer', id: batch.id },
    detail: { number: batch.number, agency: batch.agencyCode, ...(reason ? { reason } : {}), ...detail },
  });
}

/** The system goes on with a batch. @returns the job */
export function carryOn(
  deps: Pick<TransferDeps, 'jobs'>,
  tx: Tx,
  batch: Pick<Batch, 'id' | 'archiveId' | 'number' | 'title'>,
  createdBy: string | null,
): Promise<string> {
  return deps.jobs.enqueue(
    tx,
    TRANSFER_JOB,
    { id: batch.id },
    { archiveId: batch.archiveId, title: batch.number, createdBy, attempts: TRIES },
  );
}

/** Notes a deed that moves nothing: that a batch was begun, and what content it was given. */
export async function noteDeed(
  deps: TransferDeps,
  tx: Tx,
  actor: Actor,
  batch: Pick<Batch, 'id' | 'archiveId' | 'agencyId' | 'round'>,
  { act, state, detail }: { act: 'begin' | 'content'; state: BatchState; detail: Record<string, unknown> },
): Promise<void> {
  await insertMove(tx, batch, {
    round: batch.round,
    act,
    from: state,
    to: state,
    personId: actor.id,
    personName: actor.name,
    stoodFor: standsFor(actor, batch),
    reason: null,
    at: deps.clock.now(),
  });
  await deps.audit.append(tx, {
    actor: auditActor(actor),
    archiveId: batch.archiveId,
    act: act === 'begin' ? 'transfer.begun' : 'transfer.contentGiven',
    target: { type: 'transfer', id: batch.id },
    detail,
  });
}

import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import { beginChange } from '../changes/index.ts';
import { enterFonds } from '../commands/fonds.ts';
import type { HoldingsDeps } from '../deps.ts';
import { fondsById } from '../store/fonds.ts';
import { lockTree } from '../store/units.ts';
import { actorOf } from './actor.ts';
import { backStretch, finishBack, listBack } from './back.ts';
import { carryStretch, demandFonds, type Stretch } from './carrying.ts';
import { selectionOf } from './judging.ts';
import type { Carrying } from './plan.ts';
import { type Renumbered, renumberList } from './renumbering.ts';
import {
  lockRearrangement,
  type Rearrangement,
  rearrangementById,
  saveRearrangement,
} from './store/rearrangements.ts';
import {
  aboveAmong,
  chosenUnits,
  forgetList,
  lastTop,
  listBelow,
  listChosen,
  listedAfter,
  listMore,
  strayed,
  topsOf,
} from './store/worklist.ts';
import { holdsAny, setPartOf } from './store/writing.ts';

/** Entries of one transaction of long work. */
const STEP = 1_000;

const noSuch = () => new Refusal('arrange.notFound', 'There is no such rearrangement.');

/**
 * Writes down which entries are concerned, and closes what is to be closed, in the caller's transaction.
 *
 * @returns how many entries
 * @throws Refusal unit.circle where somebody was quicker, fonds.*
 */
export async function listAll(deps: HoldingsDeps, tx: Tx, r: Rearrangement): Promise<number> {
  const { id, archiveId, plan } = r;
  await lockTrees(tx, await treesOf(tx, r));
  await forgetList(tx, id);
  if (plan.kind === 'back') return listBack(deps, tx, id, plan.of);
  const selection = selectionOf(plan);
  if (plan.kind === 'renumber') {
    const tops = await listChosen(tx, id, archiveId, selection);
    return tops + (await listBelow(tx, id, tops));
  }
  if (plan.to.parentId && (await aboveAmong(tx, archiveId, selection, plan.to.parentId)).length > 0)
    throw new Refusal('unit.circle', 'An entry can not be moved below itself.');
  if (plan.kind === 'split' && !(await fondsById(tx, plan.to.fondsId)))
    await enterFonds(deps, tx, actorOf(r), plan.to.fondsId, { archiveId, ...plan.fonds });
  const to = await demandFonds(tx, plan.to.fondsId);
  if (to.closedAt) throw new Refusal('fonds.closed', 'This fonds is closed: it is part of another now.');
  // Nothing new comes in from here on.
  if (plan.kind === 'merge') await setPartOf(tx, plan.fondsId, to.id, deps.clock.now());
  const leaves = await leavesFonds(tx, archiveId, plan);
  const tops = await listChosen(tx, id, archiveId, selection);
  return tops + (leaves ? await listBelow(tx, id, tops) : 0);
}

async function leavesFonds(tx: Tx, archiveId: string, plan: Carrying): Promise<boolean> {
  if (plan.kind !== 'move') return true;
  const { fonds } = await chosenUnits(tx, archiveId, plan.selection);
  return fonds.some((f) => f !== plan.to.fondsId);
}

/** Fonds in which the order changes. */
async function treesOf(tx: Tx, { archiveId, plan }: Rearrangement): Promise<string[]> {
  if (plan.kind === 'back') return [];
  if (plan.kind === 'renumber') return [];
  const from =
    plan.kind === 'move' ? (await chosenUnits(tx, archiveId, plan.selection)).fonds : [plan.fondsId];
  return [...from, plan.to.fondsId];
}

async function lockTrees(tx: Tx, fonds: readonly string[]): Promise<void> {
  for (const id of [...new Set(fonds)].sort()) await lockTree(tx, id);
}

/** What one step came to. */
export interface Step {
  finished: boolean;
  done: number;
  total: number;
  /** Of a renumbering, which is one step. */
  numbers?: Renumbered;
}

/** What a step tells on its way, and by what it is stopped. */
export interface StepOptions {
  progress?(done: number): void;
  signal?: AbortSignal;
  /** Entries at most, where it is only tried. */
  most?: number;
}

/** Does the next stretch, in the caller's transaction. Called when all is done it does nothing. @throws Refusal arrange.notFound */
export async function takeStep(deps: HoldingsDeps, tx: Tx, id: string, o: StepOptions = {}): Promise<Step> {
  const r = await lockRearrangement(tx, id);
  if (!r) throw noSuch();
  if (r.state !== 'queued') return { finished: true, done: r.done, total: r.total };
  const actor = actorOf(r);
  const kind = r.plan.kind === 'back' ? 'undo' : r.plan.kind;
  const undoes = r.plan.kind === 'back' ? r.plan.of : null;
  await beginChange(deps, tx, actor, { archiveId: r.archiveId, kind, id, reason: r.reason, undoes });
  if (r.total === 0) r.total = await listAll(deps, tx, r);
  const work: Stretch = { id, archiveId: r.archiveId, reason: r.reason, actor };
  if (r.plan.kind === 'renumber') {
    const numbers = await renumberList(deps, tx, work, r.plan.numbers, o);
    r.renumbered = numbers.renumbered;
    r.done = r.total;
    return { ...(await finish(deps, tx, r)), numbers };
  }
  if (r.plan.kind === 'back' && (await kindOf(tx, r.plan.of)) === 'renumber') {
    // Codes change hands: all at once.
    for (let after = 0; ; ) {
      const units = await listedAfter(tx, id, after, STEP);
      if (units.length === 0) break;
      r.renumbered += (await backStretch(deps, tx, work, r.plan.of, units)).renumbered;
      after = units.at(-1)!.seq;
    }
    r.done = r.total;
    return finish(deps, tx, r);
  }
  await lockTrees(tx, await treesOf(tx, r));
  const units = await listedAfter(tx, id, r.done, Math.min(STEP, o.most ?? STEP));
  if (units.length > 0) {
    const came =
      r.plan.kind === 'back'
        ? await backStretch(deps, tx, work, r.plan.of, units)
        : await carryStretch(deps, tx, work, { ...r.plan, last: await lastPut(tx, id, r) }, units);
    r.renumbered += came.renumbered;
    r.kept += came.kept;
    r.done = units.at(-1)!.seq;
  }
  if (units.length === 0 || r.done >= r.total) {
    const more = await comeMeanwhile(tx, r);
    if (more === 0) return finish(deps, tx, r);
    r.total += more;
  }
  await saveRearrangement(tx, r);
  return { finished: false, done: r.done, total: r.total };
}

const kindOf = async (tx: Tx, id: string) => (await rearrangementById(tx, id))?.kind;

/** The chosen one that was put in its place last. */
async function lastPut(tx: Tx, id: string, r: Rearrangement): Promise<string | undefined> {
  if (r.done === 0) return undefined;
  return lastTop(tx, id, r.done);
}

/** Adds what came below entries on the list, or into a fonds that goes, while it was worked through. @returns how many */
async function comeMeanwhile(tx: Tx, r: Rearrangement): Promise<number> {
  const below = await strayed(tx, r.id, STEP);
  await listMore(tx, r.id, below, false);
  if (r.plan.kind !== 'merge' || below.length > 0) return below.length;
  const tops = await topsOf(tx, r.plan.fondsId, STEP);
  await listMore(tx, r.id, tops, true);
  return tops.length;
}

async function finish(deps: HoldingsDeps, tx: Tx, r: Rearrangement): Promise<Step> {
  const { plan, id, archiveId } = r;
  if (plan.kind === 'merge' || plan.kind === 'split') {
    if (plan.kind === 'merge' && (await holdsAny(tx, plan.fondsId)))
      throw new Error('entries are left in a fonds that was brought into another');
    const [from, to] = [await demandFonds(tx, plan.fondsId), await demandFonds(tx, plan.to.fondsId)];
    await deps.audit.append(tx, {
      actor: actorOf(r),
      archiveId,
      act: plan.kind === 'merge' ? 'fonds.merged' : 'fonds.divided',
      target: { type: 'fonds', id: from.id },
      detail: {
        number: from.number,
        into: to.number,
        intoId: to.id,
        units: r.done,
        renumbered: r.renumbered,
        reason: r.reason,
        changeset: id,
      },
    });
    await deps.index.fondsChanged(tx, [from, to]);
  }
  if (plan.kind === 'back') await finishBack(deps, tx, r, plan.of);
  r.state = 'done';
  r.finishedAt = deps.clock.now();
  await saveRearrangement(tx, r);
  return { finished: true, done: r.done, total: r.total };
}

import { type Actor, auditActor, demand, scopeOf } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { isRefusal, Refusal } from '#kernel/errors';
import type { JobKind } from '#kernel/jobs';
import type { HoldingsDeps } from '../deps.ts';
import { translated } from './failures.ts';
import { type Judged, judge } from './judging.ts';
import type { Plan } from './plan.ts';
import { takeStep } from './rearranging.ts';
import type { Renumbered } from './renumbering.ts';
import {
  insertRearrangement,
  lockRearrangement,
  type Rearrangement,
  rearrangementById,
  saveRearrangement,
} from './store/rearrangements.ts';
import { codesListed } from './store/worklist.ts';

export const REARRANGE_JOB = 'rearrange';

/** As many entries are rearranged while the person waits. */
const AT_ONCE = 1_000;
/** Entries a preview works through. */
const TRIED = 1_000;
const REASON_LIMIT = 1_000;

type Doable = Exclude<Plan, { kind: 'back' }>;

/** What a plan would come to. */
export interface Preview extends Judged {
  /** Entries concerned, those below the chosen ones included. */
  total: number;
  /** Worked through for this preview; below the total the rest is not told. */
  tried: number;
  renumbered: number;
  /** Codes that stay because no other is free or their form is not known. */
  kept: number;
  passedOver: readonly string[];
  without: number;
  codes: { unitId: string; title: string; from: string | null; to: string | null }[];
}

/** What was begun. */
export interface Begun {
  /** Of its changeset too. */
  id: string;
  state: Rearrangement['state'];
  jobId: string | null;
}

/** What a plan would come to, with nothing done: it is done and taken back. @throws Refusal fonds.notFound, unit.notFound */
export async function previewArranging(deps: HoldingsDeps, actor: Actor, plan: Doable): Promise<Preview> {
  const judged = await judge(deps, actor, plan);
  const nothing = {
    total: judged.units,
    tried: 0,
    renumbered: 0,
    kept: 0,
    passedOver: [],
    without: 0,
    codes: [],
  };
  if (judged.refusals.length > 0) return { ...judged, ...nothing };
  let found: Preview | undefined;
  try {
    await deps.db.system(async (tx) => {
      const id = await write(deps, tx, actor, judged, plan, 'preview', 'queued');
      const step = await takeStep(deps, tx, id, { most: TRIED });
      const r = (await rearrangementById(tx, id))!;
      const numbers: Partial<Renumbered> = step.numbers ?? {};
      const listed = await codesListed(tx, id, { after: 0, limit: TRIED });
      const codes = listed.flatMap(({ unitId, title, was, code }) =>
        was === code ? [] : [{ unitId, title, from: was, to: code }],
      );
      found = {
        ...judged,
        total: step.total,
        tried: Math.min(TRIED, step.total),
        renumbered: r.renumbered,
        kept: r.kept,
        passedOver: numbers.passedOver ?? [],
        without: numbers.without ?? 0,
        codes: numbers.codes ?? codes,
      };
      throw new Tried();
    });
  } catch (e) {
    if (!(e instanceof Tried)) {
      const refusal = translated(e);
      if (!isRefusal(refusal)) throw refusal;
      return { ...judged, ...nothing, refusals: [refusal] };
    }
  }
  return found!;
}

class Tried extends Error {}

/**
 * Begins a rearrangement: few entries at once, many in a job; where people would reach other records by it, another person
 * decides first.
 *
 * @throws Refusal the first reason against it; arrange.reason
 */
export async function beginArranging(
  deps: HoldingsDeps,
  actor: Actor,
  plan: Doable,
  reason: string | null | undefined,
): Promise<Begun> {
  const judged = await judge(deps, actor, plan);
  const [first] = judged.refusals;
  if (first) throw first;
  const why = reason?.trim() ?? '';
  const needed = plan.kind !== 'move' || judged.otherFonds;
  if ((needed && why === '') || [...why].length > REASON_LIMIT)
    throw new Refusal('arrange.reason', `Say why, in at most ${REASON_LIMIT} characters.`, {
      field: 'reason',
    });
  const waits = judged.people > 0 && actor.kind !== 'system';
  const few = plan.kind !== 'merge' && judged.units <= AT_ONCE;
  const enter = async (tx: Tx) => {
    const id = await write(deps, tx, actor, judged, plan, why, waits ? 'waiting' : 'queued');
    if (waits) {
      await deps.audit.append(tx, {
        actor: auditActor(actor),
        archiveId: judged.archiveId,
        act: 'holdings.rearrangementProposed',
        target: { type: 'changeset', id },
        detail: { kind: plan.kind, reason: why, people: judged.people },
      });
    }
    return id;
  };
  return go(deps, enter, () => few);
}

async function write(
  deps: HoldingsDeps,
  tx: Tx,
  actor: Actor,
  judged: Pick<Judged, 'archiveId' | 'people'>,
  plan: Plan,
  reason: string,
  state: Rearrangement['state'],
): Promise<string> {
  const id = deps.newId();
  await insertRearrangement(tx, {
    id,
    archiveId: judged.archiveId,
    plan,
    reason,
    state,
    people: judged.people,
    proposedBy: actor.id,
    proposedByName: actor.name,
    proposedAt: deps.clock.now(),
  });
  return id;
}

/** Enters something and does it: at once where it is small, else in a job that goes on from what the first step did. */
async function go(
  deps: HoldingsDeps,
  enter: (tx: Tx) => Promise<string>,
  few: (r: Rearrangement) => boolean,
): Promise<Begun> {
  try {
    return await deps.db.system(async (tx) => {
      const id = await enter(tx);
      const r = (await rearrangementById(tx, id))!;
      if (r.state !== 'queued') return { id, state: r.state, jobId: null };
      if (few(r) && r.done === 0) {
        for (;;) {
          const step = await takeStep(deps, tx, id);
          if (step.total > AT_ONCE && !step.finished) break;
          if (step.finished) return { id, state: 'done', jobId: null };
        }
      }
      return { id, state: 'queued', jobId: await enqueue(deps, tx, id) };
    });
  } catch (e) {
    throw translated(e);
  }
}

/** Whether it is worth trying to do it while the person waits. */
async function enqueue(deps: HoldingsDeps, tx: Tx, id: string): Promise<string> {
  const r = (await lockRearrangement(tx, id))!;
  const jobId = await deps.jobs.enqueue(
    tx,
    REARRANGE_JOB,
    { id },
    { archiveId: r.archiveId, title: r.reason, createdBy: r.proposedBy },
  );
  await saveRearrangement(tx, { ...r, jobId, state: 'queued', error: null });
  return jobId;
}

/**
 * Another person decides what would have people reach other records.
 *
 * @throws Refusal arrange.notFound, arrange.wrongState, arrange.samePerson
 */
export async function decideArranging(
  deps: HoldingsDeps,
  actor: Actor,
  id: string,
  decision: 'approved' | 'declined',
  note: string | null,
): Promise<Begun> {
  const asked = await demandOne(deps, actor, id);
  demand(actor, 'rights.approve', asked.archiveId, noSuch());
  const enter = async (tx: Tx) => {
    const r = await lockRearrangement(tx, id);
    if (r?.state !== 'waiting') throw new Refusal('arrange.wrongState', 'It does not wait for a decision.');
    if (r.proposedBy === actor.id)
      throw new Refusal('arrange.samePerson', 'Another person than who asked for it decides.');
    const approved = decision === 'approved';
    await saveRearrangement(tx, {
      ...r,
      state: approved ? 'queued' : 'declined',
      decidedBy: actor.id,
      decidedByName: actor.name,
      decidedAt: deps.clock.now(),
      note,
    });
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: r.archiveId,
      act: approved ? 'holdings.rearrangementApproved' : 'holdings.rearrangementDeclined',
      target: { type: 'changeset', id },
      detail: { kind: r.kind, people: r.people, note },
    });
    return id;
  };
  return go(deps, enter, () => false);
}

/**
 * Takes back a joining or a division of fonds, or a move: entries go back to where they stood as far as nobody put them elsewhere
 * since.
 *
 * @throws Refusal arrange.notFound, arrange.wrongState, arrange.reason
 */
export async function takeBackArranging(
  deps: HoldingsDeps,
  actor: Actor,
  of: string,
  reason: string,
): Promise<Begun> {
  const r = await demandOne(deps, actor, of);
  const own = r.proposedBy === actor.id && !['merge', 'split'].includes(r.kind);
  demand(actor, 'holdings.write', r.archiveId, noSuch(), own ? undefined : 'whole');
  if (reason.trim() === '') throw new Refusal('arrange.reason', 'Say why.', { field: 'reason' });
  if (r.plan.kind === 'back' || r.takenBackBy || !['done', 'failed'].includes(r.state))
    throw new Refusal('arrange.wrongState', 'This can not be taken back, or was taken back already.');
  const judged = { archiveId: r.archiveId, people: r.people };
  const waits = r.people > 0 && actor.kind !== 'system';
  return go(
    deps,
    (tx) => write(deps, tx, actor, judged, { kind: 'back', of }, reason.trim(), waits ? 'waiting' : 'queued'),
    () => r.done <= AT_ONCE,
  );
}

/** Goes on with what was stopped or failed. @throws Refusal arrange.notFound, arrange.wrongState */
export async function resumeArranging(deps: HoldingsDeps, actor: Actor, id: string): Promise<Begun> {
  const asked = await demandOne(deps, actor, id);
  demand(actor, 'holdings.write', asked.archiveId, noSuch(), 'whole');
  return deps.db.system(async (tx) => {
    const r = await lockRearrangement(tx, id);
    if (r?.state !== 'failed') throw new Refusal('arrange.wrongState', 'It was not stopped.');
    await saveRearrangement(tx, { ...r, state: 'queued' });
    return { id, state: 'queued', jobId: await enqueue(deps, tx, id) };
  });
}

const noSuch = () => new Refusal('arrange.notFound', 'There is no such rearrangement.');

/** @throws Refusal arrange.notFound */
export async function demandOne(deps: HoldingsDeps, actor: Actor, id: string): Promise<Rearrangement> {
  const r = await deps.db.as(scopeOf(actor), (tx) => rearrangementById(tx, id));
  if (!r) throw noSuch();
  demand(actor, 'holdings.read', r.archiveId, noSuch());
  return r;
}

/** Does a rearrangement to its end, a thousand entries at a time. Killed anywhere, it goes on where it was. */
export async function runArranging(
  deps: HoldingsDeps,
  id: string,
  o: { signal?: AbortSignal; progress?(p: { done: number; total?: number }): void } = {},
): Promise<{ done: number }> {
  try {
    for (;;) {
      o.signal?.throwIfAborted();
      const step = await deps.db.system((tx) =>
        takeStep(deps, tx, id, {
          progress: (done) => o.progress?.({ done }),
          ...(o.signal ? { signal: o.signal } : {}),
        }),
      );
      o.progress?.({ done: step.done, total: step.total });
      if (step.finished) return { done: step.done };
    }
  } catch (e) {
    const refusal = translated(e);
    const cancelled =
      o.signal?.aborted && o.signal.reason instanceof Error && o.signal.reason.message === 'cancelled';
    if (isRefusal(refusal) || cancelled)
      await deps.db.system(async (tx) => {
        const r = await lockRearrangement(tx, id);
        if (r?.state === 'queued')
          await saveRearrangement(tx, {
            ...r,
            state: 'failed',
            error: cancelled ? 'cancelled' : refusal.message,
          });
      });
    throw refusal;
  }
}

export const rearrangeJob = (deps: HoldingsDeps): JobKind<{ id: string }> => ({
  name: REARRANGE_JOB,
  run: ({ data, signal, progress }) =>
    runArranging(deps, data.id, { signal, progress: (p) => progress({ step: 'rearranging', ...p }) }),
});

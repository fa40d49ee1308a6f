import { createHash } from 'node:crypto';
import { type Actor, auditActor, demand, scopeOf } from '#kernel/actor';
import { arrived, type CarriedActor, carried } from '#kernel/carried';
import { Refusal } from '#kernel/errors';
import type { JobKind, JobRun } from '#kernel/jobs';
import { beginChange, goOnWith } from '../changes/index.ts';
import { drawCountsTogether } from '../counting/store/counts.ts';
import type { HoldingsDeps } from '../deps.ts';
import { type Act, readActs } from './acts.ts';
import { judgeUnits, sorted } from './part.ts';
import { demandPatterns, patternsApplied } from './patterns.ts';
import { readSelection, type Selection } from './selection.ts';
import {
  type BulkEdit,
  choose,
  closePart,
  editById,
  finishEdit,
  insertEdit,
  lockEdit,
  lockPart,
  noteJob,
  type Outcome,
  openParts,
  outcomeOf,
} from './store/parts.ts';
import { lockThese, rewrite } from './store/units.ts';

export const BULK_JOB = 'bulk-edit';

/** Entries changed in one transaction. */
const PART = 5_000;
/** Parts worked on at once: one is judged here while the database writes the other. */
const LANES = 2;
const SAMPLES = 20;

interface BulkJob {
  id: string;
  actor: CarriedActor;
}

export interface BulkWish {
  archiveId: string;
  selection: Selection;
  acts: readonly Act[];
  reason?: string | null | undefined;
}

/**
 * Begins to change many entries at one stroke. Which ones is written down first of all, by one statement: what fits at that moment.
 * What each says is read when its turn comes, locked; what others change before or behind is kept.
 *
 * @returns the changeset, by which all can be taken back, and the job
 * @throws Refusal bulk.*, filter.invalid, actor.forbidden, archive.notFound
 */
export async function beginBulk(
  deps: HoldingsDeps,
  actor: Actor,
  wish: BulkWish,
): Promise<{ id: string; jobId: string }> {
  const { archiveId, selection } = wish;
  demand(actor, 'holdings.write', archiveId, new Refusal('archive.notFound', 'There is no such archive.'));
  readSelection(archiveId, selection);
  const acts = readActs(wish.acts);
  await demandPatterns(deps, actor, acts);
  return deps.db.as(scopeOf(actor), async (tx) => {
    const reason = wish.reason ?? null;
    const id = await beginChange(deps, tx, actor, { archiveId, kind: 'bulk', reason });
    const by = { begunBy: actor.id, begunByName: actor.name, begunAt: deps.clock.now() };
    await insertEdit(tx, { id, archiveId, acts, selection, ...by });
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId,
      act: 'units.bulkBegun',
      target: { type: 'changeset', id },
      detail: { acts, selection, reason },
    });
    const data: BulkJob = { id, actor: carried(actor, archiveId) };
    const jobId = await deps.jobs.enqueue(tx, BULK_JOB, data, {
      archiveId,
      title: reason ?? '',
      createdBy: actor.id,
    });
    await noteJob(tx, id, jobId);
    return { id, jobId };
  });
}

export interface BulkState extends Outcome {
  id: string;
  chosen: number | null;
  jobId: string | null;
  finishedAt: Date | null;
}

/** How far a change of many entries is. @throws Refusal bulk.notFound */
export function bulkState(deps: HoldingsDeps, actor: Actor, id: string): Promise<BulkState> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const edit = await editById(tx, id);
    if (!edit) throw new Refusal('bulk.notFound', 'There is no such change.');
    const { chosen, jobId, finishedAt } = edit;
    return { id, chosen, jobId, finishedAt, ...(await outcomeOf(tx, id)) };
  });
}

/** The job. Killed anywhere, it goes on with the parts that are not done. */
export const bulkJob = (deps: HoldingsDeps): JobKind<BulkJob> => ({
  name: BULK_JOB,
  attempts: 20,
  async run({ data, signal, progress }) {
    const actor = arrived(data.actor);
    const result = await patternsApplied(() => runBulk(deps, actor, data.id, { signal, progress }));
    await drawCountsTogether(deps.db.owner);
    return result;
  },
});

/** @throws Refusal bulk.notFound */
export async function runBulk(
  deps: HoldingsDeps,
  actor: Actor,
  id: string,
  o: Partial<Pick<JobRun<object>, 'signal' | 'progress'>> & { part?: number },
): Promise<Outcome> {
  const edit = await chosenOf(deps, actor, id, o.part ?? PART);
  if (edit.finishedAt) return outcomeOf(deps.db.owner, id);
  const before = await outcomeOf(deps.db.owner, id);
  const total = edit.chosen ?? 0;
  let rejected = sumOf(before.skipped);
  let done = before.changed + before.unchanged + rejected;
  const began = performance.now();
  const doneBefore = done;
  const parts = await openParts(deps.db.owner, id);
  let indexing: Promise<unknown> = Promise.resolve();
  const lane = async (): Promise<void> => {
    for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
      o.signal?.throwIfAborted();
      const outcome = await changePart(deps, actor, edit, part);
      done += outcome.changed + outcome.unchanged + sumOf(outcome.skipped);
      rejected += sumOf(outcome.skipped);
      const rate = Math.round(((done - doneBefore) * 1000) / (performance.now() - began));
      o.progress?.({ step: 'changing', done, total, rejected, rate });
      // The index follows one part behind, and is waited for, so that it is never far behind.
      await indexing;
      indexing = deps.index.catchUp(deps.db);
      indexing.catch(() => {});
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: LANES }, lane));
  await indexing;
  for (const l of lanes) if (l.status === 'rejected') throw l.reason;
  await deps.db.as(scopeOf(actor), (tx) => finishEdit(tx, id, deps.clock.now()));
  return outcomeOf(deps.db.owner, id);
}

/** The edit, with what is chosen written down. */
function chosenOf(deps: HoldingsDeps, actor: Actor, id: string, size: number): Promise<BulkEdit> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const edit = await lockEdit(tx, id);
    if (!edit) throw new Refusal('bulk.notFound', 'There is no such change.');
    if (edit.chosen !== null) return edit;
    const { filter, sorting } = readSelection(edit.archiveId, edit.selection as Selection);
    return { ...edit, chosen: await choose(tx, edit, filter, sorting, size) };
  });
}

const NOTHING: Outcome = { changed: 0, unchanged: 0, skipped: {}, samples: [] };

/** Changes a part, in one transaction with what was done to it. */
function changePart(deps: HoldingsDeps, actor: Actor, edit: BulkEdit, nth: number): Promise<Outcome> {
  const { id, archiveId } = edit;
  return deps.db.as(scopeOf(actor), async (tx) => {
    const part = await lockPart(tx, id, nth);
    if (!part) return NOTHING;
    await goOnWith(tx, id);
    const units = await lockThese(tx, part.ids);
    const acts = edit.acts as Act[];
    const all = await judgeUnits(tx, actor, archiveId, part.ids, units, acts, (i) => i * part.of + nth);
    const { changed, names, searched, unchanged, wrong } = sorted(all);
    await rewrite(tx, changed, names, deps.clock.now());
    await deps.index.later(tx, searched);
    const skipped: Record<string, number> = {};
    const gone = part.ids.length - all.length;
    if (gone > 0) skipped['unit.notFound'] = gone;
    for (const { finding } of wrong) skipped[finding.code] = (skipped[finding.code] ?? 0) + 1;
    const samples = wrong.slice(0, SAMPLES).map(({ unit, finding: { code, field, message } }) => ({
      unitId: unit.id,
      code,
      field,
      message,
    }));
    const outcome: Outcome = { changed: changed.length, unchanged, skipped, samples };
    if (changed.length > 0)
      await deps.audit.append(tx, {
        actor: auditActor(actor),
        archiveId,
        act: 'units.bulkEdited',
        target: { type: 'changeset', id },
        detail: { part: nth, units: changed.length, skipped, ...proofOf(changed.map((c) => c.id)) },
      });
    await closePart(tx, id, nth, outcome);
    return outcome;
  });
}

const sumOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((a, b) => a + b, 0);

/** Which entries were changed, in a form that stays small and can be proved against the history. */
function proofOf(ids: readonly string[]): { digest: string; digestOver: string } {
  const hash = createHash('sha256');
  for (const id of [...ids].sort()) hash.update(`${id}\n`);
  return { digest: hash.digest('hex'), digestOver: 'SHA-256 of the ids, one line each, in order' };
}

import { createWriteStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Sheet } from '#formats/print';
import { moveDurably, syncFile } from '#kernel/durably';
import { isRefusal, Refusal } from '#kernel/errors';
import type { JobKind, JobRun } from '#kernel/jobs';
import type { PrintingDeps } from '../deps.ts';
import { demandFormat } from '../domain/may.ts';
import { viewerThen } from '../domain/reach.ts';
import { COUNTED } from '../forms/draw.ts';
import { writeWorkbook } from '../forms/workbook.ts';
import { drawPdf, printingOf } from '../running/draw.ts';
import { fileOf, partOf, removeAll } from '../running/folders.ts';
import {
  beginRun,
  noteDone,
  noteEnd,
  noteProgress,
  type Outcome,
  orderForJob,
  type PrintOrder,
} from '../store/orders.ts';
import { PRINT_JOB } from './order.ts';

const TRIES = 5;
const TELL_MS = 700;

/**
 * Makes the file of an order. Killed anywhere, a second run begins anew: nothing it wrote is shown before it is whole.
 * Cancelled or deleted meanwhile, in this process or another, it stops within a second.
 */
export function printJob(deps: PrintingDeps): JobKind<{ id: string }> {
  return {
    name: PRINT_JOB,
    concurrency: 1,
    attempts: TRIES,
    async run(job) {
      const order = await orderForJob(deps.db.owner, job.data.id);
      if (!order || !(await beginRun(deps.db.owner, job.data.id, deps.clock.now()))) return;
      try {
        await print(deps, order, job);
      } catch (thrown) {
        const e = roomOrElse(thrown);
        await rm(partOf(deps.folder, order), { force: true });
        if (e instanceof Ended) return;
        if (!isRefusal(e) && (job.attempt < TRIES || job.signal.aborted)) throw e;
        await failed(deps, order, isRefusal(e) ? e.code : 'fault');
        if (!isRefusal(e)) throw e;
      }
    },
  };
}

/** It was cancelled, or deleted. */
class Ended extends Error {}

/** A full disk of ours: trying again at once would not help. */
function roomOrElse(e: unknown): unknown {
  const code = e instanceof Error && 'code' in e ? e.code : '';
  return code === 'ENOSPC' || code === 'EDQUOT'
    ? new Refusal('printing.noRoom', 'There is no room left on the server for the file.', {}, { cause: e })
    : e;
}

async function failed(deps: PrintingDeps, order: PrintOrder, code: string): Promise<void> {
  await deps.db.system(async (tx) => {
    if (!(await noteEnd(tx, order.id, 'failed', code, deps.clock.now()))) return;
    await deps.audit.append(tx, {
      actor: { id: order.personId, name: order.personName },
      archiveId: order.archiveId,
      act: 'printing.failed',
      target: { type: 'printing', id: order.id },
      result: 'failed',
      detail: { form: order.form, code },
    });
  });
  await removeAll(deps.folder, order.id);
}

async function print(
  deps: PrintingDeps,
  order: PrintOrder,
  job: Pick<JobRun<object>, 'signal'>,
): Promise<void> {
  const actor = await deps.actorById(order.personId);
  const gone = new Refusal('actor.forbidden', 'Your roles in this archive do not include this any more.');
  if (!actor) throw gone;
  demandFormat(actor, order, gone);
  const stopped = new AbortController();
  const signal = AbortSignal.any([job.signal, stopped.signal]);
  const state = { done: 0, total: null as number | null, sheet: undefined as Sheet | undefined };
  const run = {
    actor,
    viewer: viewerThen(order),
    wanted: order,
    signal,
    done: (entries: number) => {
      state.done += entries;
    },
  };
  const tell = async () => {
    const { done, total, sheet } = state;
    if (!(await noteProgress(deps.db.owner, order.id, { done, total, pages: sheet?.pages ?? 0 })))
      stopped.abort(new Ended());
  };
  const timer = setInterval(() => void tell().catch(() => {}), TELL_MS);
  try {
    const p = await printingOf(deps, run);
    state.total = (await p.source.count(COUNTED[order.form])) ?? null;
    const part = partOf(deps.folder, order);
    await mkdir(dirname(part), { recursive: true, mode: 0o700 });
    await rm(part, { force: true });
    let outcome: Outcome;
    if (order.format === 'xlsx') {
      await writeWorkbook(p, order.form, part);
      outcome = { done: state.done, pages: 0, leftOut: 0, shortened: 0, unbarred: 0, missing: [], bytes: 0 };
      outcome.bytes = (await stat(part)).size;
    } else {
      const out = createWriteStream(part, { mode: 0o600 });
      const drawn = await drawPdf(p, run, {
        out,
        author: p.archiveName,
        at: deps.clock.now(),
        sheet: (sheet) => {
          state.sheet = sheet;
        },
      }).finally(() => out.destroy());
      outcome = Object.assign({ done: state.done, leftOut: 0 }, drawn);
    }
    outcome.leftOut = p.source.leftOut;
    signal.throwIfAborted();
    await syncFile(part);
    await moveDurably(part, fileOf(deps.folder, order));
    await keep(deps, order, outcome);
  } finally {
    clearInterval(timer);
  }
}

async function keep(deps: PrintingDeps, order: PrintOrder, outcome: Outcome): Promise<void> {
  const kept = await deps.db.system(async (tx) => {
    if (!(await noteDone(tx, order.id, outcome, deps.clock.now()))) return false;
    await deps.audit.append(tx, {
      actor: { id: order.personId, name: order.personName },
      archiveId: order.archiveId,
      act: 'printing.done',
      target: { type: 'printing', id: order.id },
      detail: { form: order.form, entries: outcome.done, pages: outcome.pages, leftOut: outcome.leftOut },
    });
    return true;
  });
  if (!kept) await removeAll(deps.folder, order.id);
}

import { alone } from '#kernel/alone';
import type { Tx } from '#kernel/db';
import { isRefusal, messageOf, Refusal } from '#kernel/errors';
import type { JobKind, JobRun } from '#kernel/jobs';
import { moveBySystem, TRANSFER_JOB, TRIES } from '../commands/moving.ts';
import type { TransferDeps } from '../deps.ts';
import {
  type Batch,
  batchById,
  type CheckSummary,
  forgetPackage,
  noteFailure,
  setKnown,
} from '../store/batches.ts';
import { keepClassified } from '../store/classified.ts';
import { keepFindings, type Side } from '../store/findings.ts';
import { openFileList } from './fileList.ts';
import { moveToQuarantine, outgoing, quarantine, removeUploads, setApart } from './folders.ts';
import { type Classified, createLooking, judgeContent } from './judge.ts';
import { lay } from './layOut.ts';
import { manifestOf } from './manifest.ts';
import { checkNatures } from './natures.ts';
import { readMedia } from './readMedia.ts';
import { checkedAs, type Step, still, summaryOf } from './step.ts';
import { takeIn } from './takeIn.ts';

/**
 * Carries a batch on as far as the system alone can: checked at the agency, received, checked again, taken in. Each step is
 * one move, committed with what it came to; killed anywhere, the same step begins anew and comes to the same.
 */
export function transferJob(deps: TransferDeps): JobKind<{ id: string }> {
  return {
    name: TRANSFER_JOB,
    attempts: TRIES,
    run: (job) =>
      alone(deps.db, `transfer ${job.data.id}`, job.signal, (signal) => carried(deps, { ...job, signal })),
  };
}

async function carried(deps: TransferDeps, job: JobRun<{ id: string }>): Promise<unknown> {
  for (;;) {
    job.signal.throwIfAborted();
    const batch = await batchById(deps.db.owner, job.data.id);
    const step = batch && STEPS[batch.state];
    if (!batch || !step) return batch ? { state: batch.state } : undefined;
    const archive = (await deps.archives()).find((a) => a.id === batch.archiveId);
    if (!archive) throw new Error(`batch ${batch.id} is of no archive`);
    try {
      await step({ deps, batch, archive, run: job });
    } catch (e) {
      if (job.signal.aborted) throw e;
      await noteFailure(deps.db.owner, batch, isRefusal(e) ? e.code : 'fault', deps.clock.now());
      // What the house lacks now it may have later: tried again with growing pauses.
      throw isRefusal(e) ? new Error(`${e.code}: ${messageOf(e)}`, { cause: e }) : e;
    }
  }
}

const STEPS: Partial<Record<Batch['state'], (step: Step) => Promise<void>>> = {
  prechecking: precheck,
  reading: readMedia,
  sent: receive,
  checking: check,
  accepting: takeIn,
};

/** At the sender: laid out, digested, judged. */
async function precheck(step: Step): Promise<void> {
  const { deps, batch, run } = step;
  const place = outgoing(deps.folder, batch);
  run.progress({ step: 'laying', done: 0 });
  const missing = await lay(step, place);
  if (missing) {
    await still(step, async (tx, now) => {
      await keepFindings(tx, now, 'agency', [missing]);
      await setKnown(tx, now.id, { precheck: summaryOf([missing]) });
      await moveBySystem(deps, tx, now, 'precheckFailed', { errors: 1 });
    });
    return;
  }
  await using list = await openFileList(deps.scratch);
  const manifest = await manifestOf(deps.digests, place, {
    line: list.add,
    signal: run.signal,
    progress: (done, total) => run.progress({ step: 'digesting', done, total }),
  });
  await judgeAs(step, 'agency', place, async (tx, now, summary, found) => {
    await list.keep(tx, now.id);
    await setKnown(tx, now.id, {
      laid: true,
      files: manifest.files,
      bytes: manifest.bytes,
      manifest: manifest.digest,
      precheck: summary,
      ...found,
    });
    await moveBySystem(deps, tx, now, summary.qualified ? 'precheckPassed' : 'precheckFailed', {
      ...summary,
    });
  });
  await removeUploads(deps, batch);
}

/** Into quarantine; the digests are compared with those the agency signed. */
async function receive(step: Step): Promise<void> {
  const { deps, batch, run } = step;
  await moveToQuarantine(deps.folder, batch);
  const { digest } = await manifestOf(deps.digests, quarantine(deps.folder, batch), {
    signal: run.signal,
    progress: (done, total) => run.progress({ step: 'digesting', done, total }),
  });
  if (digest !== batch.manifest)
    throw new Refusal(
      'transfer.differs',
      'What arrived is not what was sent: its digests differ from the register.',
    );
  await still(step, (tx, now) =>
    moveBySystem(deps, tx, now, 'receive', { manifest: digest, files: now.files }),
  );
}

/** At the archive: judged again. What it comes to is for people to weigh. */
async function check(step: Step): Promise<void> {
  const { deps, batch } = step;
  await judgeAs(step, 'archive', quarantine(deps.folder, batch), async (tx, now, summary, found) => {
    await setKnown(tx, now.id, { arrivalCheck: summary, ...found });
    await moveBySystem(deps, tx, now, 'checkDone', { ...summary });
  });
}

async function judgeAs(
  step: Step,
  side: Side,
  place: string,
  done: (
    tx: Tx,
    now: Batch,
    summary: CheckSummary,
    found: { kind: string; entries: number },
  ) => Promise<void>,
): Promise<void> {
  const { deps, batch, archive, run } = step;
  run.progress({ step: 'checking', done: 0 });
  const looking = createLooking();
  const isScanned = await deps.checks.scansAll(batch.archiveId, 'YJ');
  const judgement = await judgeContent(deps, batch, place, { archive: archive.code, isScanned, looking });
  if ('classified' in judgement) return block(step, judgement.classified);
  const { open, bytes } = judgement;
  const { judged } = open;
  const outcome = await checkNatures(step, side, open, { looking, bytes }).finally(open.close);
  if (!outcome) return block(step, looking.found);
  await still(step, async (tx, now) => {
    await keepFindings(tx, now, side, judged.findings);
    await done(tx, now, checkedAs(judged, outcome, looking.records()), {
      kind: judged.kind,
      entries: judged.entries,
    });
  });
}

/** What bears a classification is set apart, and is the security administrator's matter alone. */
async function block(step: Step, classified: readonly Classified[]): Promise<void> {
  const { deps, batch } = step;
  await still(step, async (tx, now) => {
    await keepClassified(tx, now, classified, deps.masterKey);
    await moveBySystem(deps, tx, now, 'block', { places: classified.length });
    // Its name may be what bears the mark; the place it stood in is sealed.
    await forgetPackage(tx, now.id);
  });
  await setApart(deps.folder, batch);
}

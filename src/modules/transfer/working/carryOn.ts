import { mkdir } from 'node:fs/promises';
import type { Capability } from '#kernel/actor';
import { type Actor, systemActor } from '#kernel/actor';
import { isRefusal, messageOf, Refusal } from '#kernel/errors';
import type { JobKind, JobRun } from '#kernel/jobs';
import { layOut, layUploads } from '#kernel/laying';
import type { Archive } from '#modules/holdings';
import { moveBySystem, TRANSFER_JOB } from '../commands/moving.ts';
import type { TransferDeps } from '../deps.ts';
import { signReceipt, signRegister } from '../papers.ts';
import { type Batch, batchById, type CheckSummary, noteFailure, setKnown } from '../store/batches.ts';
import { keepClassified, keepFindings, type Side } from '../store/findings.ts';
import { movesOf } from '../store/moves.ts';
import {
  moveBack,
  moveToQuarantine,
  outgoing,
  packageIn,
  quarantine,
  removeContent,
  setApart,
} from './folders.ts';
import { judgeContent } from './judge.ts';
import { manifestOf } from './manifest.ts';

type Run = Pick<JobRun<{ id: string }>, 'signal' | 'progress'>;
interface Step {
  deps: TransferDeps;
  batch: Batch;
  archive: Archive;
  run: Run;
}

/**
 * Carries a batch on as far as the system alone can: checked at the agency, received, checked again, taken in. Each step is
 * one move, committed with what it came to; killed anywhere, the same step begins anew and comes to the same.
 */
export function transferJob(deps: TransferDeps): JobKind<{ id: string }> {
  return {
    name: TRANSFER_JOB,
    attempts: 8,
    async run(job) {
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
          await noteFailure(deps.db.owner, batch.id, isRefusal(e) ? e.code : 'fault', deps.clock.now());
          // What the house lacks now it may have later: tried again with growing pauses.
          throw isRefusal(e) ? new Error(`${e.code}: ${messageOf(e)}`, { cause: e }) : e;
        }
      }
    },
  };
}

const STEPS: Partial<Record<Batch['state'], (step: Step) => Promise<void>>> = {
  prechecking: precheck,
  sent: receive,
  checking: check,
  accepting: takeIn,
};

/** The row as it stands, locked, if it is still where the step began. */
async function still(
  step: Step,
  act: (tx: Parameters<Parameters<TransferDeps['db']['system']>[0]>[0], batch: Batch) => Promise<void>,
) {
  await step.deps.db.system(async (tx) => {
    const now = await batchById(tx, step.batch.id, true);
    if (now?.state === step.batch.state && now.round === step.batch.round) await act(tx, now);
  });
}

/** At the sender: laid out, digested, judged. */
async function precheck(step: Step): Promise<void> {
  const { deps, batch, run } = step;
  const place = outgoing(deps.folder, batch);
  run.progress({ step: 'laying', done: 0 });
  const missing = await lay(deps, batch, place);
  if (missing) {
    await still(step, async (tx, now) => {
      await keepFindings(tx, now, 'agency', [missing]);
      await setKnown(tx, now.id, { precheck: { qualified: false, errors: 1, warnings: 0, runId: null } });
      await moveBySystem(deps, tx, now, 'precheckFailed', { errors: 1 });
    });
    return;
  }
  const manifest = await manifestOf(deps.digests, place, {
    signal: run.signal,
    progress: (done, total) => run.progress({ step: 'digesting', done, total }),
  });
  await judgeAs(step, 'agency', place, async (tx, now, summary, found) => {
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
  for (const upload of batch.uploads) await deps.staging.remove(upload);
}

/** @returns what is wrong where there is nothing to lay out, or malware in it */
async function lay(deps: TransferDeps, batch: Batch, place: string) {
  if (batch.laid) {
    await moveBack(deps.folder, batch);
    return undefined;
  }
  if (batch.uploads.length === 0)
    return {
      code: 'transfer.empty',
      severity: 'error' as const,
      path: '',
      message: 'The batch holds nothing yet: give it a package or a folder.',
    };
  await removeContent(deps.folder, batch);
  await mkdir(place, { recursive: true, mode: 0o700 });
  const files = [];
  for (const upload of batch.uploads) {
    try {
      files.push(await deps.staging.file(upload, batch.preparedBy));
    } catch (e) {
      if (!isRefusal(e) || e.code !== 'upload.infected') throw e;
      return {
        code: e.code,
        severity: 'error' as const,
        path: String(e.detail.name ?? ''),
        message: messageOf(e),
      };
    }
  }
  await layUploads(place, files, layOut(files));
  return undefined;
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
    tx: Parameters<Parameters<TransferDeps['db']['system']>[0]>[0],
    now: Batch,
    summary: CheckSummary,
    found: { kind: string; entries: number },
  ) => Promise<void>,
): Promise<void> {
  const { deps, batch, archive, run } = step;
  run.progress({ step: 'checking', done: 0 });
  const { package: judged, classified } = await judgeContent(deps, batch, place, archive.code);
  // What bears a classification is set apart, and is the security administrator's matter alone.
  if (classified.length > 0) {
    await still(step, async (tx, now) => {
      await keepClassified(tx, now, classified);
      await moveBySystem(deps, tx, now, 'block', { places: classified.length });
    });
    await setApart(deps.folder, batch);
    return;
  }
  const errors = judged.findings.filter((f) => f.severity === 'error').length;
  const warnings = judged.findings.filter((f) => f.severity === 'warning').length;
  await still(step, async (tx, now) => {
    await keepFindings(tx, now, side, judged.findings);
    await done(
      tx,
      now,
      { qualified: judged.valid, errors, warnings, runId: null },
      { kind: judged.kind, entries: judged.entries },
    );
  });
}

const FOR_TAKING_IN: readonly Capability[] = [
  'holdings.read',
  'holdings.write',
  'import.run',
  'content.read',
];

/** Who decided, as who takes in: one person opens nothing alone, so what says it is open comes in not reviewed. */
async function decider(deps: TransferDeps, batch: Batch): Promise<Actor> {
  const accepted = (await movesOf(deps.db.owner, batch.id)).findLast((m) => m.act === 'accept');
  if (!accepted?.personId) throw new Error(`batch ${batch.id} was accepted by nobody`);
  const capabilities = new Set(FOR_TAKING_IN);
  return {
    ...systemActor(accepted.personName, accepted.personId),
    kind: 'person',
    rights: new Map([[batch.archiveId, capabilities]]),
    posts: [{ archiveId: batch.archiveId, role: 'transfer', capabilities, categories: null, fonds: null }],
  };
}

/** Into the holdings; then both papers are signed, and what was in quarantine goes. */
async function takeIn(step: Step): Promise<void> {
  const { deps, batch, archive, run } = step;
  const path = packageIn(quarantine(deps.folder, batch), batch);
  run.progress({ step: 'takingIn', done: 0, total: batch.entries });
  const ingested = await deps.packages.ingest(await decider(deps, batch), {
    path,
    archive: archive.code,
    limits: deps.limits,
    signal: run.signal,
    leftOut: new Set((batch.decision?.leftOut ?? []).map((l) => l.code)),
    ...(batch.fonds ? { fonds: batch.fonds } : {}),
  });
  if (!ingested.accepted) {
    const first = ingested.findings.find((f) => f.severity === 'error');
    throw new Refusal(
      'transfer.notTakenIn',
      `It could not be taken in: ${first?.message ?? 'it is not sound'}`,
      {
        code: first?.code ?? '',
      },
    );
  }
  await still(step, async (tx, now) => {
    const taken = { entries: ingested.entries, files: ingested.files };
    const register = await signRegister(deps, tx, now, archive);
    const receipt = await signReceipt(deps, tx, now, archive, { ...taken, register });
    await setKnown(tx, now.id, { register, receipt });
    await moveBySystem(deps, tx, now, 'takeIn', taken);
  });
  await removeContent(deps.folder, batch);
}

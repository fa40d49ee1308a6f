import { type Actor, type Capability, systemActor } from '#kernel/actor';
import type { Known } from '#modules/packages';
import { moveBySystem } from '../commands/moving.ts';
import type { TransferDeps } from '../deps.ts';
import { signReceipt, signRegister } from '../papers.ts';
import { type Batch, setKnown } from '../store/batches.ts';
import { keepFindings } from '../store/findings.ts';
import { movesOf } from '../store/moves.ts';
import { packageIn, quarantine, removeContent } from './folders.ts';
import { type Step, still, summaryOf } from './step.ts';

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

/**
 * What the checks of both sides came to goes into the objects: how everything stands and what was found of the entry into each, and
 * the reports whole into the first, once.
 */
async function knownOf({ checks }: TransferDeps, batch: Batch): Promise<Known | undefined> {
  const [arrival, sending] = [batch.arrivalCheck?.runId, batch.precheck?.runId];
  if (!arrival) return undefined;
  const [kept, sent] = [
    await checks.kept(arrival, 'zh-CN'),
    sending ? await checks.kept(sending, 'zh-CN') : null,
  ];
  return {
    detail: { batch: batch.number, check: arrival, verdict: batch.arrivalCheck?.verdict ?? '' },
    async parts({ key, row }, isFirst) {
      const object =
        typeof row.reference_code === 'string' && row.reference_code !== '' ? row.reference_code : key;
      const found = kept.about(object);
      const own = { fourNatures: kept.summary, batch: batch.number, findings: found };
      if (!isFirst) return [own];
      return [
        own,
        { fourNaturesWhole: 'arrival', batch: batch.number, json: await kept.json(), xml: await kept.xml() },
        ...(sent
          ? [
              {
                fourNaturesWhole: 'sending',
                batch: batch.number,
                json: await sent.json(),
                xml: await sent.xml(),
              },
            ]
          : []),
      ];
    },
  };
}

/**
 * Into the holdings; then both papers are signed, and what was in quarantine goes. What can not be taken in any more goes back to
 * who weighs it, with what was found: nothing of it was entered.
 */
export async function takeIn(step: Step): Promise<void> {
  const { deps, batch, archive, run } = step;
  const path = packageIn(quarantine(deps.folder, batch), batch);
  const { id, archiveId, agencyId, round } = batch;
  // What is signed says it: compared here where the comparison has not come so far.
  const deposits = await deps.deposits.outcome({ id, archiveId, agencyId, round, path }, run.signal);
  run.progress({ step: 'takingIn', done: 0, total: batch.entries });
  const ingested = await deps.packages.ingest(await decider(deps, batch), {
    path,
    archive: archive.code,
    limits: deps.limits,
    signal: run.signal,
    known: await knownOf(deps, batch),
    leftOut: new Set((batch.decision?.leftOut ?? []).map((l) => l.code)),
    ...(batch.fonds ? { fonds: batch.fonds } : {}),
  });
  if (!ingested.accepted) {
    await still(step, async (tx, now) => {
      const arrivalCheck = summaryOf(ingested.findings, now.arrivalCheck?.runId ?? null);
      await keepFindings(tx, now, 'archive', ingested.findings);
      await setKnown(tx, now.id, { arrivalCheck });
      await moveBySystem(deps, tx, now, 'takeInRefused', { errors: arrivalCheck.errors });
    });
    return;
  }
  await still(step, async (tx, now) => {
    const taken = { entries: ingested.entries, files: ingested.files };
    const register = await signRegister(deps, tx, now, { archive, deposits });
    const receipt = await signReceipt(deps, tx, now, archive, { ...taken, register, deposits });
    await setKnown(tx, now.id, { register, receipt });
    await moveBySystem(deps, tx, now, 'takeIn', taken);
  });
  await removeContent(deps.folder, batch);
}

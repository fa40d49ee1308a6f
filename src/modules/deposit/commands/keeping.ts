import { createHash } from 'node:crypto';
import { type Actor, auditActor, scopeOf } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import { isId } from '#kernel/ids';
import type { DepositDeps } from '../deps.ts';
import { Unsealable } from '../sealed.ts';
import {
  type Deposit,
  depositById,
  depositsBeingSealed,
  depositsToCheck,
  livingAmong,
  sealedFiles,
  setChecked,
  setEnded,
  setJob,
  setKeptUntil,
} from '../store/deposits.ts';
import { placesThere, removePlaces } from '../working/folders.ts';
import { SEAL_JOB } from '../working/seal.ts';
import { forbidden, noDeposit, wrongState } from './refusals.ts';
import { contentOf, mayDecide } from './unseal.ts';

const DAY_MS = 86_400_000;
const AT_ONCE = 200;

async function managed(deps: DepositDeps, actor: Actor, id: string): Promise<Deposit> {
  const deposit = await deps.db.as(scopeOf(actor), (tx) => depositById(tx, id));
  if (!deposit) throw noDeposit();
  if (!mayDecide(actor, deposit)) throw forbidden();
  if (deposit.state !== 'kept') throw wrongState(deposit.state);
  return deposit;
}

/** Keeps a deposit longer. @throws Refusal deposit.notFound, deposit.wrongState, deposit.until, actor.forbidden */
export async function prolong(deps: DepositDeps, actor: Actor, id: string, until: string): Promise<void> {
  const deposit = await managed(deps, actor, id);
  if (until <= (deposit.keptUntil ?? ''))
    throw new Refusal('deposit.until', 'That day is not later than the one it is kept until.', {
      field: 'until',
    });
  await deps.db.system(async (tx) => {
    await setKeptUntil(tx, id, until);
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: deposit.archiveId,
      act: 'deposit.prolonged',
      target: { type: 'deposit', id },
      detail: { number: deposit.number, until },
    });
  });
}

/**
 * Ends a deposit that was kept for its time: its key goes, and with it what it holds, in every backup too once that one is gone.
 * What was deposited, its digests and its receipt stay known.
 *
 * @throws Refusal deposit.notFound, deposit.wrongState, deposit.notOver, deposit.reason, actor.forbidden
 */
export async function endDeposit(deps: DepositDeps, actor: Actor, id: string, reason: string): Promise<void> {
  const deposit = await managed(deps, actor, id);
  const why = reason.trim();
  if (why === '') throw new Refusal('deposit.reason', 'Say why.', { field: 'reason' });
  if ((deposit.keptUntil ?? '') > deps.today())
    throw new Refusal(
      'deposit.notOver',
      'The archive has promised to keep it until a day that has not come.',
      {
        until: deposit.keptUntil ?? '',
      },
    );
  await deps.db.system(async (tx) => {
    const now = await depositById(tx, id, true);
    if (now?.state !== 'kept') throw wrongState(now?.state ?? '');
    await setEnded(tx, id, { at: deps.clock.now(), byName: actor.name, reason: why });
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: deposit.archiveId,
      act: 'deposit.ended',
      target: { type: 'deposit', id },
      detail: { number: deposit.number, reason: why },
    });
  });
  await removePlaces(deps.folder, id);
}

/** Whether every byte of a deposit is as it was sealed, and opens. */
async function isWhole(deps: DepositDeps, d: Deposit): Promise<boolean> {
  try {
    for (const file of await sealedFiles(deps.db.owner, d.id)) {
      const digest = createHash('sha256');
      for await (const bytes of await contentOf(deps, d, file)) digest.update(bytes);
      if (digest.digest('hex') !== file.sha256) return false;
    }
    return true;
  } catch (e) {
    if (e instanceof Unsealable || (e instanceof Error && 'code' in e && e.code === 'ENOENT')) return false;
    throw e;
  }
}

/** Proves a deposit, and says so; what is damaged is told in the trail and waits with the archive. */
async function prove(deps: DepositDeps, d: Deposit): Promise<void> {
  const whole = await isWhole(deps, d);
  await setChecked(deps.db.owner, d.id, { at: deps.clock.now(), damaged: !whole });
  if (whole || d.damagedAt) return;
  deps.log.error({ deposit: d.number }, 'a deposit is not as it was sealed');
  await deps.db.system((tx) =>
    deps.audit.append(tx, {
      actor: { id: null, name: 'lantai' },
      archiveId: d.archiveId,
      act: 'deposit.damaged',
      target: { type: 'deposit', id: d.id },
      detail: { number: d.number },
    }),
  );
}

/** Bytes proved in one hour at most, so that others have their turn. */
const MOST_BYTES = 20e9;

/**
 * For the clock of the house: deposits whose turn it is in the calendar of fixity are proved, deposits that wait without a living job
 * get one, and what nobody keeps any more goes.
 */
export async function tidy(deps: DepositDeps): Promise<void> {
  await resume(deps);
  const before = new Date(deps.clock.now().getTime() - deps.cycleDays * DAY_MS);
  let bytes = 0;
  for (const d of await depositsToCheck(deps.db.owner, before, AT_ONCE)) {
    if (bytes > MOST_BYTES) break;
    await prove(deps, d);
    bytes += d.bytes;
  }
  const there = (await placesThere(deps.folder)).filter(isId);
  for (let i = 0; i < there.length; i += AT_ONCE) {
    const some = there.slice(i, i + AT_ONCE);
    const living = await livingAmong(deps.db.owner, some);
    for (const id of some) if (!living.has(id)) await removePlaces(deps.folder, id);
  }
}

async function resume(deps: DepositDeps): Promise<void> {
  for (const { id } of await depositsBeingSealed(deps.db.owner, AT_ONCE))
    await deps.db.system(async (tx) => {
      const d = await depositById(tx, id, true);
      if (d?.state !== 'sealing') return;
      const job = d.jobId ? await deps.jobs.find(tx, d.jobId) : undefined;
      if (job?.state === 'queued' || job?.state === 'running') return;
      const { archiveId, number: title } = d;
      await setJob(
        tx,
        id,
        await deps.jobs.enqueue(tx, SEAL_JOB, { id }, { archiveId, title, createdBy: null }),
      );
    });
}

import type { Sql, Tx } from '#kernel/db';
import type { JobKind } from '#kernel/jobs';
import type { ArrivedBatch, DepositDeps } from '../deps.ts';
import { compareDeposits, type Leaf } from '../domain/compare.ts';
import {
  comparisonOf,
  depositsOf,
  type KeptComparison,
  keepComparison,
  keepsDeposits,
  leavesOfDeposits,
} from '../store/comparisons.ts';
import { leavesOf, lyingBelow } from './leaves.ts';

export const COMPARE_JOB = 'compare-deposits';

const isGone = (e: unknown) => e instanceof Error && 'code' in e && e.code === 'ENOENT';

/** When a batch has arrived, in the transaction that says so: what it brings is compared with what its agency had deposited. */
export async function compareLater(
  deps: Pick<DepositDeps, 'jobs'>,
  tx: Tx,
  batch: { id: string; archiveId: string; number: string },
): Promise<void> {
  await deps.jobs.enqueue(
    tx,
    COMPARE_JOB,
    { id: batch.id },
    { archiveId: batch.archiveId, title: batch.number, createdBy: null },
  );
}

/** What a batch came to beside what was deposited, as papers of the handover say it. */
export interface DepositOutcome {
  /** Numbers of the deposits that met it. */
  deposits: readonly string[];
  same: number;
  changed: number;
  missing: number;
  added: number;
  at: Date;
}

interface Work {
  signal: AbortSignal;
  digested?(files: number): void;
}

const outcomeOf = ({ deposits, ...c }: KeptComparison): DepositOutcome => ({
  deposits: deposits.map((d) => d.number),
  same: c.same,
  changed: c.changed,
  missing: c.missing,
  added: c.added,
  at: c.at,
});

/** As it was compared in this round; null where it was not, or met no deposit. */
export async function keptOutcome(
  on: Sql,
  { id, round }: { id: string; round: number },
): Promise<DepositOutcome | null> {
  const kept = await comparisonOf(on, id);
  return kept?.round === round ? outcomeOf(kept) : null;
}

/**
 * What a batch brings beside what its agency had deposited, compared now where that was not done yet. Null where it meets no
 * deposit. For handover, which signs it.
 */
export async function outcomeFor(
  deps: DepositDeps,
  batch: ArrivedBatch & { id: string },
  signal: AbortSignal,
): Promise<DepositOutcome | null> {
  const kept = await keptOutcome(deps.db.owner, batch);
  if (kept) return kept;
  if (!(await keepsDeposits(deps.db.owner, batch.agencyId))) return null;
  await compareBatch(deps, batch, { signal });
  return keptOutcome(deps.db.owner, batch);
}

/** Digests what a batch brings and sets it beside what was deposited. A batch that meets no deposit has no comparison. */
export function compareJob(deps: DepositDeps): JobKind<{ id: string }> {
  return {
    name: COMPARE_JOB,
    attempts: 5,
    async run(job) {
      const { id } = job.data;
      const batch = await deps.arrived(id);
      if (!batch) return undefined;
      try {
        const digested = (done: number) => job.progress({ step: 'digesting', done });
        return await compareBatch(deps, { ...batch, id }, { signal: job.signal, digested });
      } catch (e) {
        // Decided on meanwhile: the batch has left the place it waited in.
        if (isGone(e) && !(await deps.arrived(id))) return undefined;
        throw e;
      }
    },
  };
}

async function compareBatch(
  deps: DepositDeps,
  batch: ArrivedBatch & { id: string },
  { signal, digested }: Work,
): Promise<object> {
  const { id, archiveId, agencyId, round } = batch;
  const given: Leaf[] = [];
  for await (const leaf of leavesOf(deps, await lyingBelow(batch.path), signal)) {
    if (!leaf.opened) given.push({ path: leaf.path, sha256: leaf.sha256 });
    digested?.(given.length);
  }
  const deposits = await depositsOf(deps.db.owner, agencyId, given);
  if (deposits.length === 0) return { deposits: 0 };
  const before = await leavesOfDeposits(
    deps.db.owner,
    deposits.map((d) => d.id),
  );
  const found = compareDeposits(given, before);
  const { same, changed, missing, added } = found;
  await deps.db.system(async (tx) => {
    const at = deps.clock.now();
    await keepComparison(tx, { batchId: id, round, archiveId, agencyId }, deposits, found, at);
    await deps.audit.append(tx, {
      actor: { id: null, name: 'lantai' },
      archiveId,
      act: 'deposit.compared',
      target: { type: 'transfer', id },
      detail: { deposits: deposits.map((d) => d.number), same, changed, missing, added },
    });
  });
  return { deposits: deposits.length, same, changed };
}

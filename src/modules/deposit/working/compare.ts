import type { Tx } from '#kernel/db';
import type { JobKind } from '#kernel/jobs';
import type { DepositDeps } from '../deps.ts';
import { compareDeposits, type Leaf } from '../domain/compare.ts';
import { depositsOf, keepComparison, leavesOfDeposits } from '../store/comparisons.ts';
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

/** Digests what a batch brings and sets it beside what was deposited. A batch that meets no deposit has no comparison. */
export function compareJob(deps: DepositDeps): JobKind<{ id: string }> {
  return {
    name: COMPARE_JOB,
    attempts: 5,
    async run(job) {
      const batch = await deps.arrived(job.data.id);
      if (!batch) return undefined;
      const given: Leaf[] = [];
      try {
        for await (const leaf of leavesOf(deps, await lyingBelow(batch.path), job.signal)) {
          if (!leaf.opened) given.push({ path: leaf.path, sha256: leaf.sha256 });
          job.progress({ step: 'digesting', done: given.length });
        }
      } catch (e) {
        // Decided on meanwhile: the batch has left the place it waited in.
        if (isGone(e) && !(await deps.arrived(job.data.id))) return undefined;
        throw e;
      }
      const deposits = await depositsOf(deps.db.owner, batch.agencyId, given);
      if (deposits.length === 0) return { deposits: 0 };
      const before = await leavesOfDeposits(
        deps.db.owner,
        deposits.map((d) => d.id),
      );
      const found = compareDeposits(given, before);
      const { archiveId, agencyId, round } = batch;
      await deps.db.system(async (tx) => {
        const at = deps.clock.now();
        await keepComparison(tx, { batchId: job.data.id, round, archiveId, agencyId }, deposits, found, at);
        await deps.audit.append(tx, {
          actor: { id: null, name: 'lantai' },
          archiveId,
          act: 'deposit.compared',
          target: { type: 'transfer', id: job.data.id },
          detail: {
            deposits: deposits.map((d) => d.number),
            same: found.same,
            changed: found.changed,
            missing: found.missing,
            added: found.added,
          },
        });
      });
      return { deposits: deposits.length, same: found.same, changed: found.changed };
    },
  };
}

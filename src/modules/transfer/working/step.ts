import type { Tx } from '#kernel/db';
import type { Finding } from '#kernel/errors';
import type { JobRun } from '#kernel/jobs';
import type { Archive } from '#modules/holdings';
import type { TransferDeps } from '../deps.ts';
import { type Batch, batchById, type CheckSummary } from '../store/batches.ts';

/** One move of the system, on a batch as it stood when the step began. */
export interface Step {
  deps: TransferDeps;
  batch: Batch;
  archive: Archive;
  run: Pick<JobRun<{ id: string }>, 'signal' | 'progress'>;
}

/** Writes what a step came to, on the locked row, if the batch is still where the step began. */
export async function still(
  { deps, batch }: Step,
  act: (tx: Tx, batch: Batch) => Promise<void>,
): Promise<void> {
  await deps.db.system(async (tx) => {
    const now = await batchById(tx, batch.id, true);
    if (now?.state === batch.state && now.round === batch.round) await act(tx, now);
  });
}

/** Findings as the batch shows them. */
export function summaryOf(qualified: boolean, findings: readonly Finding[]): CheckSummary {
  const count = (severity: Finding['severity']) => findings.filter((f) => f.severity === severity).length;
  return { qualified, errors: count('error'), warnings: count('warning'), runId: null };
}

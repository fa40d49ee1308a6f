import type { Tx } from '#kernel/db';
import type { Finding } from '#kernel/errors';
import type { JobRun } from '#kernel/jobs';
import type { Outcome } from '#modules/checks';
import type { Archive } from '#modules/holdings';
import type { JudgedPackage } from '#modules/packages';
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

/** What kept a batch from being laid out or taken in, as the batch shows it. */
export function summaryOf(findings: readonly Finding[], runId: string | null = null): CheckSummary {
  return { qualified: false, verdict: null, ...counted(findings), runId };
}

/** What the judgement of the package and the check of the four natures came to together. */
export function checkedAs(
  { valid, findings, files }: Pick<JudgedPackage, 'valid' | 'findings' | 'files'>,
  { id, verdict, faults, warnings }: Outcome,
  records: number,
): CheckSummary {
  const of = counted(findings);
  return {
    qualified: valid && verdict !== 'unqualified',
    verdict: valid ? verdict : 'unqualified',
    records,
    ...(valid ? { files } : {}),
    // The check counts what the package's own validator found with the rest of it.
    errors: Math.max(of.errors, faults),
    warnings: Math.max(of.warnings, warnings),
    runId: id,
  };
}

function counted(findings: readonly Finding[]) {
  const count = (severity: Finding['severity']) => findings.filter((f) => f.severity === severity).length;
  return { errors: count('error'), warnings: count('warning') };
}

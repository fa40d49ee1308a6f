import { sql, type Tx } from '../db.ts';
import type { Finding } from '../errors.ts';
import { verifyStatement } from '../signing/statement.ts';
import { finding } from './findings.ts';
import type { Head } from './heads.ts';
import { monthsBefore, SHORTEST_MONTHS } from './retention.ts';
import type { Trust } from './trust.ts';
import type { Walked } from './walk.ts';

/** What the last pruning signed: which of the first `size` places have no entry any more. */
export interface Pruning {
  size: number;
  count: number;
  digest: string;
  /** Nothing younger than this was taken out. ISO 8601. */
  cutoff: string;
}

/** The last pruning's statement, if all of them hold. What is not signed so counts as none. */
export async function readPruning(tx: Tx, trust: Trust, findings: Finding[]): Promise<Pruning | undefined> {
  const rows = await sql<{ size: number; statement: string; madeAt: Date }>`
    select size, statement, made_at as "madeAt" from audit.pruning order by size`.execute(tx);
  let last: Pruning | undefined;
  for (const row of rows.rows) {
    const v = verifyStatement(Buffer.from(row.statement, 'utf8'), trust.anchors, { now: trust.now });
    const { size, count, digest, cutoff } = v.payload ?? {};
    const signed =
      v.verdict === 'genuine' &&
      v.type === 'lantai/audit-pruning' &&
      size === row.size &&
      v.signedAt === row.madeAt.toISOString() &&
      typeof count === 'number' &&
      typeof digest === 'string' &&
      typeof cutoff === 'string';
    const path = `pruning ${row.size}`;
    if (!signed) {
      findings.push(
        finding('audit.pruning', path, 'This pruning was not signed by this installation, or was changed.'),
      );
    } else if (new Date(cutoff) > monthsBefore(row.madeAt, SHORTEST_MONTHS)) {
      findings.push(
        finding('audit.pruning', path, `Entries were taken out before ${SHORTEST_MONTHS} months were over.`),
      );
    } else last = { size, count, digest, cutoff };
  }
  return last;
}

/** What is missing in the tree must be just what was signed as taken out, and old enough. */
export function checkPruning(
  pruning: Pruning | undefined,
  walked: Walked,
  head: Head | undefined,
  findings: Finding[],
): void {
  const { count, digest } = walked.pruned;
  const same = pruning ? pruning.count === count && pruning.digest === digest : count === 0;
  if (!same) {
    findings.push(
      finding(
        'audit.pruning',
        pruning ? `pruning ${pruning.size}` : 'prunings',
        `${count} entries are marked as taken out; these are not the ${pruning?.count ?? 0} that were signed.`,
      ),
    );
  }
  if (pruning && (!head || head.signedAt > pruning.cutoff)) {
    findings.push(
      finding(
        'audit.pruning',
        `pruning ${pruning.size}`,
        'Entries were taken out that were too young for it.',
      ),
    );
  }
}

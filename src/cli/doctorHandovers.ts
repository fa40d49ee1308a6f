import type { Sql } from '#kernel/db';
import { stuckOfHouse } from '#modules/transfer';
import type { HealthCheck } from './doctorChecks.ts';

/** Batches named; the rest is counted. */
const NAMED = 5;

/** Whether batches handed over by agencies go on by themselves. */
export async function checkHandovers(db: Sql, now = new Date()): Promise<HealthCheck> {
  return judgeHandovers(await stuckOfHouse(db, now));
}

export function judgeHandovers(stuck: readonly { number: string; failure: string | null }[]): HealthCheck {
  const name = 'handovers';
  if (stuck.length === 0) return { name, state: 'ok', message: 'none is stuck' };
  const named = stuck.slice(0, NAMED).map((b) => `${b.number} (${b.failure ?? 'nothing was heard of it'})`);
  const more = stuck.length > NAMED ? ` and ${stuck.length - NAMED} more` : '';
  return {
    name,
    state: 'problem',
    message: `stuck: ${named.join(', ')}${more}. Each is tried again every hour, and when a worker starts; log/faults.log says more`,
  };
}

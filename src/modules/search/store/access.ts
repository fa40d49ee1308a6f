import type { Tx } from '#kernel/db';
import type { AccessStatus } from '../entry.ts';
import { run } from './runner.ts';

/** What of access changes; null: stays as it is. */
export interface NewAccess {
  status: AccessStatus | null;
  /** With a status: the day the opening takes effect; null: at once. */
  opensOn: string | null;
  embargo: 'set' | 'lifted' | null;
  embargoUntil: string | null;
}

/** Changed access takes effect with the transaction: what is withdrawn is gone from search at its commit. */
export async function updateAccess(tx: Tx, unitIds: readonly string[], a: NewAccess): Promise<void> {
  await run(tx, 'select search.set_access($1::uuid[], $2, $3::date, $4, $5::date)', [
    unitIds,
    a.status,
    a.opensOn,
    a.embargo,
    a.embargoUntil,
  ]);
}

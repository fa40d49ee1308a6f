import type { IdentityDeps } from '../deps.ts';
import type { AccountRow } from '../store/accounts.ts';
import { noteAtAccount } from './account-entry.ts';
import type { Arrival } from './attempts.ts';

/**
 * Writes a failed attempt into the trail. A name nobody has is not written: people type their password into that field.
 *
 * @param reason a stable word: `password`, `unknown`, `disabled`, `code`, `replay`, `recovery`, `key`, `unlinked`
 */
export async function noteFailure(
  deps: IdentityDeps,
  o: {
    act: 'session.failed' | 'session.proofFailed';
    account: AccountRow | undefined;
    reason: string;
    from: Arrival;
  },
): Promise<void> {
  const { account } = o;
  await deps.db.system((tx) =>
    noteAtAccount(deps, tx, {
      actor: { id: null, name: 'public' },
      personId: account?.id,
      act: o.act,
      from: o.from,
      result: 'failed',
      detail: { reason: o.reason, ...(account ? { name: account.displayName } : {}) },
    }),
  );
}

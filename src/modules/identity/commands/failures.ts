import type { IdentityDeps } from '../deps.ts';
import type { AccountRow } from '../store/accounts.ts';
import type { Arrival } from './attempts.ts';

/**
 * Writes a failed attempt into the trail. A name nobody has is not written: people type their password into that field.
 *
 * @param reason a stable word: `password`, `unknown`, `disabled`, `code`, `replay`, `recovery`, `key`, `unlinked`
 */
export async function noteFailure(
  { db, audit }: IdentityDeps,
  o: {
    act: 'session.failed' | 'session.proofFailed';
    account: AccountRow | undefined;
    reason: string;
    from: Arrival;
  },
): Promise<void> {
  const { account } = o;
  await db.system((tx) =>
    audit.append(tx, {
      actor: { id: null, name: 'public' },
      archiveId: null,
      act: o.act,
      target: { type: 'person', id: account?.id ?? 'unknown' },
      address: o.from.address,
      result: 'failed',
      detail: { reason: o.reason, ...(account ? { name: account.displayName } : {}) },
    }),
  );
}

import type { AuditActor, AuditResult } from '#kernel/audit';
import type { Tx } from '#kernel/db';
import type { IdentityDeps } from '../deps.ts';
import { homeOf } from '../store/accounts.ts';
import type { Arrival } from './attempts.ts';

/**
 * Writes an act at one account into the trail: signing in and out, its password, second factors, tokens. It belongs to the
 * archive that looks after the account, so that this archive's own audit administrator sees it; to the installation where
 * nobody has such an account.
 *
 * @param o.personId whose account; undefined for a name nobody has
 */
export async function noteAtAccount(
  { audit }: Pick<IdentityDeps, 'audit'>,
  tx: Tx,
  o: {
    actor: AuditActor;
    personId: string | undefined;
    act: string;
    from: Arrival;
    result?: AuditResult;
    detail: Record<string, unknown>;
  },
): Promise<void> {
  const { id, name } = o.actor;
  await audit.append(tx, {
    // At their own account people stand in for nobody.
    actor: id !== null && id === o.personId ? { id, name } : o.actor,
    archiveId: o.personId === undefined ? null : await homeOf(tx, o.personId),
    act: o.act,
    target: { type: 'person', id: o.personId ?? 'unknown' },
    address: o.from.address,
    ...(o.result ? { result: o.result } : {}),
    detail: o.detail,
  });
}

import { type Actor, type Capability, can, demand } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { AccessDeps } from './deps.ts';
import type { Certificate } from './store/certificates.ts';

export const noCertificate = () => new Refusal('certificate.notFound', 'There is no such certified copy.');

/**
 * Demands one of these capabilities for what a certified copy is of: the record's category and fonds. A copy of what the
 * catalogue no longer has is the whole archive's.
 *
 * @throws Refusal certificate.notFound where the record may not be known of, actor.forbidden
 */
export async function demandFor(
  deps: Pick<AccessDeps, 'unitIn'>,
  tx: Tx,
  actor: Actor,
  capabilities: readonly [Capability, ...Capability[]],
  { archiveId, unitId }: Pick<Certificate, 'archiveId' | 'unitId'>,
): Promise<void> {
  const on = (await deps.unitIn(tx, unitId)) ?? 'whole';
  if (capabilities.some((c) => can(actor, c, archiveId, on))) return;
  demand(actor, capabilities[0], archiveId, noCertificate(), on);
}

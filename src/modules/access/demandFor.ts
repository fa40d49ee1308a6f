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

/** Ids of those certified copies that the actor may do this for: the same asked of many at once. */
export async function mayFor(
  deps: Pick<AccessDeps, 'kindsIn'>,
  tx: Tx,
  actor: Actor,
  capability: Capability,
  copies: readonly Pick<Certificate, 'id' | 'archiveId' | 'unitId'>[],
): Promise<Set<string>> {
  const kinds = await deps.kindsIn(
    tx,
    copies.map((c) => c.unitId),
  );
  const may = copies.filter((c) => can(actor, capability, c.archiveId, kinds.get(c.unitId) ?? 'whole'));
  return new Set(may.map((c) => c.id));
}

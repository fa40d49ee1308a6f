import { type Actor, auditActor, can } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { TransferDeps } from '../deps.ts';
import { type Batch, batchById, batchesBlocked, forgetPackage } from '../store/batches.ts';
import { type ClassifiedPlace, classifiedOf, sealOpenPlaces } from '../store/classified.ts';
import { removeContent } from '../working/folders.ts';
import { moveBlocked, noBatch } from './moving.ts';

/** Blocked batches, as the security administrator sees them: read as the owner, for who may deal with them in the archive. */
export async function blockedBatches(deps: TransferDeps, actor: Actor): Promise<Batch[]> {
  const archives = [...actor.rights.keys()].filter((id) => can(actor, 'secrets.handle', id));
  return archives.length === 0 ? [] : batchesBlocked(deps.db.owner, archives);
}

async function blocked(deps: TransferDeps, actor: Actor, id: string): Promise<Batch> {
  const batch = await batchById(deps.db.owner, id);
  if (
    !batch ||
    !can(actor, 'secrets.handle', batch.archiveId) ||
    !['blocked', 'removed'].includes(batch.state)
  )
    throw noBatch();
  return batch;
}

/** What in a blocked batch bears a classification. Looking is told in the trail. @throws Refusal transfer.notFound */
export async function lookAtBlocked(
  deps: TransferDeps,
  actor: Actor,
  id: string,
): Promise<{ batch: Batch; places: ClassifiedPlace[] }> {
  const batch = await blocked(deps, actor, id);
  const places = await classifiedOf(deps.db.owner, id, deps.masterKey);
  await deps.db.system((tx) =>
    deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: batch.archiveId,
      act: 'transfer.blockedShown',
      target: { type: 'transfer', id },
      detail: { number: batch.number },
    }),
  );
  return { batch, places };
}

/**
 * Takes what is blocked away from this install, once it has been dealt with by the rules for secrets.
 *
 * @throws Refusal transfer.notFound, transfer.wrongState, transfer.reason
 */
export async function removeBlocked(
  deps: TransferDeps,
  actor: Actor,
  id: string,
  reason: string,
): Promise<void> {
  await blocked(deps, actor, id);
  if (reason.trim() === '')
    throw new Refusal('transfer.reason', 'Say what was done with it.', { field: 'reason' });
  await deps.db.system(async (tx) => {
    const batch = await batchById(tx, id, true);
    if (!batch) throw noBatch();
    await moveBlocked(deps, tx, actor, batch, reason.trim());
    await forgetPackage(tx, id);
  });
  await removeContent(deps.folder, { id });
}

/** For the clock of the house: places that an earlier version left readable in the database. */
export async function sealWhatIsOpen({
  db,
  masterKey,
}: Pick<TransferDeps, 'db' | 'masterKey'>): Promise<void> {
  while ((await db.system((tx) => sealOpenPlaces(tx, masterKey))) > 0);
}

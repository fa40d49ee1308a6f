import { type Actor, scopeOf } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { TransferDeps } from '../deps.ts';
import { batchById, setMediaUploads } from '../store/batches.ts';
import { moveByHand, noBatch } from './moving.ts';

/**
 * Gives the archive's side of a batch what was read off one medium or several: the system compares it with the list that was
 * signed, and the batch is received when all of it is there.
 *
 * @throws Refusal transfer.notFound, transfer.wrongState, transfer.changed, upload.*, actor.forbidden
 */
export async function readMediaIn(
  deps: TransferDeps,
  actor: Actor,
  id: string,
  { uploadIds, version }: { uploadIds: readonly string[]; version: number },
): Promise<void> {
  const by = actor.id;
  if (by === null) throw noBatch();
  const seen = await deps.db.as(scopeOf(actor), (tx) => batchById(tx, id));
  if (!seen) throw noBatch();
  if (new Set(uploadIds).size !== uploadIds.length)
    throw new Refusal('upload.duplicate', 'The same upload is named twice.');
  for (const upload of uploadIds) await deps.staging.arrived(upload, by);
  await deps.db.system(async (tx) => {
    const batch = await batchById(tx, id, true);
    if (!batch) throw noBatch();
    if (batch.version !== version)
      throw new Refusal('transfer.changed', 'Somebody else has changed the batch meanwhile.', {
        version: batch.version,
      });
    await moveByHand(deps, tx, actor, { batch, act: 'readIn' });
    await setMediaUploads(tx, id, { uploads: uploadIds, by });
  });
}

import { type Actor, scopeOf } from '#kernel/actor';
import type { HandoverChoice } from '#modules/filing';
import type { TransferDeps } from '../deps.ts';
import { setContent } from '../store/batches.ts';
import { noBatch, noteDeed } from './moving.ts';
import { demandOpen } from './prepare.ts';

/**
 * Makes a batch of records the agency has filed, in place of what it held. The package is written of them when they are checked,
 * so that what is mended meanwhile is mended in it.
 *
 * @throws Refusal as `demandOpen`, `transfer.noRecords`, record.field
 */
export async function drawContent(
  deps: TransferDeps,
  actor: Actor,
  id: string,
  choice: HandoverChoice,
): Promise<void> {
  const by = actor.id;
  if (by === null) throw noBatch();
  const before = await deps.db.as(scopeOf(actor), async (tx) => {
    const batch = await demandOpen(tx, actor, id);
    const { items, files, bytes } = await deps.filing.drawRecords(tx, id, batch, choice);
    await setContent(tx, id, {
      packageName: batch.number,
      root: batch.number,
      form: 'folder',
      source: 'records',
      choice,
      uploads: [],
      entries: items,
      files,
      bytes,
      by,
      byName: actor.name,
      at: deps.clock.now(),
    });
    await noteDeed(deps, tx, actor, batch, {
      act: 'content',
      state: batch.state,
      detail: { number: batch.number, records: items, files, bytes },
    });
    return batch.uploads;
  });
  for (const upload of before) await deps.staging.remove(upload);
}

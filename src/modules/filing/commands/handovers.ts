import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import { type HandoverChoice, isLongTerm, readChoice } from '../domain/handover.ts';
import { drawIntoHandover, filedRetentions, moveHandover } from '../store/handovers.ts';

/**
 * Puts the filed records a choice means into a batch, in place of what it held: for the transfer, in its transaction.
 *
 * @returns how much there is of them
 * @throws Refusal `transfer.noRecords` where there is nothing to hand over, record.field
 */
export async function drawRecords(
  tx: Tx,
  handoverId: string,
  of: { archiveId: string; agencyId: string },
  choice: HandoverChoice,
): Promise<{ items: number; files: number; bytes: number }> {
  const { retentions, ...rest } = readChoice(choice);
  await moveHandover(tx, handoverId, { to: 'filed' });
  const drawn = await drawIntoHandover(tx, handoverId, {
    ...of,
    ...rest,
    retentions: retentions ?? (await filedRetentions(tx, of.agencyId, choice.year)).filter(isLongTerm),
  });
  if (drawn.items === 0)
    throw new Refusal(
      'transfer.noRecords',
      'There is no filed record that fits and is in no other batch. File the year first, or choose differently.',
    );
  return drawn;
}

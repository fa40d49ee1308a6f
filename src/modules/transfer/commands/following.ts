import type { Tx } from '#kernel/db';
import type { TransferDeps } from '../deps.ts';
import type { BatchAct } from '../domain/states.ts';
import type { Batch } from '../store/batches.ts';
import { deleteListed } from '../store/listed.ts';

/** What becomes of the agency's records when the batch they are in is moved. */
const FOLLOWS: Partial<Record<BatchAct, 'standFast' | 'maybeMended' | 'areFree' | 'goOver'>> = {
  precheck: 'standFast',
  precheckFailed: 'maybeMended',
  revise: 'maybeMended',
  return: 'maybeMended',
  withdraw: 'areFree',
  remove: 'areFree',
  takeIn: 'goOver',
};

/** Moves what belongs to a batch along with it, in the transaction of its move: the records it was made of, the list of its files. */
export async function follow(
  { filing }: Pick<TransferDeps, 'filing'>,
  tx: Tx,
  batch: Batch,
  act: BatchAct,
): Promise<void> {
  // Names of what bears a classification stand nowhere but where it is set apart.
  if (act === 'block') await deleteListed(tx, batch.id);
  if (batch.source !== 'records') return;
  switch (FOLLOWS[act]) {
    case 'standFast':
      await filing.moveHandover(tx, batch.id, { to: 'handingOver' });
      break;
    case 'maybeMended':
      await filing.moveHandover(tx, batch.id, { to: 'inBatch' });
      break;
    case 'areFree':
      await filing.moveHandover(tx, batch.id, { to: 'filed' });
      break;
    case 'goOver':
      await filing.moveHandover(tx, batch.id, {
        to: 'handedOver',
        except: batch.decision?.leftOut.map((l) => l.code),
      });
      // What was left out is the agency's again.
      await filing.moveHandover(tx, batch.id, { to: 'filed' });
      break;
    default:
  }
}

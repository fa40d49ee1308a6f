import { type Actor, scopeOf } from '#kernel/actor';
import { actsFor } from '../commands/moving.ts';
import type { TransferDeps } from '../deps.ts';
import { type BatchAct, type BatchState, MOVES } from '../domain/states.ts';
import { type Batch, batchesOpen } from '../store/batches.ts';
import { movesOfEach } from '../store/moves.ts';

const AT_ONCE = 200;
/** What can be done at any time is no reason to show a batch as waiting. */
const LEFT_ALONE: ReadonlySet<BatchAct> = new Set(['withdraw', 'revise']);

export interface WaitingBatch {
  batch: Batch;
  mayAct: boolean;
}

/** The states in which somebody with these capabilities anywhere could have something to do. */
function statesFor(actor: Actor): BatchState[] {
  const has = new Set([...actor.rights.values()].flatMap((capabilities) => [...capabilities]));
  const states = MOVES.flatMap((m) =>
    m.who !== 'system' && has.has(m.who) && !LEFT_ALONE.has(m.act) ? m.from : [],
  );
  return [...new Set(states)];
}

/**
 * What waits for this person's hand, the oldest first, however many others there are: batches are read on until so many are
 * found. A person's own are shown to them as well.
 */
export function waitingFor(
  deps: Pick<TransferDeps, 'db'>,
  actor: Actor,
  limit: number,
): Promise<WaitingBatch[]> {
  if (![...actor.rights.values()].some((capabilities) => capabilities.has('filing.read')))
    return Promise.resolve([]);
  const states = statesFor(actor);
  return deps.db.as(scopeOf(actor), async (tx) => {
    const found: WaitingBatch[] = [];
    let after: Batch | undefined;
    while (found.length < limit) {
      const rows = await batchesOpen(tx, { states, preparedBy: actor.id, after, limit: AT_ONCE });
      const moves = await movesOfEach(
        tx,
        rows.map((b) => b.id),
      );
      for (const batch of rows) {
        const acts = actsFor(actor, batch, moves.get(batch.id) ?? []);
        const mayAct = acts.some((a) => !LEFT_ALONE.has(a));
        if (mayAct || batch.preparedBy === actor.id) found.push({ batch, mayAct });
      }
      if (rows.length < AT_ONCE) break;
      after = rows.at(-1);
    }
    return found.slice(0, limit);
  });
}

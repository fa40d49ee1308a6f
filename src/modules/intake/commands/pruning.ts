import type { IntakeDeps } from '../deps.ts';
import { deleteArrivals } from '../store/arrivals.ts';
import { deleteOver } from '../store/drop.ts';

const DAY_MS = 24 * 3_600_000;
const AT_ONCE = 5_000;

/**
 * Lines of what came in, and drop entries that are over, are kept for some days. What was taken stays told by the history of its
 * record, and that it was sent before stays known by its item: nothing is taken twice for it. In portions, each by itself, so that a
 * million lines hold nobody up and a break goes on the next time.
 *
 * @returns how many went
 */
export async function pruneLines({ db, clock, keepDays }: IntakeDeps): Promise<number> {
  const before = new Date(clock.now().getTime() - keepDays * DAY_MS);
  let gone = 0;
  for (const some of [deleteArrivals, deleteOver])
    for (let n = AT_ONCE; n === AT_ONCE; gone += n) n = await some(db.owner, before, AT_ONCE);
  return gone;
}

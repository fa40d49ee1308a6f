import { PUBLIC } from '#kernel/db';
import type { FederationDeps } from './deps.ts';
import { createHarvest } from './harvest/answer.ts';
import { createPublisher } from './publishing/publisher.ts';
import { type Address, addressesOf, type Opened, openedLast, partCount } from './store/addresses.ts';

const AT_ONCE = 1_000;

/** What is open, for those who gather it: harvesters, search engines, readers of feeds. */
export function createFederation(deps: FederationDeps) {
  const { db } = deps;
  return {
    /** Publishes what becomes open, changes or closes. */
    publisher: createPublisher(db, deps.log, deps.publishing),
    harvest: createHarvest(deps),
    /** How many parts the list of all addresses has; they count from 1. */
    addressParts: (): Promise<number> => db.as(PUBLIC, partCount),
    /** What of a part is open, in batches, each read at its own moment. */
    async *addresses(part: number): AsyncGenerator<readonly Address[]> {
      let after: string | undefined;
      do {
        const { open, last } = await db.as(PUBLIC, (tx) => addressesOf(tx, part, after, AT_ONCE));
        yield open;
        after = last;
      } while (after !== undefined);
    },
    /** What was opened last, the newest first. */
    openedLast: (limit: number): Promise<Opened[]> => db.as(PUBLIC, (tx) => openedLast(tx, limit)),
  };
}

export type Federation = ReturnType<typeof createFederation>;
